"""Credit lines that close an item, and credits inside a title: who it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from almoner.lib.frozen import swift
from almoner.pipeline.lines import dates
from almoner.pipeline.lines.dates import DateMention, Order
from almoner.pipeline.lines.furniture import is_trailer
from almoner.pipeline.lines.names import (
    ORGANISATION_WORDS,
    looks_organisational,
    looks_personal,
    names_office,
    without_abbreviation,
)
from almoner.pipeline.model import Credit

MAX_LENGTH: Final = 200

_THANKS = re.compile(
    r"(?i:(?:with\s+)?(?:(?:many\s+)?thanks(?:\s+and\s+credit)?|(?:all\s+)?credits?(?:\s+and\s+thanks)?|acknowledge?ments?))"
    r"(?:\s*:|(?i:\s+(?:goes\s+|go\s+|due\s+)?to\b:?)|\s+(?=[A-Z]))\s*(?P<who>.+)"
)
_SOURCE = re.compile(
    r"(?:(?:original\s+|news\s+|information\s+|article\s+|story\s+)?source|via|taken\s+from|reproduced\s+from|sourced\s+from"
    r"|courtesy\s+of|with\s+acknowledgement\s+to)\s*(?P<colon>:)?\s+(?P<who>.+)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:this\s+)?(?:article|story|report|piece|news|item|blog|post)?\s*(?:was\s+)?(?:first\s+|originally\s+)?"
    r"(?:reported|written|published|reporting|words)\s+by|(?:article|story|report|words)\s+by|words:|report(?:ing)?:|author:|by)\s+(?P<who>.+)",
    re.IGNORECASE,
)
_IN_OUTLET = re.compile(
    r"(?:this\s+)?(?:article|story|report|piece|item|post)?\s*(?:was\s+)?(?:first|originally)\s+(?:published|appeared|reported)"
    r"\s+(?:in|on|at|by)\s+(?P<who>.+)",
    re.IGNORECASE,
)
_READ_AT = re.compile(
    r"read(?:\s+(?:more|it|the\s+(?:full\s+)?(?:story|article)))?(?:\s+(?:at|in|on|from))?\s*:\s*(?P<who>.+)",
    re.IGNORECASE,
)
_FOR_OUTLET = re.compile(
    r"\s*(?:,|\bfor\b|\bof\b|\bat\b|\bin\b|\bwriting\s+for\b|\(|\s[–—-]\s)\s*(?:the\s+)?", re.IGNORECASE
)
_WRAPPED = re.compile(r"\A[(\[]\s*([^()\[\]]*)\s*[)\]]\Z")
_SUFFIX = re.compile(
    r"(?P<title>.{8,})\s+[–—-]\s+(?P<source>[^()–—]{2,60}?)\s*\((?P<author>[^()]{3,60})\)\.?"
)
_PLAIN = re.compile(r"(?P<title>.{8,}?)\s+[–—-]\s+(?P<source>[^()–—]{2,60}?)(?:\s*\([^()]*\))?\.?")
_BRACKET = re.compile(r"\(([^()]+)\)\s*$")
_CLOSING = re.compile(r"(?:\A|[.!?”’]\s*)\((?P<who>[A-Z][^()]{1,60}?)(?:,\s*(?P<date>[^(),]*\d{4}))?\)\s*\Z")
_NAME_IN_BRACKET = re.compile(r"\(([A-Z][^()\d]{1,59})\)\s*\Z")
_DASH = re.compile(r"\s[–—-]\s")
_PLAIN_SUFFIX = re.compile(r".{8,}?\s+[–—-]\s+([^()–—]{2,50}?)\.?")
_HAS_SUFFIX = re.compile(r".{8,}?\s+[–—-]\s+[^()–—]{2,60}?\s*\(([^()]{3,60})\)\.?")
_IMAGE = re.compile(r"\b(?:photo|image|picture|illustration|video)\b", re.IGNORECASE)


@swift
@dataclass(frozen=True, slots=True)
class TitleCredit:
    """What a title says about its own origin. `bare` is the title without a suffix that is no part of it."""

    bare: str
    source: str | None = None
    author: str | None = None
    published: DateMention | None = None


def read(text: str) -> Credit | None:
    """What a closing credit line says, or None where the line is none.

    "Credit: ITV" credits an outlet; "Thanks and credit to the NSPCC" a source; "Article reported by A B for
    the Mirror." an author and an outlet.
    """
    line = _WRAPPED.sub(r"\1", text.strip().strip("*_ "))
    if not line or len(line) > MAX_LENGTH or _IMAGE.search(line[:40]):
        return None
    printed = Credit(as_printed=text.strip())
    for pattern, kind in (
        (_IN_OUTLET, "outlet"),
        (_READ_AT, "outlet"),
        (_BY, "by"),
        (_THANKS, "thanks"),
        (_SOURCE, "source"),
    ):
        match = pattern.fullmatch(line)
        if match is None:
            continue
        who = re.sub(r"\s*https?://\S+", "", match["who"]).strip(" .,:;–—-")
        if who.endswith(")") and "(" not in who:
            who = who.rstrip(" .)")
        if not who or ". " in who or len(who.split()) > 14:
            return None
        if kind == "source" and match["colon"] is None and not looks_organisational(who):
            return None
        named = _named(who, kind, colon=":" in line[: match.start("who")])
        return None if named is None else replace(named, as_printed=printed.as_printed)
    return None


def bare(text: str) -> Credit:
    """The credit in a line that is nothing but an outlet's name."""
    return Credit(outlet=without_abbreviation(text), as_printed=text)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that several titles of a page have. In them any name is a credit; elsewhere name and body must
    look unmistakably like what they are. `suffix` is "Title - Source (Author)", `bracket` "Title (Source)"."""

    suffix: bool = False
    bracket: bool = False


NO_FORMS: Final = Forms()


def forms(titles: Sequence[str]) -> Forms:
    """The forms of credit that the titles of a page have in common."""
    brackets = [name for name in map(_closing_name, titles) if name is not None]
    plain = sum(plain_suffix(title) is not None for title in titles)
    return Forms(
        suffix=sum(map(has_suffix, titles)) >= 2 or (plain >= 2 and plain >= 0.4 * len(titles)),
        bracket=len(brackets) >= max(3, 0.4 * len(titles)) and sum(map(_is_body, brackets)) >= 2,
    )


def in_title(title: str, order: Order = "dmy", common: Forms = NO_FORMS) -> TitleCredit:
    """The credit inside a title: "Title - Source (Author)", "Title (BODY and BODY, November 2024)". The second
    form stays part of the title, as it is printed there."""
    closed = ")" in title[-3:]
    if not closed and not common.suffix:
        return TitleCredit(title)
    suffix = _SUFFIX.fullmatch(title) if closed else None
    if (
        suffix
        and looks_personal(suffix["author"])
        and (common.suffix or looks_organisational(suffix["source"]))
    ):
        return TitleCredit(
            suffix["title"].strip(), without_abbreviation(suffix["source"]), suffix["author"].strip()
        )
    if common.suffix:
        plain = _PLAIN.fullmatch(title)
        if plain and looks_organisational(plain["source"]):
            return TitleCredit(plain["title"].strip(), without_abbreviation(plain["source"]))
    bracket = _BRACKET.search(title) if closed else None
    if bracket:
        found = dates.first(bracket[1], order)
        if found is not None:
            who = (bracket[1][: found.start] + bracket[1][found.end :]).strip(" ,;–-")
            if who and (looks_organisational(who) or re.search(r"\b[A-Z]{2,}\b", who)):
                return TitleCredit(title, who, None, found)
            if not who and found.day is not None:
                return TitleCredit(title, None, None, found)
    name = _closing_name(title)
    if name is not None and (common.bracket or _is_body(name)):
        return TitleCredit(title, without_abbreviation(name))
    return TitleCredit(title)


def in_closing_bracket(text: str, order: Order = "dmy") -> TitleCredit | None:
    """The credit in brackets that closes a paragraph: "… from today. (Schools Week, 3 October 2022)"."""
    bracket = _CLOSING.search(text[-160:]) if text.rstrip().endswith(")") else None
    if bracket is None or is_trailer(text):
        return None
    published = dates.first(bracket["date"], order) if bracket["date"] else None
    if published is None and not looks_organisational(bracket["who"]):
        return None
    return TitleCredit("", without_abbreviation(bracket["who"]), None, published)


def _closing_name(title: str) -> str | None:
    """The name in brackets that closes a title, unless it abbreviates the words before it."""
    bracket = _NAME_IN_BRACKET.search(title) if title.rstrip().endswith(")") else None
    if bracket is None or len(bracket[1].split()) > 8 or _abbreviates(bracket[1], title[: bracket.start()]):
        return None
    return bracket[1]


def _is_body(name: str) -> bool:
    """Whether a name in brackets is a body's: an abbreviation, or capitalised words of which one says so."""
    if re.fullmatch(r"[A-Z][A-Za-z&]{0,6}[A-Z]", name):
        return True
    named = [word for word in re.findall(r"[A-Za-z’']+", name.lower()) if word in ORGANISATION_WORDS]
    return bool(named) and not name.startswith(("A ", "An ")) and looks_organisational(name)


