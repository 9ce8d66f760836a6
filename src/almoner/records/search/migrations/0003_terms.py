"""What items can be narrowed by. `apps` fills it when migrations are through."""

from typing import Any

from django.db import migrations

from almoner.records.search import narrowing


def create(apps: Any, schema_editor: Any) -> None:
    narrowing.create()


def drop(apps: Any, schema_editor: Any) -> None:
    narrowing.drop()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_stems")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
