"""What editors decided of topics, and what was learnt of it."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def remember(apps: Any, _schema: Any) -> None:
    """The decisions that editors have made already are lessons, too."""
    items = apps.get_model("catalogue", "Item").objects.only("pk", "corrected")
    lesson = apps.get_model("catalogue", "TopicLesson")
    decided = (item.pk for item in items.iterator(500) if "topics" in item.corrected)
    lesson.objects.bulk_create([lesson(item_id=key) for key in decided], 500)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_stale_traits")]

    operations = [
        migrations.AlterField(
            "itemtopic",
            "given_by",
            models.CharField(
                choices=[
                    ("words", "By the words in it"),
                    ("editor", "By an editor"),
                    ("narrower", "By a narrower topic that it has"),
                    ("learnt", "As editors gave it to others"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            "LearntTopic",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.SlugField(max_length=80, unique=True)),
                ("signs", models.JSONField(default=dict)),
                ("suggests_from", models.FloatField()),
                ("gives_from", models.FloatField(null=True)),
                ("called", models.PositiveIntegerField()),
                ("right", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "TopicLesson",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("learnt", models.BooleanField(db_index=True, default=False)),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_lesson",
                        to="catalogue.item",
                    ),
                ),
            ],
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
