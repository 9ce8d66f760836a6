"""What was brought by hand without a date no longer stands on top, as if it were of the day on which it came."""

from typing import Any

from django.db import migrations

from almoner.records.catalogue.moments import UNDATED


def put_behind(apps: Any, _editor: Any) -> None:
    """Behind all that has a date."""
    items = apps.get_model("catalogue", "Item").objects.filter(published="", added="", written_here=False)
    brought = apps.get_model("ingest", "Sighting").objects.filter(document__snapshot__source__adapter="files")
    items.filter(pk__in=brought.values("item")).update(undated_at=UNDATED, sorts_at=UNDATED)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0020_undated"), ("ingest", "0012_imports")]
    operations = [migrations.RunPython(put_behind, migrations.RunPython.noop, elidable=True)]
