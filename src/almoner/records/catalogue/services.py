"""Writes to the catalogue: what editors decide about items, and what follows from it.

Each service is one transaction, and its signals (`catalogue.signals`) are sent inside it, so that whatever
listens, such as the search index, changes together with the item or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from almoner.pipeline.findings import FINDINGS, Gravity
from almoner.records.accounts.models import Person
from almoner.records.catalogue import moments, writing
from almoner.records.catalogue.addresses import lead_back
from almoner.records.catalogue.audiences import AUDIENCES
from almoner.records.catalogue.classifying import CLASSIFIED_BY, classify_again
from almoner.records.catalogue.enums import Status, Told, VersionState
from almoner.records.catalogue.mentions import TELLING_FIELDS, look_again
from almoner.records.catalogue.models import Item, ItemCorrection, ItemEvent, ItemFinding, ItemVersion
from almoner.records.catalogue.queries import planned_later
from almoner.records.catalogue.relating import RELATED_BY, look_again_later
from almoner.records.catalogue.signals import item_published, item_withdrawn
from almoner.records.catalogue.topics import choose_topics
from almoner.records.catalogue.turns import in_turn

HOLDING_CODES: Final = frozenset(kind.code for kind in FINDINGS.values() if kind.gravity is Gravity.HOLD)
"""Findings that keep an item from readers until a person has decided."""

LINK_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What a stored link may begin with. Anything else could run code in a reader's browser, or means nothing
outside the page it stood on."""

BATCH: Final = 500
"""Items that are changed in one statement."""
_WITHDRAWAL: Final = ("withdrawn_reason", "withdrawn_told", "withdrawn_at")
_TIMES: Final = ("published", "updated", "added")
_CREDITS: Final = ("credit_source", "credit_outlet", "credit_author", "credit_byline")
CORRECTABLE: Final = frozenset(
    {
        "publisher", "kind", "title", "summary", "text", "written", "link", "links", "licence", "section",
        "categories", "topics", "audiences", "events", "private_names", *_TIMES, *_CREDITS,
    }
)  # fmt: skip
"""What an editor may change. The words as printed, the fingerprint and the key stay what they were."""


SHOWN: Final = frozenset(
    {
        "publisher",
        "kind",
        "title",
        "summary",
        "text",
        "written",
        "link",
        "links",
        "events",
        *_TIMES,
        *_CREDITS,
    }
)
"""What readers are told was corrected. The rest says how we file an item, not what it says."""


@dataclass(frozen=True, slots=True)
class Held:
    """An item that was not published, and why, in words for an editor."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of items that were to be published. What was published before is in neither."""

    published: tuple[Item, ...]
    held: tuple[Held, ...]


def publish(
    items: Iterable[Item], *, now: datetime, decided_by: Person | None = None, reason: str = ""
) -> Publication:
    """Show items to readers.

    An item with an open finding that holds it (a child may be identifiable) is left as it is and returned in
    `held`, unless `decided_by` says who looked at it and decided; that settles the finding, with `reason`.
    Such a decision is about one item: `ValueError` if `decided_by` comes with more. A withdrawn item is held
    as well; `restore` it first; and so is one that is planned for later, until its plan is taken back. The given items get their new status and `changed_at`.
    """
    wanted = {item.pk: item for item in items}
    if decided_by is not None and len(wanted) != 1:
        raise ValueError("An editor decides about one item at a time.")
    with in_turn():
        found = Item.objects.select_for_update().in_bulk(list(wanted))
        rows = {key: found[key] for key in wanted if key in found}
        if decided_by is not None:
            _settle_holding(wanted, decided_by, now, reason)
        open_findings = {
            finding.item_id: finding
            for finding in ItemFinding.objects.filter(
                item__in=list(wanted), code__in=HOLDING_CODES, settled_at=None
            )
        }
        plans = planned_later(wanted, now)
        going: list[Item] = []
        held: list[Held] = []
        for key, row in rows.items():
            if row.status == Status.WITHDRAWN:
                held.append(Held(wanted[key], "It was withdrawn. Restore it first."))
            elif row.status == Status.WAITING and key in open_findings:
                name = open_findings[key].get_code_display()
                held.append(Held(wanted[key], f"{name}: an editor must decide."))
            elif row.status == Status.WAITING and (plan := plans.get(key)) is not None:
                held.append(Held(wanted[key], plan))
            elif row.status == Status.WAITING:
                going.append(row)
        for row in going:
            for item in (row, wanted[row.pk]):
                item.status, item.changed_at = Status.PUBLISHED, now
        if going:
            Item.objects.filter(pk__in=[row.pk for row in going]).update(
                status=Status.PUBLISHED, changed_at=now
            )
            writing.date_as_published(going, now)
            item_published.send(Item, items=going, first=True)
    return Publication(tuple(wanted[row.pk] for row in going), tuple(held))


