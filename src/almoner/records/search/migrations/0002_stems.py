"""The index keeps stems and no text, and counts them. It is made anew: `apps` fills it when migrations are through."""

from typing import Any

from django.db import migrations

from almoner.records.search import vocabulary
from almoner.records.search.index import current


def create(apps: Any, schema_editor: Any) -> None:
    current().drop()
    current().create()
    vocabulary.drop()
    vocabulary.create()


def drop(apps: Any, schema_editor: Any) -> None:
    vocabulary.drop()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
