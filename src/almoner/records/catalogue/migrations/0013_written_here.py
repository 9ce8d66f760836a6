"""Items that editors write themselves."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0012_lasting_addresses")]

    operations = [
        migrations.AddField(
            "item",
            "written_here",
            models.BooleanField(
                default=False,
                editable=False,
                help_text="Whether it is our own: `text` and `html` follow `written`.",
            ),
        ),
        migrations.AddField(
            "item",
            "written",
            models.TextField(
                blank=True, default="", help_text="What an editor wrote, as Markdown; empty where gathered."
            ),
            preserve_default=False,
        ),
    ]
