"""The index is a table of the database's own kind, so no model stands for it."""

from typing import Any

from django.db import migrations

from almoner.records.search.index import current


def create(apps: Any, schema_editor: Any) -> None:
    current().create()


def drop(apps: Any, schema_editor: Any) -> None:
    current().drop()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
