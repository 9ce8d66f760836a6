"""One entry of a feed, as feedparser gives it, as a record: its fields cleaned, its dates read by us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from almoner.pipeline.lines import moments
from almoner.pipeline.model import Attachment, Cut, NamedTime, Place, Precision, Stated, When
from almoner.pipeline.page import addresses
from almoner.pipeline.parse import content, stated
from almoner.pipeline.parse.content import Content
from almoner.pipeline.parse.feed.boilerplate import without_boilerplate

LAYOUT: Final = "feed"
Fields = dict[str, Any]
"""An entry, or a part of one, as feedparser has it."""
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN: Final = frozenset({"text/plain", "text"})
"""What is neither (`application/octet-stream` for Base64) may be mark-up and is read so."""
_MAX_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class Format:
    """What the feed is: its name for the decisions, whether it dates entries by `updated` alone, its address.

    `author` and `licence` are the feed's own, which in Atom hold for entries that state none and come from no other
    feed (RFC 4287, 4.2.1 and 4.2.10).
    """

    by: str
    dates_are_published: bool
    base: str
    author: str | None = None
    licence: str | None = None


def record(entry: Fields, form: Format, place: Place, *, breaks_off: bool = False) -> Cut:
    """The record of an entry. Nothing in an entry is so wrong that there is none."""
    notes = stated.Notes(place)
    if breaks_off:
        notes.add(
            "text_cut", "The feed breaks off in this entry, or it is too long; it was read as far as it goes."
        )
    body, summary = _texts(entry, form, place, notes)
    published, updated, times = _times(entry, form, notes)
    author, printed = _author(entry)
    inherits = not isinstance(dict.get(entry, "source"), dict)
    if author is None and inherits:
        author = printed = form.author
    own = _own_address(entry, form)
    detail = _detail(entry, "title")
    says = Stated(
        by=form.by,
        # feedparser's detail may be of an inner element of the same name; its plain value is not.
        title=notes.title(_text(entry, "title"), markup=_text(detail, "type") not in _PLAIN),
        stand_in=own,
        link=own,
        id=whole_id(_text(entry, "id"), form.base),
        published=published,
        updated=updated,
        times=times,
        source=_source(entry),
        author=author,
        credit_as_printed=printed,
        categories=stated.names(_categories(entry)),
        summary=summary,
        attachments=tuple(_files(entry, form)),
        licence=stated.name(_text(entry, "license"))
        or stated.name(_text(entry, "rights"))
        or (form.licence if inherits else None),
        html=body.html or None,
        findings=tuple(notes.findings),
    )
    return stated.record(says, place, LAYOUT, body.blocks)


def _own_address(entry: Fields, form: Format) -> str | None:
    """Where the entry leads: past FeedBurner's counter, and rather to the page than to a file beside it."""
    links = [
        link for link in _list(entry, "links") if _text(link, "rel") in {"alternate", "related", "via", ""}
    ]
    links.sort(key=lambda link: _text(link, "rel") != "alternate")
    named = (
        _text(entry, "feedburner_origlink"),
        *(_text(link, "href") for link in links[:1]),
        _text(entry, "link"),
    )
    return next(filter(None, (stated.address(one, form.base) for one in named if one)), None)


def whole_id(given: str, base: str) -> str | None:
    """An id as stated; one that is a piece of an address is made whole, so that it is one thing's alone."""
    found = stated.name(given)
    if found is None or ":" in found or "/" not in found:
        return found
    return addresses.absolute(found, base) or found


def _texts(entry: Fields, form: Format, place: Place, notes: stated.Notes) -> tuple[Content, str | None]:
    """The fullest text, and a summary where the feed states one beside it."""
    summary = _detail(entry, "summary")
    if not _text(summary, "value"):
        summary = _detail(entry, "subtitle")
    readable = [
        one
        for one in _list(entry, "content")
        if not _text(one, "type").startswith(("image/", "audio/", "video/"))
    ]
    whole = next(
        (one for one in readable if _text(one, "type") in _HTML), readable[0] if readable else summary
    )
    body = notes.content(_content(whole, form, place))
    if _text(whole, "value") == _text(summary, "value") or not _text(summary, "value"):
        return body, None
    short = _content(summary, form, place)
    if not body.blocks:
        return short, None
    return body, short.text or None


