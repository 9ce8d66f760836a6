"""The sample guidance in the records: a work with three editions, whom its parts are for, and what an editor says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from almoner.demo.manuscript import Manuscript, manuscript
from almoner.demo.manuscript_page import as_page
from almoner.demo.manuscript_print import as_print
from almoner.demo.manuscript_word import as_word
from almoner.pipeline.fetch.files import given
from almoner.records.catalogue.enums import Licence
from almoner.records.guidance.audiences import tell_audiences
from almoner.records.guidance.comparisons import compare
from almoner.records.guidance.editions import add_edition
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition
from almoner.records.guidance.notes import write_note
from almoner.records.guidance.works import add_work

SLUG: Final = "safe-harbour"
EVERYONE: Final = "Everyone afloat"
LEADS: Final = "Safeguarding leads"
TRUSTEES: Final = "Trustees and owners"
RECRUITERS: Final = "Those who choose crew"
_FOR: Final = {
    "about-this-guidance": (EVERYONE, LEADS, TRUSTEES),
    "part-1": (EVERYONE, LEADS, TRUSTEES),
    "part-2": (LEADS, TRUSTEES),
    "part-3": (LEADS, TRUSTEES, RECRUITERS),
    "part-4": (LEADS, TRUSTEES),
    "part-5": (LEADS,),
    "part-6": (LEADS,),
    "annex-a": (EVERYONE, LEADS),
    "annex-b": (LEADS, TRUSTEES),
}
"""Whom each part is for, by the address of its heading."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """An edition: its manuscript, the format it came out in, its name, when that was and what it was from then on. Each
    comes in another format, as publishers have it."""

    manuscript: str
    ending: str
    write: Callable[[Manuscript], bytes]
    name: str
    published: str
    statuses: tuple[tuple[EditionStatus, str], ...]


_EDITIONS: Final = (
    _Sample(
        "safe-harbour-2025", "html", as_page, "2025", "2025-07-07",
        ((EditionStatus.INFORMATION, "2025-07-07"), (EditionStatus.IN_FORCE, "2025-09-01")),
    ),
    _Sample(
        "safe-harbour-2026", "docx", as_word, "2026", "2026-07-06",
        ((EditionStatus.INFORMATION, "2026-07-06"), (EditionStatus.IN_FORCE, "2026-09-01")),
    ),
    _Sample(
        "safe-harbour-2027-draft", "pdf", as_print, "Draft of 2027", "2026-11-02",
        ((EditionStatus.DRAFT, "2026-11-02"),),
    ),
)  # fmt: skip
_NOTES: Final = (
    (
        "15", False,
        "Reading part one was expected, and is now a duty. A signature alone was never enough; now it is not optional either.",
        "Ask everybody to read it again before the first trip, and keep the signed list.",
    ),
    (
        "22", True,
        "The Authority no longer asks crew to collect telephones. It does not say that they may not.",
        "Decide with parents what your club does, and put it in the code of conduct.",
    ),
    (
        "78", False,
        "Nobody may start before their check is back, not even beside somebody else.",
        "Ask for checks six weeks before the season. Take whoever still waits off the rota.",
    ),
    (
        "94", False,
        "This is new: agencies and other clubs must hear of a concern on the same day.",
        "Note for each person who is sent to you whom to call, by name and number.",
    ),
)  # fmt: skip
"""Paragraph of 2026 (of 2025, where it is gone), whether it is gone, what it means, what to do."""


def create_sample_guidance(*, now: datetime, by: Any = None) -> Edition:
    """Add the work, its editions, and what was said of them; return the edition in force. Run again, it adds nothing and
    leaves alone what an editor has changed since."""
    work = add_work(
        "Safe Harbour: duties of clubs and charters that carry children",
        slug=SLUG,
        short_title="Safe Harbour",
        publisher="Coastal Children’s Authority",
        nations="E",
        audiences=[EVERYONE, LEADS, TRUSTEES, RECRUITERS],
    )
    kept = []
    for sample in _EDITIONS:
        there = work.editions.filter(name=sample.name).first()
        if there is not None:
            kept.append(there)
            continue
        added = add_edition(
            work,
            given(f"{sample.manuscript}.{sample.ending}", sample.write(manuscript(sample.manuscript))),
            name=sample.name,
            now=now,
            published=sample.published,
            statuses=sample.statuses,
            licence=Licence.OWN,
            by=by,
        ).edition
        for heading, audiences in _FOR.items():
            tell_audiences(added, heading, audiences)
        kept.append(added)
        if sample.name == "2026":
            for address, is_gone, meaning, to_do in _NOTES:
                write_note(added, address, meaning=meaning, to_do=to_do, now=now, is_gone=is_gone, by=by)
    for old, new in pairwise(kept):
        compare(old, new, now=now)
    return kept[1]
