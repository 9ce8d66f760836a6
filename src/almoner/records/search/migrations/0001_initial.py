"""The index is a table of SQLite's own kind, so no model stands for it."""

from typing import Any

from django.db import migrations

from almoner.records.search import fts5


def create(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        fts5.create()


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        fts5.drop()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