def _content(detail: Fields, form: Format, place: Place) -> Content:
    value = stated.scrubbed(_text(detail, "value"))
    if not value.strip():
        return Content()
    if _text(detail, "type") not in _PLAIN:
        return content.of_markup(without_boilerplate(value), _base(detail, form), place, furnished=True)
    return content.of_text(value, place)


def _times(
    entry: Fields, form: Format, notes: stated.Notes
) -> tuple[When | None, When | None, tuple[NamedTime, ...]]:
    found: dict[str, When] = {}
    for name in ("published", "updated", "created", "expired", "validity_start", "validity_end"):
        when = notes.time(_time(entry, name, form))
        if when is not None:
            found[name] = when
    published = found.pop("published", None)
    updated = found.pop("updated", None)
    if published is None:
        published = (updated if form.dates_are_published else None) or found.get("created")
    return published, updated, tuple(NamedTime(name, when) for name, when in found.items())


def _time(entry: Fields, name: str, form: Format) -> moments.Moment | None:
    printed = _text(entry, name)
    moment = moments.read(printed, f"{form.by}: {name}")
    if moment is None or moment.when is not None:
        return moment
    # Dates in other languages, which feedparser knows. Its zone is always UTC then.
    parsed = dict.get(entry, f"{name}_parsed")
    if parsed is None:
        return moment
    value = f"{parsed[0]:04d}-{parsed[1]:02d}-{parsed[2]:02d}T{parsed[3]:02d}:{parsed[4]:02d}:00Z"
    again = moments.read(value, f"{form.by}: {name}, in another language")
    if again is None or again.when is None or again.when.precision is not Precision.MINUTE:
        return moment
    return moments.Moment(When(again.when.value, again.when.precision, printed.strip(), again.when.how))


def _author(entry: Fields) -> tuple[str | None, str | None]:
    """The author's name, or several; and all that is printed, with the mail addresses."""
    people = _list(entry, "authors") or [_detail(entry, "author")]
    named = stated.names(_text(person, "name") or _text(person, "email") for person in people)
    printed = stated.name(_text(entry, "author"))
    return ", ".join(named) or printed, printed or ", ".join(named) or None


def _source(entry: Fields) -> str | None:
    source = dict.get(entry, "source")
    title = _text(source, "title") if isinstance(source, dict) else ""
    return stated.name(title) or stated.name(_text(entry, "publisher"))


def _categories(entry: Fields) -> Iterator[str]:
    for tag in _list(entry, "tags"):
        term = _text(tag, "label") or _text(tag, "term")
        if "://" not in term:
            yield stated.plain(term, markup=True)


def _files(entry: Fields, form: Format) -> Iterator[Attachment]:
    seen: set[str] = set()
    for link in _list(entry, "links"):
        if _text(link, "rel") != "enclosure":
            continue
        file = stated.attachment(
            stated.address(_text(link, "href"), form.base),
            _text(link, "title"),
            _text(link, "type"),
            _text(link, "length"),
        )
        if file is not None and file.href not in seen and len(seen) < _MAX_FILES:
            seen.add(file.href)
            yield file


def _base(detail: Fields, form: Format) -> str:
    return addresses.absolute(_text(detail, "base"), form.base) or form.base


def _detail(entry: Fields, name: str) -> Fields:
    """The value with its type and base; feedparser gives the bare value alone for some."""
    found = dict.get(entry, f"{name}_detail")
    return found if isinstance(found, dict) else {"value": _text(entry, name), "type": "text/html"}


def _list(entry: Fields, name: str) -> list[Fields]:
    found = dict.get(entry, name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(entry: Fields, name: str) -> str:
    """A value as it stands. Past feedparser's own look-up, which gives `published` for a missing `updated`."""
    found = dict.get(entry, name)
    return found if isinstance(found, str) else ""