def _settle_holding(wanted: Iterable[int], by: Person, now: datetime, reason: str) -> None:
    ItemFinding.objects.filter(item__in=list(wanted), code__in=HOLDING_CODES, settled_at=None).update(
        settled_at=now, settled_by=by, settled_reason=reason
    )


def withdraw(item: Item, *, reason: str, now: datetime, told: Told = Told.NOTHING) -> None:
    """Take an item away from readers, or out of the queue, for good; it stays in the records with `reason`. Where it
    stood, readers see when that was, and what they are `told` of why.

    `ValidationError` if no reason is given or it is too long. An item that is withdrawn stays as it was.
    """
    with in_turn():
        _reload(item)
        if item.status == Status.WITHDRAWN:
            return
        was_published = item.status == Status.PUBLISHED
        item.status, item.withdrawn_reason, item.changed_at = Status.WITHDRAWN, reason.strip(), now
        item.withdrawn_told, item.withdrawn_at = told, now
        if not item.withdrawn_reason:
            raise ValidationError({"withdrawn_reason": "Say why, so that others can follow it later."})
        _validate(item, {"withdrawn_reason", "withdrawn_told"})
        item.save(update_fields=["status", "changed_at", *_WITHDRAWAL])
        if was_published:
            item_withdrawn.send(Item, items=[item])


def restore(item: Item, *, now: datetime) -> None:
    """Put a withdrawn item back into the queue; readers see it once it is published again."""
    with in_turn():
        _reload(item)
        if item.status == Status.WITHDRAWN:
            item.status, item.withdrawn_reason, item.changed_at = Status.WAITING, "", now
            item.withdrawn_told, item.withdrawn_at = Told.NOTHING, None
            item.save(update_fields=["status", "changed_at", *_WITHDRAWAL])
            lead_back(item)


def take_back(item: Item, *, now: datetime) -> None:
    """Put a published item back into the queue, as it was before it was published: a decision about a child or a
    victim has to be made again."""
    with in_turn():
        _reload(item)
        if item.status == Status.PUBLISHED:
            item.status, item.changed_at = Status.WAITING, now
            item.save(update_fields=["status", "changed_at"])
            for finding in item.findings.filter(code__in=HOLDING_CODES).exclude(settled_at=None):
                reopen(finding)
            item_withdrawn.send(Item, items=[item])


