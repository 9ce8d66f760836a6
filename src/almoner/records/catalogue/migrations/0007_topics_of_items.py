"""Topics for the items that were there before topics were."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from almoner.pipeline.extract.topics import topics_of
from almoner.pipeline.taxonomy.topics import above

BATCH = 500


def classify(apps: Any, _schema: Any) -> None:
    """Those that the words of each item speak of, and the broader ones above them."""
    item_topic = apps.get_model("catalogue", "ItemTopic")
    rows = []
    items = apps.get_model("catalogue", "Item").objects.only("pk", "title", "text", "summary")
    for item in items.iterator(BATCH):
        found = topics_of(item.title, item.text or item.summary)
        own = [each.topic for each in found]
        rows += [
            item_topic(item_id=item.pk, topic=each.topic, given_by="words", why=each.why[:500]) for each in found
        ]
        broader = dict.fromkeys(higher for topic in own for higher in above(topic) if higher not in own)
        rows += [item_topic(item_id=item.pk, topic=topic, given_by="narrower") for topic in broader]
    item_topic.objects.bulk_create(rows, BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0006_topics"),
    ]

    operations = [
        migrations.RunPython(classify, migrations.RunPython.noop),
    ]
