"""Imports: files that an editor brings are looked at, and taken in once the editor says so, behind the pages.

An import has a row, and is worked on under a lease. Each document is kept in one transaction with how far the import is, so whoever goes on after a process has died
begins with the first document that is not kept, and nothing is counted twice. What cannot be read is named, and the
rest goes on. A look keeps nothing, and begins anew after a death.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.db.models import F, Q, QuerySet

from almoner.pipeline import run
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import Reading, Snapshot
from almoner.records import rounds
from almoner.records.accounts.models import Person
from almoner.records.catalogue.columns import storable
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.turns import in_turn
from almoner.records.ingest import uploads
from almoner.records.ingest.foreseeing import Outlook
from almoner.records.ingest.imports import OPEN, UNDER_WAY, Import, ImportState
from almoner.records.ingest.models import Document, Source
from almoner.records.ingest.recording import STAGE, Found, known_outcome, record
from almoner.records.ingest.services import source_named
from almoner.records.store import snapshot_folder

LEASE: Final = timedelta(minutes=2)
"""After this another may go on. One that is not dead but slow keeps nothing then: who holds the lease is asked in the
transaction that keeps."""
NAP: Final = 5.0
"""Seconds between two looks for something to do; who begins an import in this process wakes it at once."""
MOST_TRIES: Final = 3
"""A document at which so many processes died is left out."""
SHOWN: Final = 60
"""Items that are listed of what would come; the others are counted."""
WAITS_FOR: Final = timedelta(days=1)
STOPPED_FOR: Final = timedelta(days=30)
"""How long files are kept for an editor's word, and for one who stopped."""
REFUSED: Final = "The disk or the database refused it just now"
AGAIN: Final = "It is tried again by itself; what was taken in is kept. See that there is room on the disk."
OURS: Final = "This is a fault of the programme: please report it. The other documents go on."

Dated = Callable[[Import, Document], None]
"""Gives the items of a document that have no date the one that the import says."""
Clock = Callable[[], datetime]

log = logging.getLogger(__name__)
_asked = threading.Event()


class _NoLonger(Exception):
    """The import is no longer ours to work on: it was stopped, left, or another goes on with it."""


def begin(files: Iterable[uploads.File], asked: dict[str, str], by: Person, now: datetime) -> Import:
    """Put files aside and have them looked at. `asked` holds source, publisher, licence and undated. `TooLarge` as from
    `uploads.put_aside`."""
    tidy(now)
    key, total = uploads.put_aside(files)
    made = Import.objects.create(
        key=key,
        source_name=asked["source"],
        publisher=asked["publisher"],
        licence=asked["licence"],
        undated=asked["undated"],
        by=by,
        made_at=now,
        moved_at=now,
        total=total,
    )
    _asked.set()
    return made


def go_on(given: Import, now: datetime) -> Source | None:
    """Have what was looked at, or what is left of what was stopped, taken in as documents of the source that is
    returned; a look that broke off is begun anew. `ValidationError` where that is not how it stands."""
    with in_turn():
        made = Import.objects.select_for_update().get(pk=given.pk)
        if made.state not in (ImportState.LOOKED, ImportState.STOPPED):
            raise ValidationError(f"It is not waiting for that: {made.get_state_display().lower()}.")
        if not uploads.is_here(made.key):
            raise ValidationError(
                "Its files are no longer here. Bring them once more: what was taken in is known."
            )
        looks = made.state == ImportState.STOPPED and made.source is None
        if made.source is None and not looks:
            made.source = source_named(
                made.source_name, publisher=made.publisher or None, licence=made.licence
            )
            made.done, made.counts, made.problems = 0, {}, []
        made.state = ImportState.LOOKING if looks else ImportState.TAKING
        made.fault, made.moved_at, made.shown = "", now, []
        made.save()
    _asked.set()
    return made.source


def stop(given: Import, now: datetime) -> bool:
    """Stop taking in, after the document that is being kept; whether there was something to stop."""
    return bool(
        Import.objects.filter(pk=given.pk, state=ImportState.TAKING).update(
            state=ImportState.STOPPED, moved_at=now, lease="", lease_until=None
        )
    )