def correct(item: Item, *, now: datetime, **changes: Any) -> frozenset[str]:
    """Change fields of an item and return the names of those that are different now.

    `changes` are fields in `CORRECTABLE`; others are a `TypeError`. Times are ISO 8601 cut to their
    precision, which is worked out from them; `categories` are `Category` rows, `topics` and `audiences` ids of the taxonomy, `events` dicts as `events_of` gives
    them. `ValidationError`, by field, if a value does not fit; nothing is changed then. The copy as mark-up is dropped when the text is
    corrected, or the page would still show the old words. Of an item of ours text, mark-up and links follow what was
    `written`, and all is read again; one that readers see takes no name of a child or a victim that nobody has noted.
    """
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise TypeError(f"not correctable: {', '.join(sorted(unknown))}")
    with in_turn():
        _reload(item)
        categories, events = changes.pop("categories", None), changes.pop("events", None)
        topics, audiences = changes.pop("topics", None), changes.pop("audiences", None)
        different = {name for name, value in changes.items() if getattr(item, name) != value}
        for name in different:
            setattr(item, name, changes[name])
        followed = _follow(item, different)
        saved = different | followed
        _validate(item, saved)
        if item.written_here and item.status == Status.PUBLISHED and different & writing.READ_FIELDS:
            _refuse_new_names(item)
        if categories is not None:
            wanted = {category.pk for category in categories}
            if wanted != set(item.categories.values_list("pk", flat=True)):
                item.categories.set(wanted)
                different.add("categories")
        if topics is not None and choose_topics(item, topics):
            different.add("topics")
        if audiences is not None and AUDIENCES.choose(item, audiences):
            different.add("audiences")
        if events is not None and events != events_of(item):
            _replace_events(item, events)
            different.add("events")
        if different - {"private_names"}:  # readers see nothing of these
            item.changed_at = now
        if different:
            item.corrected = sorted({*item.corrected, *different})
            item.save(update_fields=[*saved, "changed_at", "corrected"])
            told = different | followed
            if told & TELLING_FIELDS:
                look_again(item)
            if told & RELATED_BY:
                look_again_later(item)
            if told & CLASSIFIED_BY:
                classify_again(item)
            if item.written_here and different & writing.READ_FIELDS:
                writing.check(item)
            if item.status == Status.PUBLISHED:
                if shown := sorted(different & SHOWN):
                    ItemCorrection.objects.create(item=item, at=now, fields=shown)
                item_published.send(Item, items=[item])
    return frozenset(different)


def relicense(items: QuerySet[Item], licence: str, *, now: datetime) -> int:
    """Put items under another licence; returns how many. Those whose licence an editor corrected keep it, and only the
    published ones count as changed: of the others readers see nothing."""
    with in_turn():
        found = (
            items.select_for_update().exclude(licence=licence).only("pk", "licence", "corrected", "status")
        )
        rows = [item.pk for item in found if "licence" not in item.corrected]
        for start in range(0, len(rows), BATCH):
            batch = Item.objects.filter(pk__in=rows[start : start + BATCH])
            batch.update(licence=licence)
            batch.filter(status=Status.PUBLISHED).update(changed_at=now)
            if shown := list(batch.filter(status=Status.PUBLISHED)):
                item_published.send(Item, items=shown)
    return len(rows)


def take_over(version: ItemVersion, *, now: datetime, decided_by: Person | None = None) -> None:
    """Put what the publisher changed into the item; fields that an editor corrected stay as they are. A version
    that was decided on stays as it was."""
    with in_turn():
        item = version.item
        _reload(item)
        version.refresh_from_db(from_queryset=ItemVersion.objects.select_for_update())
        if version.state != VersionState.WAITING:
            return
        changed = {name: value for name, value in version.now.items() if name not in item.corrected}
        for name, value in changed.items():
            setattr(item, name, value)
        item.sorts_at = moments.sorting_moment(item.published, item.added, item.captured_at, item.undated_at)
        item.changed_at = now
        item.save(update_fields=[*changed, "sorts_at", "changed_at"])
        if changed.keys() & TELLING_FIELDS:
            look_again(item)
        if changed.keys() & RELATED_BY:
            look_again_later(item)
        if changed.keys() & CLASSIFIED_BY:
            classify_again(item)
        _decide(version, VersionState.APPLIED, now, decided_by)
        if item.status == Status.PUBLISHED:
            item_published.send(Item, items=[item])


def dismiss(version: ItemVersion, by: Person, now: datetime) -> None:
    """Leave the item as it is, though its publisher changed it. A version that was decided on stays as it was."""
    with in_turn():
        version.refresh_from_db(from_queryset=ItemVersion.objects.select_for_update())
        if version.state == VersionState.WAITING:
            _decide(version, VersionState.DISMISSED, now, by)


