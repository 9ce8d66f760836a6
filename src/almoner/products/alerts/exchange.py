"""Lists of subscribers that come in with their consents, lists of those who are not to be written to, and what is kept
about one person, for them to take away.

An import looks first: without `keep` nothing is written, and the answer is the same. Lists are read in memory and kept
nowhere.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.addresses import Address, read_address
from almoner.products.alerts.ending import end
from almoner.products.alerts.enums import Ended, RequestKind, RequestState, Standing
from almoner.products.alerts.models import Consent, Request, Subscriber, Suppression
from almoner.products.alerts.sign_up import Choice, as_rows, consent_words, follow
from almoner.products.alerts.suppression import hashed, marks, rows_of
from almoner.records.catalogue.moments import LONDON

COLUMNS: Final = ("address", "consented_on", "consented_how", "consent_words")
"""Columns of a list of subscribers; only the first must be there. Further ones are passed over."""
MOST: Final = 200_000
"""Rows of a list."""
CHUNK: Final = 500
TOLD: Final = 50
"""Faults that are told; of the others it says how many they are."""


@dataclass(slots=True)
class Imported:
    """What came of a list, or would: people whose consent stands, people who are asked first, those who were here already,
    those who are not to be written to, and the lines that could not be used, with what is wrong with them."""

    confirmed: int = 0
    asked: int = 0
    here: int = 0
    suppressed: int = 0
    wrong: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, words: str) -> None:
        """Note a line that cannot be used."""
        self.wrong += 1
        if len(self.faults) < TOLD:
            self.faults.append((line, words))


@dataclass(frozen=True, slots=True, repr=False)
class _Row:
    line: int
    address: Address
    marks: tuple[str, ...]
    consent: tuple[datetime, str, str] | None


@sensitive_variables()
def import_subscribers(text: str, chosen: Sequence[Choice], now: datetime, *, keep: bool) -> Imported:
    """Take in a list (CSV with a heading line, see `COLUMNS`) of people who are to follow `chosen`.

    A consent stands where the list says when it was given, how, and to which words: these people are confirmed. All
    others get a letter that asks them, and nothing else until they say yes. Who is here already, asked, confirmed or
    ended, stays as they are; who is on the list of those not to be written to is left out. `ValueError` where the text
    is no such list.
    """
    told, seen = Imported(), set[str]()
    rows = _rows(text, told, now)
    while chunk := list(islice(rows, CHUNK)):
        fresh = []
        for row in chunk:
            if row.address.folded in seen:
                told.refuse(row.line, "This address stands in the list before.")
                continue
            seen.add(row.address.folded)
            fresh.append(row)
        with transaction.atomic():
            _take_in(fresh, chosen, now, told, keep=keep)
    return told


def _take_in(
    rows: Sequence[_Row], chosen: Sequence[Choice], now: datetime, told: Imported, *, keep: bool
) -> None:
    folded = [row.address.folded for row in rows]
    here = set(Subscriber.objects.filter(folded__in=folded).values_list("folded", flat=True))
    here |= set(
        Request.objects.filter(folded__in=folded, kind=RequestKind.SIGN_UP).values_list("folded", flat=True)
    )
    listed = [mark for row in rows for mark in row.marks]
    shut = set(Suppression.objects.filter(hashed__in=listed).values_list("hashed", flat=True))
    for row in rows:
        if not shut.isdisjoint(row.marks):
            told.suppressed += 1
        elif row.address.folded in here:
            told.here += 1
        elif row.consent is None:
            told.asked += 1
            if keep:
                _ask(row.address, chosen, now)
        else:
            told.confirmed += 1
            if keep:
                _confirm(row.address, row.consent, chosen, now)


def _ask(address: Address, chosen: Sequence[Choice], now: datetime) -> None:
    Request.objects.create(
        kind=RequestKind.SIGN_UP,
        state=RequestState.WAITING,
        address=address.typed,
        folded=address.folded,
        chosen=as_rows(chosen),
        how="import",
        words=consent_words(),
        at=now,
        next_at=now,
    )


def _confirm(
    address: Address, consent: tuple[datetime, str, str], chosen: Sequence[Choice], now: datetime
) -> None:
    at, how, words = consent
    subscriber = Subscriber.objects.create(
        address=address.typed,
        folded=address.folded,
        standing=Standing.CONFIRMED,
        asked_at=now,
        confirmed_at=now,
    )
    Consent.objects.create(subscriber=subscriber, at=at, given=True, how=f"import: {how}"[:40], words=words)
    follow(subscriber, chosen, now)


def _rows(text: str, told: Imported, now: datetime) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if "address" not in names:
        raise ValueError("The first line names the columns; one of them must be “address”.")
    reader.fieldnames = names
    try:
        for number, row in enumerate(reader):
            if number >= MOST:
                raise ValueError(f"A list has no more than {MOST} lines. Divide it.")
            try:
                address = read_address(row["address"] or "")
            except ValueError as fault:
                told.refuse(reader.line_num, str(fault))
                continue
            yield _Row(reader.line_num, address, tuple(marks(address.folded)), _consent(row, now))
    except csv.Error as fault:
        raise ValueError(f"This is no list in CSV: {fault} (line {reader.line_num}).") from None


def _consent(row: Mapping[str, str | None], now: datetime) -> tuple[datetime, str, str] | None:
    """When, how and to which words somebody agreed, where the list says all of it and it can be."""
    on, how, words = ((row.get(name) or "").strip() for name in COLUMNS[1:])
    try:
        at = datetime.fromisoformat(on)
    except ValueError:
        return None
    at = at.replace(tzinfo=LONDON) if at.tzinfo is None else at
    return (at.astimezone(UTC), how, words) if how and words and at <= now else None


@sensitive_variables()
def import_suppressions(text: str, why: Ended, now: datetime, *, keep: bool) -> Imported:
    """Take in addresses, one a line (of a CSV line the first cell), that are never to be written to, with the reason.
    Who follows something under one of them is ended."""
    told = Imported()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        cell = line.partition(",")[0].strip().strip('"')
        if not cell or (number == 1 and "@" not in cell):
            continue
        if number > MOST:
            raise ValueError(f"A list has no more than {MOST} lines. Divide it.")
        try:
            address = read_address(cell)
        except ValueError as fault:
            told.refuse(number, str(fault))
            continue
        if rows_of(address.folded).exists():
            told.here += 1
            continue
        told.suppressed += 1
        if keep:
            with transaction.atomic():
                Suppression.objects.create(hashed=hashed(address.folded), why=why, since=now)
                for pk in Subscriber.objects.filter(folded=address.folded).values_list("pk", flat=True):
                    end(pk, why, now)
    return told


@sensitive_variables()
def exported(subscriber: Subscriber) -> str:
    """All that is kept about a subscriber, as JSON that people can read: UK GDPR, articles 15 and 20."""
    data = {
        "address": subscriber.address,
        "standing": subscriber.get_standing_display(),
        **_moments(subscriber, ("asked_at", "confirmed_at", "ended_at")),
        "ended_why": subscriber.get_ended_why_display(),
        "telling_subjects": subscriber.telling_subjects,
        "plain_text": subscriber.plain_text,
        "quiet": [str(each) for each in (subscriber.quiet_from, subscriber.quiet_to) if each],
        "consents": [
            {"given": row.given, "how": row.how, "words": row.words, **_moments(row, ("at",))}
            for row in subscriber.consents.all()
        ],
        "follows": [
            {
                "what": row.get_follows_display(),
                "which": row.about,
                "pace": row.get_pace_display(),
                **_moments(row, ("began_at", "ended_at")),
            }
            for row in subscriber.subscriptions.order_by("pk")
        ],
        "messages": [
            {
                "what": row.run.get_kind_display(),
                "state": row.get_state_display(),
                **_moments(row, ("settled_at",)),
            }
            for row in subscriber.deliveries.select_related("run").order_by("pk")
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _moments(row: Any, names: Collection[str]) -> dict[str, str]:
    return {name: at.isoformat() for name in names if (at := getattr(row, name))}
