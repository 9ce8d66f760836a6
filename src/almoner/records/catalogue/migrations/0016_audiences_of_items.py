"""Audiences for the items that were there before audiences were."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from almoner.pipeline.extract.audiences import audiences_of
from almoner.pipeline.extract.topics import topics_of
from almoner.pipeline.taxonomy.audiences import sectors_of

BATCH = 500


def classify(apps: Any, _schema: Any) -> None:
    """Those that the words of each item address, and the sectors they are part of."""
    item_audience = apps.get_model("catalogue", "ItemAudience")
    items = apps.get_model("catalogue", "Item").objects.only("pk", "title", "text", "summary")
    mentions = apps.get_model("catalogue", "ItemMention").objects.filter(kind="guidance")
    works: dict[int, list[tuple[str, str]]] = {}
    for item, known, printed in mentions.values_list("item", "known", "as_printed"):
        works.setdefault(item, []).append((known, printed.casefold()))
    rows = []
    for item in items.iterator(BATCH):
        text, title = item.text or item.summary, item.title.casefold()
        named = {known for known, printed in works.get(item.pk, ()) if printed in title}
        found = audiences_of(item.title, text, topics=topics_of(item.title, text), works=named)
        own = [each.audience for each in found]
        rows += [
            item_audience(item_id=item.pk, audience=each.audience, given_by="words", why=each.why[:500])
            for each in found
        ]
        broader = dict.fromkeys(sector for audience in own for sector in sectors_of(audience) if sector not in own)
        rows += [item_audience(item_id=item.pk, audience=sector, given_by="narrower") for sector in broader]
    item_audience.objects.bulk_create(rows, BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0015_audiences"),
    ]

    operations = [
        migrations.RunPython(classify, migrations.RunPython.noop),
    ]
