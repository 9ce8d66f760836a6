"""A feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from almoner.api.entries import Entry, Feed


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.description,
            "home_page_url": feed.page,
            "feed_url": feed.address,
            "language": "en-GB",
            "items": [_item(entry) for entry in feed.entries],
        },
        ensure_ascii=False,
        indent=1,
    )


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.id, "url": entry.address, "title": entry.title}
    if entry.external:
        item["external_url"] = entry.external
    if entry.html:
        item["content_html"] = entry.html
    else:
        item["content_text"] = entry.summary
    item["summary"] = entry.summary
    if entry.published:
        item["date_published"] = _written(entry.published)
    item["date_modified"] = _written(entry.updated)
    item["authors"] = [{"name": entry.author}]
    if entry.categories:
        item["tags"] = list(entry.categories)
    if picture := entry.picture:
        item["image"] = picture.address
        told = {"url": picture.address, "mime_type": picture.media_type, "size_in_bytes": picture.size}
        item["attachments"] = [told | ({"title": picture.alternative} if picture.alternative else {})]
    return item


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
