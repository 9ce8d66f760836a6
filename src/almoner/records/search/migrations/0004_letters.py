"""Stems are kept as letters. The index is made anew: `apps` fills it when migrations are through."""

from typing import Any

from django.db import migrations

from almoner.records.search import vocabulary
from almoner.records.search.index import current


def create(apps: Any, schema_editor: Any) -> None:
    current().drop()
    vocabulary.drop()
    vocabulary.create()
    current().create()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_terms")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop, elidable=False)]
