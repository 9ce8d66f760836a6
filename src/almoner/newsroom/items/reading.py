"""What stands beside an item of ours: how it reads, and what is known of the addresses it leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from almoner.lib.plain_english import AIM, Reading, reading
from almoner.records.catalogue.models import Item
from almoner.records.ingest.enums import Health
from almoner.records.ingest.link_checks import BROKEN
from almoner.records.ingest.models import LinkedAddress

SAID: Final = {
    Health.UNKNOWN: "not looked at yet",
    Health.WORKS: "works",
    Health.MOVED: "works, and says that it has moved",
    Health.CLOSED: "could not be looked at by a programme; open it yourself",
    Health.FAILING: "did not work",
    Health.DEAD: "no longer works",
}
"""What became of a link, in words."""


@dataclass(frozen=True, slots=True)
class LedTo:
    """An address that the item leads to, what is known of it, and whether somebody should look."""

    address: str
    said: str
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """How an item reads, in a sentence and hints, and where it leads."""

    reading: Reading
    sentence: str
    links: tuple[LedTo, ...]


def how_it_reads(item: Item) -> Beside:
    """What an editor sees beside an item that they wrote."""
    return how_words_read("\n".join(filter(None, (item.title, item.summary, item.text))), addresses(item))


def how_words_read(words: str, led_to: Collection[str]) -> Beside:
    """What an editor sees beside words that they wrote, which lead to these addresses."""
    read = reading(words)
    return Beside(read, _sentence(read), tuple(_links(led_to)))


def addresses(item: Item) -> list[str]:
    """The web addresses that an item leads to, each once."""
    found = [item.link, *(str(link.get("href", "")).partition("#")[0] for link in item.links)]
    return [one for one in dict.fromkeys(found) if one.startswith(("https://", "http://"))]


def _sentence(read: Reading) -> str:
    words = f"{read.words} word{'' if read.words == 1 else 's'}"
    if read.age is None:
        return f"{words}: too few to say for what age it reads."
    aim = "" if read.age <= AIM else f" Aim for {AIM} or less: shorter sentences, plainer words."
    return f"{words}, {read.words // read.sentences} a sentence. Reads for age {read.age}.{aim}"


def _links(wanted: Collection[str]) -> list[LedTo]:
    known = {row.address: row for row in LinkedAddress.objects.filter(address__in=wanted)}
    led = []
    for address in wanted:
        if not address.startswith(("https://", "http://")):
            continue
        health = Health(known[address].health) if address in known else Health.UNKNOWN
        why = f" {known[address].reason}" if health in BROKEN and known[address].reason else ""
        led.append(LedTo(address, f"{SAID[health]}.{why}", health in BROKEN))
    return led