def _decide(version: ItemVersion, state: VersionState, now: datetime, by: Person | None) -> None:
    version.state, version.decided_at, version.decided_by = state, now, by
    version.save(update_fields=["state", "decided_at", "decided_by"])


def settle(finding: ItemFinding, by: Person, now: datetime, reason: str = "") -> None:
    """Note that a person has looked at a finding and is content. What is settled stays as it was."""
    settled = ItemFinding.objects.filter(pk=finding.pk, settled_at=None).update(
        settled_at=now, settled_by=by, settled_reason=reason
    )
    if settled:
        finding.settled_at, finding.settled_by, finding.settled_reason = now, by, reason


def reopen(finding: ItemFinding) -> None:
    """Say that nobody has looked at a finding yet."""
    finding.settled_at, finding.settled_by, finding.settled_reason = None, None, ""
    finding.save(update_fields=["settled_at", "settled_by", "settled_reason"])


def is_safe_link(href: str) -> bool:
    """Whether an address may stand in a page of ours as a link."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in LINK_SCHEMES and bool(parts.netloc or parts.scheme in {"mailto", "tel"})


def events_of(item: Item) -> list[dict[str, str]]:
    """The events that an item announces, each as its fields."""
    return [
        {"starts": event.starts, "ends": event.ends, "title": event.title, "mode": event.mode}
        for event in item.events.all()
    ]


def _replace_events(item: Item, events: Iterable[Mapping[str, str]]) -> None:
    rows = [ItemEvent(item=item, **event) for event in events]
    for row in rows:
        for name in ("starts", "ends"):
            if value := getattr(row, name):
                try:
                    moments.read(value)
                except ValueError as error:
                    raise ValidationError({"events": str(error)}) from error
        try:
            row.clean_fields()
        except ValidationError as error:
            raise ValidationError({"events": error.messages}) from error
    item.events.all().delete()
    ItemEvent.objects.bulk_create(rows)


def _reload(item: Item) -> None:
    """Lock the row and take its newest state, so that two editors do not overwrite each other unseen."""
    item.refresh_from_db(from_queryset=Item.objects.select_for_update())


def _follow(item: Item, different: set[str]) -> set[str]:
    """Set what follows from the changed fields and return its names."""
    followed: set[str] = set()
    if "written" in different:
        followed |= writing.follow(item, keeps_summary="summary" in different.union(item.corrected))
    elif "text" in different:
        item.html = ""
        followed.add("html")
    for name in different.intersection(_TIMES):
        setattr(item, f"{name}_precision", _precision(name, getattr(item, name)))
        followed.add(f"{name}_precision")
    if different.intersection({"published", "added"}):
        item.sorts_at = moments.sorting_moment(item.published, item.added, item.captured_at, item.undated_at)
        followed.add("sorts_at")
    return followed


def _refuse_new_names(item: Item) -> None:
    """`ValidationError` if words of ours that readers would see at once seem to name a child or a victim."""
    if names := writing.new_names(item):
        raise ValidationError(
            {
                "written": f"This may name a child or a victim: {', '.join(names)}. Readers would see it at once. "
                "If the name may stand, write it under “Names of children and victims” as well, and save again."
            }
        )


def _precision(name: str, value: str) -> str:
    if not value:
        return ""
    try:
        return moments.read(value)[1].value
    except ValueError as error:
        raise ValidationError({name: str(error)}) from error


def _validate(item: Item, names: set[str]) -> None:
    """`ValidationError`, by field, unless the values of these fields fit."""
    if "links" in names and not (
        isinstance(item.links, list)
        and all(isinstance(link, dict) and is_safe_link(str(link.get("href", ""))) for link in item.links)
    ):
        raise ValidationError({"links": "A link begins with https://, http://, mailto: or tel:."})
    if "private_names" in names and not (
        isinstance(item.private_names, list) and all(isinstance(name, str) for name in item.private_names)
    ):
        raise ValidationError({"private_names": "Give a list of names."})
    item.clean_fields(exclude={field.name for field in item._meta.get_fields()} - names)
