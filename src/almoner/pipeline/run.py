"""The pipeline, a stage a line: open this first.

    Snapshot → parse → Document → split → Splitting (cuts) → extract → Items → relate → copies marked

Pure: no clock, no socket, no database. `read` takes one snapshot; `relate` looks at several readings together.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from almoner.pipeline.errors import PipelineError, StageBroken
from almoner.pipeline.extract import extract
from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import Order
from almoner.pipeline.model import Document, Item, Reading, Snapshot, Splitting
from almoner.pipeline.parse import parse, parse_whole
from almoner.pipeline.ports import Seen
from almoner.pipeline.relate.copies import mark_copies
from almoner.pipeline.split import split

if TYPE_CHECKING:
    from almoner.pipeline.editions.model import Comparison, Edition
    from almoner.pipeline.sources.rules import Rule


@dataclass(frozen=True, slots=True)
class Work:
    """What has been made of a snapshot so far."""

    snapshot: Snapshot
    order: Order | None = None
    rule: Rule | None = None
    seen: Seen | None = None
    document: Document | None = None
    splitting: Splitting | None = None
    items: tuple[Item, ...] = ()


def _parse(work: Work) -> Work:
    given = work.order or (work.rule.date_order if work.rule is not None else None)
    document = parse(work.snapshot, given, work.seen)
    telling = (record for record in document.passed if dates.may_tell_order(record.markup))
    passed = (piece for record in telling for piece in record.texts)
    order = given or dates.page_order(chain((block.text for block in document.blocks), passed))
    return replace(work, document=document, order=order)


def _split(work: Work) -> Work:
    assert work.document is not None
    assert work.order is not None
    if work.rule is None:
        return replace(work, splitting=split(work.document, work.order))
    from almoner.pipeline.sources import rules  # most pages are read without one

    document, splitting = rules.apply(work.rule, work.document, work.order)
    return replace(work, document=document, splitting=splitting)


def _extract(work: Work) -> Work:
    assert work.document is not None
    assert work.splitting is not None
    assert work.order is not None
    return replace(work, items=extract(work.document, work.splitting, work.order, work.snapshot.captured))


STAGES: tuple[tuple[str, Callable[[Work], Work]], ...] = (
    ("parse", _parse),
    ("split", _split),
    ("extract", _extract),
)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Reading without the cycle collector, which would walk over a page's hundred thousand objects again and again.

    What a reading makes hangs together without cycles, so that it goes as soon as nobody holds it. Where another
    thread ends its reading first the collector runs again, which costs time and nothing else.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # What was just made is as old as can be: the first young collection need not walk over all of it.
            gc.freeze()
            gc.unfreeze()
        gc.enable()


def read(
    snapshot: Snapshot, *, order: Order | None = None, rule: Rule | None = None, seen: Seen | None = None
) -> Reading:
    """All that stands in one snapshot.

    `order` fixes the order of numeric dates; None works it out from the page (the UK's where it is open). `rule` is
    what is known of the source's pages; what it leaves open is read as without one. Records that were `seen`, and read as
    now, are passed over (`Document.passed`).
    Raises `PipelineError` where the bytes cannot be read at all; a page without items is a reading without items.
    """
    with _uncollected():
        work = _worked(Work(snapshot, order, rule, seen and replace(seen, depends_on=f"{order} {rule!r}")))
    assert work.document is not None
    assert work.splitting is not None
    return Reading(
        document=replace(
            work.document,
            title=work.splitting.title or work.document.title,
            publisher=work.splitting.publisher or work.document.publisher,
            next_page=work.splitting.next_page or work.document.next_page,
        ),
        items=work.items,
        captured=snapshot.captured,
        briefing=work.splitting.briefing,
        findings=(*work.document.findings, *work.splitting.findings),
        decisions=(*work.document.decisions, *work.splitting.decisions),
    )


def _worked(work: Work) -> Work:
    for name, stage in STAGES:
        try:
            work = stage(work)
        except PipelineError:
            raise
        except Exception as error:
            raise _broken(work.snapshot, name, error) from error
    return work


def _broken(snapshot: Snapshot, stage: str, error: Exception) -> StageBroken:
    return StageBroken(
        snapshot.source,
        stage,
        f"failed unexpectedly ({type(error).__name__}: {error}).",
        advice="The document is kept as it is. Please report this, with the page if it may be shared.",
    )


def relate(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The readings with the copies among their items marked, in the order given, one at a time."""
    return mark_copies(readings)


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """What changed between two editions of a document, in any of the formats that can be read.

    Raises `PipelineError` where one of them cannot be read or has no words.
    """
    from almoner.pipeline.editions.compare import compare as compared  # reading items never waits for it

    with _uncollected():
        return compared(edition(old), edition(new))


def edition(snapshot: Snapshot) -> Edition:
    """A guidance document as its paragraphs, from any of the formats that can be read.

    Raises `PipelineError` where it cannot be read or has no words.
    """
    from almoner.pipeline.editions.paragraphs import edition as of_document

    try:
        return of_document(parse_whole(snapshot))
    except PipelineError:
        raise
    except Exception as error:
        raise _broken(snapshot, "editions", error) from error