def leave(given: Import, now: datetime) -> bool:
    """Forget the files; what was taken in stays. Whether they were still needed."""
    left = Import.objects.filter(pk=given.pk, state__in=OPEN).update(
        state=ImportState.LEFT, moved_at=now, shown=[], lease="", lease_until=None
    )
    uploads.drop(given.key)
    return bool(left)


def tidy(now: datetime) -> None:
    """Forget the files that nobody came back to, and those that nobody knows."""
    forgotten = Q(state=ImportState.LOOKED, moved_at__lt=now - WAITS_FOR) | Q(
        state=ImportState.STOPPED, moved_at__lt=now - STOPPED_FOR
    )
    for made in Import.objects.filter(forgotten):
        leave(made, now)
    wanted = Import.objects.filter(state__in=OPEN).values_list("key", flat=True)
    uploads.tidy(list(wanted), now)


def watch_imports(clock: Clock, stop: threading.Event, dated: Dated) -> None:
    """Work on what is under way, again and again, until `stop` is set."""

    def work_on_all() -> None:
        _asked.clear()
        while not stop.is_set() and work(clock, stop, dated):
            pass

    rounds.go_round(work_on_all, stop, name="an import", nap=NAP, rest=_asked.wait)


def work(clock: Clock, stop: threading.Event, dated: Dated) -> bool:
    """Work on the oldest import that is under way and in nobody's hands; whether there was one. What the disk or the
    database refuses is raised on: it is tried again."""
    made = _claim(clock())
    if made is None:
        return False
    try:
        if made.state == ImportState.LOOKING:
            _look(made, clock, stop)
        else:
            _take(made, clock, stop, dated)
    except _NoLonger:
        pass
    except FileNotFoundError:
        _ours(made).update(
            state=ImportState.STOPPED, moved_at=clock(), fault="Its files are no longer here. Bring them once more: what was taken in is known."
        )  # fmt: skip
    except (OSError, OperationalError, InterfaceError) as error:
        # Nobody died of the document: it is not counted as tried.
        _ours(made).update(tries=0, fault=storable(f"{REFUSED} ({error}). {AGAIN}")[:500])
        raise
    finally:
        Import.objects.filter(pk=made.pk, lease=made.lease).update(lease="", lease_until=None)
    return True


def _claim(now: datetime) -> Import | None:
    free = Import.objects.filter(state__in=UNDER_WAY).filter(Q(lease_until=None) | Q(lease_until__lte=now))
    for made in free.order_by("pk"):
        # The files lie with whoever was asked; another machine leaves them to it.
        if uploads.is_here(made.key):
            lease = secrets.token_hex(8)
            if free.filter(pk=made.pk).update(lease=lease, lease_until=now + LEASE):
                return Import.objects.get(pk=made.pk, lease=lease)
    return None


def _ours(made: Import) -> QuerySet[Import]:
    """Its row, while it is ours to work on."""
    return Import.objects.filter(pk=made.pk, lease=made.lease, state=made.state).exclude(lease="")


def _look(made: Import, clock: Clock, stop: threading.Event) -> None:
    """See what would come, one document after the other."""
    source = Source.objects.filter(name=made.source_name).first() or Source(name=made.source_name)
    outlook = Outlook()
    made.done, made.counts, made.problems, made.shown = 0, {}, [], []
    for found in uploads.documents(made.key):
        if stop.is_set():
            return
        read = _read(found)
        if isinstance(read, PipelineError):
            made.note(_told(read))
        else:
            assert isinstance(found, Snapshot)
            seen = outlook.look(read, found, source, now=clock())
            made.count(documents=1, new=len(seen.new), changed=seen.changed, again=seen.seen_again)
            made.count(undated=sum(not (item.published or item.added) for item in seen.new))
            found_of = made.counts.setdefault("findings", {})
            for code, number in seen.findings.items():
                found_of[code] = found_of.get(code, 0) + number
            for item in seen.new[: SHOWN - len(made.shown)]:
                made.shown.append({"title": item.title, "kind": item.kind, "published": item.published})
            for problem in seen.problems:
                made.note(_told(PipelineError(problem.source, problem.stage, problem.message)))
        made.done += 1
        _save(made, clock())
    made.moved_at = clock()
    _ours(made).update(state=ImportState.LOOKED, moved_at=made.moved_at)


