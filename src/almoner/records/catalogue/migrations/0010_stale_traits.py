"""What items are about is found anew, with their meaning, and is marked stale when their words change."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def find_anew(apps: Any, _schema: Any) -> None:
    """Have all traits found again, behind the running service."""
    apps.get_model("catalogue", "ItemTrait").objects.update(stale=True)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_change_notes")]

    operations = [
        migrations.AddField("itemtrait", "stale", models.BooleanField(default=False)),
        migrations.RunPython(find_anew, migrations.RunPython.noop),
    ]
