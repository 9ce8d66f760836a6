"""Editions: read from bytes, corrected, given statuses with their days."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from almoner import __version__
from almoner.pipeline import run
from almoner.pipeline.editions import model as pipeline
from almoner.pipeline.errors import TooLarge
from almoner.pipeline.model import MediaType, Snapshot
from almoner.records.catalogue import moments
from almoner.records.catalogue.columns import cut, storable
from almoner.records.catalogue.enums import Licence
from almoner.records.catalogue.models import Item
from almoner.records.guidance.audiences import ToldHeading, carry, told_headings
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, Paragraph, StatusRow, Work
from almoner.records.store import snapshot_folder

STAGE: Final = "guidance"
MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest edition that is read: 64 MiB."""
BATCH: Final = 500
"""Paragraphs that are written with one statement."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Added:
    """The edition, and whether it was not there before."""

    edition: Edition
    is_new: bool


def add_edition(
    work: Work,
    snapshot: Snapshot,
    *,
    name: str,
    now: datetime,
    published: str = "",
    statuses: Iterable[tuple[EditionStatus, str]] = (),
    licence: Licence = Licence.UNKNOWN,
    address: str = "",
    item: Item | None = None,
    by: Any = None,
) -> Added:
    """Read a document of any format (PDF, Word, HTML, Markdown, text, CLML, Akoma Ntoso) and keep it as an edition of a
    work: its bytes, its paragraphs, and what it is from which day on (`statuses`).

    Whom its parts are for is as in the edition before it, where the headings still stand (`audiences.carry`).

    The same file a second time gives the edition that is there, as it is. Raises `PipelineError`, naming the file and
    the stage, where it cannot be read or has no words; `ValidationError` where the name is taken, a time is none, or the
    file is an edition of another work. Then nothing is kept.
    """
    if len(snapshot.content) > MAX_BYTES:
        raise TooLarge(
            snapshot.source, STAGE, f"is larger than {MAX_BYTES // 2**20} MiB.",
            advice="Ask its publisher for a smaller file, or save it anew without its pictures.",
        )  # fmt: skip
    sha256 = hashlib.sha256(snapshot.content).hexdigest()
    if there := Edition.objects.filter(work=work, sha256=sha256).first():
        return Added(there, is_new=False)
    _refuse_doubles(work, name, sha256)
    said = [(status, since, _first_day("since", since)) for status, since in statuses]
    day = (
        _first_day("published", published) if published else min((one[2] for one in said), default=now.date())
    )
    read = run.edition(snapshot)
    edition = Edition(
        work=work,
        name=name.strip(),
        slug=_slug(name),
        year=_year(name, published),
        title=cut(Edition, "title", read.title),
        published=published,
        sorts_on=day,
        address=address,
        licence=licence,
        item=item,
        file_name=cut(Edition, "file_name", snapshot.source),
        sha256=sha256,
        size=len(snapshot.content),
        media_type=read.media_type.value,
        added_at=now,
    )
    edition.full_clean(exclude=("digest", "reader"))
    snapshot_folder().put(snapshot.content)
    with transaction.atomic():
        newest = work.editions.order_by("-sorts_on", "-pk").first()
        _keep(edition, read, told_headings(newest) if newest else ())
        StatusRow.objects.bulk_create(
            StatusRow(edition=edition, status=status, since=since, begins=begins, said_at=now, said_by=by)
            for status, since, begins in said
        )
    return Added(edition, is_new=True)


def read_again(edition: Edition) -> bool:
    """Read an edition's bytes anew, with the reader as it is now; whether its text came out otherwise.

    Whom parts are for stays where their headings still stand. Raises `PipelineError` where its bytes are gone
    or are no longer read; then all stays as it was.
    """
    content = snapshot_folder().get(edition.sha256)
    read = run.edition(Snapshot(edition.file_name, content, MediaType(edition.media_type)))
    was = edition.digest
    with transaction.atomic():
        told = told_headings(edition)
        edition.paragraphs.all().delete()
        _keep(edition, read, told)
    return edition.digest != was


def correct(edition: Edition, *, published: str, address: str, licence: Licence) -> list[str]:
    """Correct what is known of an edition beside its text; returns the names of what changed. `ValidationError` where
    `published` is no time."""
    wanted = {"published": published, "address": address, "licence": licence.value}
    changed = [name for name, value in wanted.items() if getattr(edition, name) != value]
    if "published" in changed and published:
        edition.sorts_on = _first_day("published", published)
    for name in changed:
        setattr(edition, name, wanted[name])
    edition.save(update_fields=[*changed, "sorts_on"])
    return changed


def set_status(
    edition: Edition, status: EditionStatus, since: str, *, now: datetime, by: Any = None
) -> StatusRow:
    """Say that an edition has a status from a day, month or year on. What was said before stays; saying the same twice is
    saying it once. `ValidationError` where `since` is no such time."""
    begins = _first_day("since", since)
    same = edition.statuses.filter(status=status, since=since, taken_back_at=None).first()
    return same or StatusRow.objects.create(
        edition=edition, status=status, since=since, begins=begins, said_at=now, said_by=by
    )


def take_back(row: StatusRow, *, now: datetime) -> None:
    """Say that a status was said wrongly. The row stays, and no longer counts."""
    if row.taken_back_at is None:
        row.taken_back_at = now
        row.save(update_fields=["taken_back_at"])


def _keep(edition: Edition, read: pipeline.Edition, told: Sequence[ToldHeading]) -> None:
    """Save an edition with what was read of it; its parts are for those whom the `told` headings say."""
    rows = [_row(position, one) for position, one in enumerate(read.paragraphs)]
    edition.reader = __version__
    edition.paragraph_count = len(rows)
    edition.digest = _digest(rows)
    edition.findings = [
        {"code": found.code, "message": storable(found.message), "place": str(found.place)}
        for found in read.findings
    ]
    edition.save()
    for row in rows:
        row.edition = edition
    carry(told, rows)
    Paragraph.objects.bulk_create(rows, batch_size=BATCH)


def _row(position: int, read: pipeline.Paragraph) -> Paragraph:
    return Paragraph(
        position=position,
        address=read.address,
        kind=read.kind.value,
        level=read.level,
        number=cut(Paragraph, "number", read.number),
        parts=[storable(part) for part in read.parts],
        body=read.body,
        heading=read.heading,
        text=storable(read.text),
        links=[storable(link) for link in read.links],
        place=cut(Paragraph, "place", str(read.place)),
    )


def _digest(rows: Iterable[Paragraph]) -> str:
    """Of all that a comparison looks at."""
    digest = hashlib.sha256()
    for row in rows:
        told = (row.address, row.kind, row.level, row.parts, row.body, row.heading, row.text, row.links)
        digest.update(json.dumps(told).encode())
    return digest.hexdigest()


def _refuse_doubles(work: Work, name: str, sha256: str) -> None:
    if not _slug(name):
        raise ValidationError({"name": "A name has letters or digits: 2025."})
    if taken := Edition.objects.filter(work=work, slug=_slug(name)).first():
        raise ValidationError({"name": f"There is an edition “{taken.name}”, read from {taken.file_name}."})
    if other := Edition.objects.filter(sha256=sha256).exclude(work=work).select_related("work").first():
        raise ValidationError(
            {"file": f"This file is an edition of another work: {other.work}, {other.name}."}
        )


def _first_day(field: str, value: str) -> date:
    try:
        return moments.read(value)[0].astimezone(moments.LONDON).date()
    except ValueError as error:
        raise ValidationError({field: str(error)}) from error


def _slug(name: str) -> str:
    return slugify(name)[:60].strip("-")


def _year(name: str, published: str) -> str:
    found = _YEAR.search(name)
    return found[0] if found is not None else published[:4]
