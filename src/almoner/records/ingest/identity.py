"""Which item is which, when ids, addresses, titles, words and order change from one check to the next.

A source knows an item by several names: its id, its address, its words, its text alone, its title, its title with
its day.
Each name that was ever seen is kept. A name alone proves little (ids are reused, a page's address outlives its
content), so what two names, or a name and the words, agree on is the same item; what only shares a name with a
known item, and neither title nor words, is new. Decided purely; others store it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from almoner.pipeline.model import Item, Kind
from almoner.pipeline.page.tracking import untracked
from almoner.pipeline.relate.fingerprints import fingerprint

REPEATING_KINDS: Final = frozenset({Kind.COURSE, Kind.EVENT, Kind.NOTICE, Kind.QUESTION})
"""Kinds whose titles come again with other content: "Available courses" every week."""

_WORD: Final = re.compile(r"[^\W_]+")
_SHORT: Final = 12
"""Words below which a text alone says nothing about which item it is."""
_COMPARED: Final = 400
"""Words of a text that are compared."""
ALIKE: Final = 0.5
"""Share of common words (Jaccard's index) from which two titles or texts are versions of one another."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one item as digests (32 hex digits); "" where it has none of a kind."""

    words: str
    id: str = ""
    link: str = ""
    text: str = ""
    title: str = ""
    dated: str = ""

    def all(self) -> tuple[str, ...]:
        """The names that it has."""
        return tuple(
            name for name in (self.words, self.id, self.link, self.text, self.title, self.dated) if name
        )


@dataclass(frozen=True, slots=True)
class Known:
    """A known item, as far as it takes to tell whether another is a version of it. `day` is when it was
    published, cut to the day, "" if that is not known."""

    pk: int
    title: str
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Match:
    """What an incoming item is: a known one (`pk`), the same as an earlier one of its document (`twin`), one that
    was removed and stays so (`removed`), or new (none of these)."""

    pk: int | None = None
    twin: int | None = None
    removed: bool = False


def names_of(items: Sequence[Item], home: str = "", others: Sequence[str] = ()) -> list[Names]:
    """The names of the items of one document that was found at the address `home`. An address or an id that
    several of them share, and `home` itself, names none of them; `others` is the mark-up of what else stands in it."""
    links = Counter(canonical(item.link or "") for item in items)
    ids = Counter(item.id for item in items if item.id)
    links[canonical(home)] += 2
    links[""] += 2
    for item in items if others else ():
        links[canonical(item.link or "")] += _stands_in(item.link or "", others)
        ids[item.id or ""] += _stands_in(item.id or "", others)
    return [_names(item, links, ids) for item in items]


def _names(item: Item, links: Mapping[str, int], ids: Mapping[str, int]) -> Names:
    link = canonical(item.link) if item.link else ""
    title = " ".join(_words(item.title))
    day = item.published.value[:10] if item.published else ""
    long = len(_WORD.findall(item.text[:2_000])) >= _SHORT
    tells = item.title_is_printed and item.kind not in REPEATING_KINDS
    return Names(
        digest("words", fingerprint(item.title if item.title_is_printed else "", item.text))
        if item.text.strip()
        else digest("words", f"{title}\n{link}\n{day}"),
        digest("id", item.id) if item.id and (ids[item.id] == 1 or _is_twin(item, links)) else "",
        digest("link", link) if link and (links[link] == 1 or (item.id and ids[item.id] > 1)) else "",
        digest("text", fingerprint("", item.text)) if long else "",
        digest("title", title) if tells and title.count(" ") >= 2 else "",
        digest("dated", f"{title}\n{day}") if tells and title and len(day) == 10 else "",
    )


def _stands_in(value: str, others: Sequence[str]) -> bool:
    """Whether a value stands, as the whole of an element or an attribute, in some mark-up."""
    near = [other for other in others if value and value.partition("&")[0] in other]
    if not near:
        return False
    written = re.escape(value).replace("&", "&(?:amp;)?")
    whole = re.compile(rf"(?:>|\[CDATA\[|[\"\'])\s*{written}\s*(?:<|\]\]>|[\"\'])")
    return any(whole.search(other) for other in near)


def _is_twin(item: Item, links: Mapping[str, int]) -> bool:
    """Whether an id that comes several times comes with one address: then it is one item, listed twice."""
    return links[canonical(item.link or "")] > 1 and bool(item.link)


def canonical(address: str) -> str:
    """An address without what changes while it leads to the same page: scheme, `www.`, case of the host,
    parameters that track, a slash at the end, a fragment."""
    try:
        parts = urlsplit(untracked(address.strip()))
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return address.strip()
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def digest(kind: str, name: str) -> str:
    """A name as it is stored: 32 hex digits of the SHA-256 of its kind and itself."""
    return hashlib.sha256(f"{kind}\n{name}".encode(errors="replace")).hexdigest()[:32]


def page_digest(address: str) -> str:
    """The page that an address leads to, as 32 hex digits, however the address is spelt."""
    return digest("link", canonical(address))


def match(
    items: Sequence[Item],
    names: Sequence[Names],
    keys: Mapping[str, int | None],
    known: Mapping[int, Known],
    present: Set[int] = frozenset(),
) -> list[Match]:
    """What each incoming item is. `keys` maps the names that are known to the item's primary key, or to None where
    it was removed; `known` holds those items. The strongest agreement is settled first, and a known item is
    taken by one incoming item only, unless their names agree beyond doubt; those that are `present` as they were are
    taken."""
    found: dict[int, Match] = {}
    claims: list[tuple[int, int, int]] = []
    for number, name in enumerate(names):
        if any(keys.get(each, -1) is None for each in (name.words, name.id, name.link, name.text) if each):
            found[number] = Match(removed=True)
            continue
        candidates = {pk for each in name.all() if (pk := keys.get(each)) is not None and pk in known}
        claims += [(_strength(items[number], name, keys, known[pk]), number, pk) for pk in candidates]
    taken = set(present)
    for strength, number, pk in sorted(claims, key=lambda claim: (-claim[0], claim[1])):
        if strength <= 0 or number in found or (pk in taken and strength < _BEYOND_DOUBT):
            continue
        found[number] = Match(pk=pk)
        taken.add(pk)
    return _with_twins(items, names, found)


_BEYOND_DOUBT: Final = 90


def _strength(item: Item, name: Names, keys: Mapping[str, int | None], known: Known) -> int:
    """How sure it is that `item` is `known`, with which it shares a name: 100 is certain, 0 is not."""
    by = {
        kind
        for kind in ("words", "id", "link", "text", "title", "dated")
        if (own := getattr(name, kind)) and keys.get(own) == known.pk
    }
    if "words" in by:
        return 100
    titles, texts = alike(item.title, known.title), alike(item.text, known.text)
    day = item.published.value[:10] if item.published else ""
    other_day = bool(day and known.day and day != known.day)
    likely = titles >= ALIKE or texts >= ALIKE
    if {"id", "link"} <= by:
        # Both the same, and nothing else: a page that is filled anew each time, under one address.
        return 90 if likely else 0 if other_day else 55
    if "text" in by:
        return 80
    if "id" in by or "link" in by:
        if likely:
            return 75 if by & {"title", "dated"} else 70
        return 0 if other_day or (name.id and name.link) else 50
    # Only the title is left: the words must speak for it, or be too few to speak against it on one and the same day.
    brief = min(len(_words(item.text)), len(_words(known.text))) < _SHORT
    # In their order: two reports on one subject share their words and their title, but not their sentences.
    if not other_day and _alike_in_order(item.text, known.text):
        return 60
    return 40 if brief and "dated" in by else 0


def _with_twins(items: Sequence[Item], names: Sequence[Names], found: Mapping[int, Match]) -> list[Match]:
    """The matches of all; what is new, and listed twice in one document, is one."""
    first: dict[object, int] = {}
    for number in (*found, *range(len(items))):  # what is known already comes first
        for key in _twin_keys(names[number]):
            first.setdefault(key, number)
    matches: list[Match] = []
    for number, item in enumerate(items):
        match = found.get(number)
        if match is None:
            twins = (first[key] for key in _twin_keys(names[number]))
            twin = next((each for each in twins if each != number and _is_same(items[each], item)), None)
            match = Match() if twin is None else found.get(twin) or Match(twin=twin)
        matches.append(match)
    return matches


def _twin_keys(name: Names) -> list[object]:
    return [name.words, *([(name.id, name.link)] if name.id and name.link else [])]


def _is_same(one: Item, other: Item) -> bool:
    """Whether two items of one document that share their words, or both id and address, are one."""
    return one.text == other.text or _alike(one, other)


def _alike(one: Item, other: Item) -> bool:
    return alike(one.title, other.title) >= ALIKE or alike(one.text, other.text) >= ALIKE


def alike(one: str, other: str) -> float:
    """The share of the words of two texts that they have in common (Jaccard's index), from 0 to 1; 0 where one of
    them is empty."""
    return _in_common(set(_words(one)), set(_words(other)))


def _alike_in_order(one: str, other: str) -> bool:
    """Whether two texts share the pairs of words that follow one another (w-shingling, Broder 1997, with w = 2)."""
    first, second = _words(one), _words(other)
    return _in_common(set(pairwise(first)), set(pairwise(second))) >= ALIKE


def _in_common(one: Set[object], other: Set[object]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def is_excerpt(text: str, whole: str) -> bool:
    """Whether `text` is only the beginning of `whole`, its last word perhaps cut: an excerpt says nothing new."""
    part, full = _WORD.findall(text.casefold()), _WORD.findall(whole.casefold())
    last = len(part) - 1
    return 0 <= last < len(full) - 1 and full[:last] == part[:last] and full[last].startswith(part[last])


def _words(text: str) -> list[str]:
    return _WORD.findall(text[: _COMPARED * 12].casefold())[:_COMPARED]
