"""A search can be narrowed by audience. The index is made anew: `apps` fills it when migrations are through."""

from typing import Any

from django.db import migrations

from almoner.records.search import narrowing


def clear(apps: Any, schema_editor: Any) -> None:
    narrowing.clear()


class Migration(migrations.Migration):
    dependencies = [("search", "0004_letters"), ("catalogue", "0016_audiences_of_items")]
    operations = [migrations.RunPython(clear, migrations.RunPython.noop, elidable=False)]
