"""What items are about is found anew: their meaning has more numbers, and names that are words of topics tell nothing."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def find_anew(apps: Any, _schema: Any) -> None:
    """Have all traits found again, behind the running service."""
    apps.get_model("catalogue", "ItemTrait").objects.update(stale=True)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0020_undated")]

    operations = [migrations.RunPython(find_anew, migrations.RunPython.noop)]
