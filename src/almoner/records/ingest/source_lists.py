"""Sources as files: OPML in and out, and the catalogue that comes with Almoner.

What is brought in waits, paused, until somebody has looked at it: nothing is fetched because a file said so. The
catalogue's addresses are written down by hand and marked as not tried here until they have been.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from django.core.exceptions import ValidationError
from django.db import transaction

from almoner.pipeline.errors import AddressRefused, NotText
from almoner.pipeline.fetch.addresses import web_address
from almoner.pipeline.parse.decode import decode
from almoner.pipeline.parse.opml import outlines
from almoner.pipeline.registry import INBOXES
from almoner.records.catalogue.columns import cut
from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.names import publishers_named
from almoner.records.ingest.enums import AdapterName, State
from almoner.records.ingest.models import Source

STAGE: Final = "sources"
NOT_TRIED: Final = "Its address was not tried here yet."
NAMESPACE: Final = "https://almoner.example/ns/sources"
"""Of the attributes that OPML has no names for. It names them and leads nowhere."""
_OURS: Final = ("adapter", "publisher", "licence", "region", "topics", "audiences")


@dataclass(slots=True)
class BroughtIn:
    """What came of bringing sources in. `refused` says in words which were not, and why."""

    added: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)


def bring_in(content: bytes | None, name: str) -> BroughtIn:
    """Add the sources in an OPML file, or those of the catalogue where `content` is None. `name` is what the file is
    called. Sources that are there already, by name or address, stay as they are. `NotText` if it is no text."""
    entries = catalogue() if content is None else _listed(content, name)
    outcome = BroughtIn()
    names = set(Source.objects.values_list("name", flat=True))
    known = set(Source.objects.values_list("address", flat=True))
    with transaction.atomic():
        for entry in entries:
            if entry["address"] in known or entry["name"] in names:
                outcome.known += 1
                continue
            try:
                _add(entry)
            except (AddressRefused, ValidationError) as error:
                why = error.problem if isinstance(error, AddressRefused) else " ".join(error.messages)
                outcome.refused.append(f"{name}: {entry['name'] or entry['address']}: not added: {why}")
                continue
            known.add(entry["address"])
            names.add(entry["name"])
            outcome.added += 1
    return outcome


def catalogue() -> list[dict[str, Any]]:
    """The sources that come with Almoner, as data: `catalogue.toml` beside this module."""
    text = resources.files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    return [dict(entry) for entry in tomllib.loads(text)["source"]]


def as_opml() -> str:
    """All sources on the web that are watched or paused, as OPML 2.0; what OPML has no names for in a namespace of
    ours. Mailboxes and folders are nobody else's."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:almoner="{NAMESPACE}">',
        "  <head><title>Sources</title></head>",
        "  <body>",
    ]
    for source in Source.objects.exclude(adapter__in=[AdapterName.FILES, *INBOXES]).select_related(
        "publisher"
    ):
        values = {
            "text": source.name,
            "type": "rss" if source.adapter == AdapterName.FEED else "link",
            "xmlUrl": source.address,
            "almoner:adapter": source.adapter,
            "almoner:publisher": source.publisher.name if source.publisher else "",
            "almoner:licence": source.licence,
            "almoner:region": source.region,
            "almoner:topics": ", ".join(source.topics),
            "almoner:audiences": ", ".join(source.audiences),
        }
        attributes = " ".join(f"{key}={quoteattr(value)}" for key, value in values.items() if value)
        lines.append(f"    <outline {attributes}/>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _listed(content: bytes, name: str) -> Iterator[dict[str, Any]]:
    decoded = decode(content)
    if decoded is None:
        raise NotText(name, STAGE, "is no text.", advice="Give an OPML file, as feed readers export it.")
    for outline in outlines(decoded.text):
        address = outline.get("xmlurl", "").strip()
        if not address:
            continue
        ours = {key: outline.get(f"{NAMESPACE} {key}", "") for key in _OURS}
        yield {
            **ours,
            "name": " ".join((outline.get("text") or outline.get("title") or address).split()),
            "address": address,
            "adapter": ours["adapter"] or AdapterName.FEED.value,
            "topics": _words(ours["topics"]),
            "audiences": _words(ours["audiences"]),
        }


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _add(entry: Mapping[str, Any]) -> None:
    web_address(entry["address"], source=entry["name"])
    publisher = entry.get("publisher", "")
    source = Source(
        name=cut(Source, "name", entry["name"]),
        address=entry["address"],
        adapter=entry["adapter"],
        licence=entry.get("licence") or Licence.UNKNOWN,
        region=cut(Source, "region", entry.get("region", "")),
        topics=list(entry.get("topics", ())),
        audiences=list(entry.get("audiences", ())),
        state=State.PAUSED,
        state_reason=NOT_TRIED,
    )
    source.clean_fields()
    if publisher:
        source.publisher = publishers_named([publisher])[publisher]
    source.save()
