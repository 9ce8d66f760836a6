"""The known things that an item names: organisations, guidance and Acts, programmes, places. Never private persons."""

from __future__ import annotations

from collections.abc import Sequence, Set

from almoner.pipeline.extract.mentions import evidence, places
from almoner.pipeline.extract.mentions.editions import edition_of
from almoner.pipeline.extract.mentions.find import hits
from almoner.pipeline.lines import glance
from almoner.pipeline.model import Block, Credit, Mention, MentionKind, Place
from almoner.pipeline.taxonomy.index import Hit, may_name

Passage = tuple[str, Place]
"""A text and where it stands."""


def mentions_of(
    blocks: Sequence[Block], seen: Sequence[Set[str]], credit: Credit, whole: Place
) -> tuple[Mention, ...]:
    """What an item names in its title and text (`blocks`), and in whom it credits. `seen` are the words of each block
    (`lines.glance`), `whole` is the item's place."""
    passages = [(block.text, block.place) for block in blocks]
    credited = [printed for printed in (credit.source, credit.outlet) if printed]
    if not credited and not any(map(may_name, seen)):
        return ()
    passages += [(printed, whole) for printed in credited]
    return mentions_in(passages, [*seen, *map(glance.words, credited)])


_Key = tuple[MentionKind, str, str | None]
_Sightings = list[tuple[int, Hit]]


def mentions_in(passages: Sequence[Passage], seen: Sequence[Set[str]] | None = None) -> tuple[Mention, ...]:
    """What the passages of one item name, each thing once (each edition of a work once), in order. `seen` are the words
    of each (`lines.glance`), where they are known already.

    A work without a year is the edition that the item cites, where it cites one only.
    """
    if seen is None:
        seen = [glance.words(text) for text, _ in passages]
    found = [(number, hit) for number, (text, _) in enumerate(passages) for hit in hits(text, seen[number])]
    if not found:
        return ()
    item = _Item([text for text, _ in passages], [hit for _, hit in found])
    mentions: dict[_Key, _Sightings] = {}
    for number, hit in item.told_apart([(n, hit) for n, hit in found if item.means(passages[n][0], hit)]):
        text, _ = passages[number]
        entry = hit.named.entry
        edition = (
            edition_of(entry.id, text, hit.start, hit.end) if entry.kind is MentionKind.GUIDANCE else None
        )
        mentions.setdefault((entry.kind, entry.id, edition), []).append((number, hit))
    return tuple(
        _mention(passages[seen[0][0]], seen[0][1], key[2], len(seen))
        for key, seen in _joined(mentions).items()
    )


def _mention(first: Passage, hit: Hit, edition: str | None, count: int) -> Mention:
    text, place = first
    entry = hit.named.entry
    return Mention(entry.kind, entry.id, entry.name, text[hit.start : hit.end], place, edition, count)


class _Item:
    """What the names of one item say of each other."""

    def __init__(self, texts: list[str], found: list[Hit]) -> None:
        self._texts = texts
        self._whole = ""
        self._sure = {
            hit.named.entry.id for hit in found if not hit.named.needs_evidence and not hit.named.is_short
        }
        self._other: dict[str, bool] = {}

    def means(self, text: str, hit: Hit) -> bool:
        """Whether a hit is what its name says."""
        name = hit.named
        if name.is_short:
            if self._is_other(name.printed, name.entry.name):
                return False
            return (
                not name.needs_evidence
                or name.entry.id in self._sure
                or evidence.has_words(hit, self._lower())
            )
        if name.entry.kind is MentionKind.PLACE:
            if places.is_person(text, hit):
                return False
            return not name.needs_evidence or self._is_place(text, hit)
        if not name.needs_evidence:
            return True
        if name.entry.kind is MentionKind.GUIDANCE and edition_of(name.entry.id, text, hit.start, hit.end):
            return True
        if name.entry.kind is MentionKind.ORGANISATION and " " in name.printed:
            return evidence.has_words(hit, self._lower())
        return evidence.has_words(hit, self._lower()) and evidence.stands_as_name(text, hit)

    def told_apart(self, meant: _Sightings) -> _Sightings:
        """The sightings with an abbreviation that may be one of two bodies as the one that is named in full; without
        it where both or neither are."""
        shared: dict[tuple[int, int], list[Hit]] = {}
        for number, hit in meant:
            if hit.named.is_short and hit.named.needs_evidence:
                shared.setdefault((number, hit.start), []).append(hit)
        doubtful = {place: hits for place, hits in shared.items() if len(hits) > 1}
        if not doubtful:
            return meant
        return [
            (number, hit)
            for number, hit in meant
            if len(others := doubtful.get((number, hit.start), ())) < 2
            or [other for other in others if other.named.entry.id in self._sure] == [hit]
        ]

    def _is_place(self, text: str, hit: Hit) -> bool:
        if hit.named.entry.id in self._sure:
            return not places.goes_on(text, hit)
        if not places.is_place(text, hit, "\n".join(self._texts)):
            return False
        self._sure.add(hit.named.entry.id)
        return True

    def _is_other(self, short: str, name: str) -> bool:
        if short not in self._other:
            self._other[short] = evidence.is_introduced_elsewhere(short, self._texts, name)
        return self._other[short]

    def _lower(self) -> str:
        self._whole = self._whole or "\n".join(self._texts).lower()
        return self._whole


def _joined(mentions: dict[_Key, _Sightings]) -> dict[_Key, _Sightings]:
    """The sightings with those of a work without a year added to the edition that the item cites, if it is one."""
    cited: dict[str, list[_Key]] = {}
    for key in mentions:
        if key[2] is not None:
            cited.setdefault(key[1], []).append(key)
    for work, keys in cited.items():
        bare = next((key for key in mentions if key[1] == work and key[2] is None), None)
        if bare is not None and len(keys) == 1:
            both = sorted([*mentions[bare], *mentions[keys[0]]], key=lambda seen: (seen[0], seen[1].start))
            mentions = {
                key: both if key == keys[0] else seen for key, seen in mentions.items() if key != bare
            }
    return mentions