def _abbreviates(short: str, words: str) -> bool:
    """Whether an abbreviation is made of the initials of the words before it, and so names the thing itself."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", words)).lower()
    return short.isalpha() and (initials.endswith(short.lower()) or short.lower() in initials)


def plain_suffix(title: str) -> str | None:
    """The source in a title of the shape "Title – Source", which means something where several have it."""
    match = _PLAIN_SUFFIX.fullmatch(title) if _DASH.search(title) else None
    return match[1] if match and len(match[1].split()) <= 7 and looks_organisational(match[1]) else None


def has_suffix(title: str) -> bool:
    """Whether a title has the shape "Title - Source (Author)", which means something where several have it."""
    suffix = _HAS_SUFFIX.fullmatch(title) if ")" in title[-3:] else None
    return suffix is not None and looks_personal(suffix[1])


def _named(who: str, kind: str, *, colon: bool) -> Credit | None:
    pieces = _FOR_OUTLET.split(who, maxsplit=1)
    person = pieces[0].strip()
    if len(pieces) == 2 and looks_personal(person) and kind != "outlet":
        if names_office(pieces[1]):
            return Credit(author=person)
        return Credit(author=person, outlet=without_abbreviation(pieces[1].strip(" )")))
    reverse = re.fullmatch(r"(?P<outlet>.+?)\s*(?:\(|,)\s*(?P<person>[^(),]+)\)?", who)
    if reverse and looks_personal(reverse["person"]) and not looks_personal(reverse["outlet"]):
        return Credit(author=reverse["person"].strip(), outlet=without_abbreviation(reverse["outlet"]))
    if looks_personal(who) and kind == "by":
        return Credit(author=who)
    name = without_abbreviation(who)
    if kind == "by":
        return Credit(outlet=name) if looks_organisational(who) and not who.islower() else None
    if kind == "outlet":
        return Credit(outlet=name)
    if kind == "source" or not colon:
        return (
            Credit(source=name)
            if colon or looks_organisational(name) or re.search(r"\b[A-Z]{2,}", who)
            else None
        )
    return Credit(outlet=name)