def _take(made: Import, clock: Clock, stop: threading.Event, dated: Dated) -> None:
    """Take in what is left, then relate it."""
    assert made.source is not None
    for found in uploads.documents(made.key, made.done):
        if stop.is_set():
            return
        if not _ours(made).update(tries=F("tries") + 1, lease_until=clock() + LEASE):
            raise _NoLonger
        made.tries += 1
        _take_one(made, found, clock, dated)
    while relate_waiting():
        if stop.is_set():
            return
        if not _ours(made).update(lease_until=clock() + LEASE):
            raise _NoLonger
    if _ours(made).update(state=ImportState.DONE, moved_at=clock(), fault=""):
        uploads.drop(made.key)


def _take_one(made: Import, found: Snapshot | PipelineError, clock: Clock, dated: Dated) -> None:
    """Keep one document, and that it is kept."""
    assert made.source is not None
    if made.tries > MOST_TRIES:
        name = found.source
        found = PipelineError(
            name, "parse", f"was begun {MOST_TRIES} times, and the service ended over it each time.",
            advice="It was left out. Bring it by itself, and please report it.",
        )  # fmt: skip
    known = known_outcome(found, made.source) if isinstance(found, Snapshot) else None
    came = known or _read(found)
    if isinstance(found, Snapshot) and isinstance(came, Reading):
        snapshot_folder().put(found.content)
    try:
        with in_turn():
            _locked(made)
            if isinstance(came, PipelineError):
                made.note(_told(came))
            else:
                assert isinstance(found, Snapshot)
                outcome = (
                    record(Found(came, found, made.source), now=clock())
                    if isinstance(came, Reading)
                    else came
                )
                made.count(documents=1, new=outcome.added, changed=outcome.changed, again=outcome.seen_again)
                for problem in outcome.problems:
                    made.note(_told(PipelineError(problem.source, problem.stage, problem.message)))
                if made.undated:
                    dated(made, outcome.document)
            made.done, made.tries = made.done + 1, 0
            _save(made, clock())
    except (DataError, IntegrityError) as error:
        log.exception("import %d: %s was refused", made.pk, found.source)
        _pass_over(made, PipelineError(found.source, STAGE, f"the database refused it ({error}).", advice=OURS), clock())  # fmt: skip
    except (_NoLonger, OSError, OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("import %d: %s failed", made.pk, found.source)
        _pass_over(made, PipelineError(found.source, STAGE, "failed unexpectedly.", advice=OURS), clock())


def _pass_over(made: Import, why: PipelineError, now: datetime) -> None:
    """Go on behind a document that broke: what was counted of it is not."""
    kept = Import.objects.get(pk=made.pk)
    made.counts, made.problems = kept.counts, kept.problems
    made.note(_told(why))
    made.done, made.tries = kept.done + 1, 0
    _save(made, now)


def _locked(made: Import) -> None:
    """Wait for whoever stops it, then see whether it is still ours."""
    if not _ours(made).select_for_update().exists():
        raise _NoLonger


def _save(made: Import, now: datetime) -> None:
    made.moved_at, made.lease_until = now, now + LEASE
    names = ("done", "tries", "counts", "problems", "shown", "moved_at", "lease_until")
    if not _ours(made).update(fault="", **{name: getattr(made, name) for name in names}):
        raise _NoLonger


def _read(found: Snapshot | PipelineError) -> Reading | PipelineError:
    if isinstance(found, PipelineError):
        return found
    try:
        return run.read(found)
    except PipelineError as error:
        return error
    except Exception:
        log.exception("%s could not be read", found.source)
        return PipelineError(found.source, "read", "failed unexpectedly.", advice=OURS)


def _told(error: PipelineError) -> dict[str, str]:
    """A problem as it is kept: the document, the stage, why, and what to do."""
    return {
        "name": storable(error.source.removeprefix(uploads.SCHEME)),
        "stage": error.stage,
        "why": storable(error.problem[:1].upper() + error.problem[1:]),
        "advice": storable(error.advice),
    }
