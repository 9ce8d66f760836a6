"""Items as references to be taken along: CSV for a spreadsheet, BibTeX and RIS for a reference manager.

The same holds as for lists: a private name is in none of them, nor an address at the publisher that may hold one.
BibTeX as btparse and biber read it; RIS as Clarivate's "RIS Format Specifications" (2011) has it, which all managers
read, with CRLF at the ends of lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from almoner.pipeline.model import Kind
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.times import cut_to_minute
from almoner.records.search.shown import public_summary, public_title
from almoner.web.cards import public_credit
from almoner.web.spreadsheet import spreadsheet

COLUMNS: Final = (
    "title", "kind", "publisher", "credited", "published", "updated", "categories", "licence", "address",
    "here", "captured", "summary",
)  # fmt: skip
_RIS_TYPES: Final = {
    Kind.GUIDANCE: "RPRT",
    Kind.STATISTICS: "DATA",
    Kind.NEWS: "NEWS",
    Kind.CONSULTATION: "RPRT",
}
_BIBTEX_TYPES: Final = {Kind.GUIDANCE: "techreport", Kind.STATISTICS: "techreport"}
_BIBTEX_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """An item as it may be taken along. `author` is who is named as its author: a body, as a rule."""

    key: str
    kind: str
    title: str
    author: str
    publisher: str
    published: str
    updated: str
    categories: tuple[str, ...]
    licence: str
    address: str
    here: str
    captured: str
    summary: str


def reference(item: Item) -> Reference:
    """The reference of an item whose publisher and categories were fetched with it."""
    who, via = public_credit(item)
    return Reference(
        key=item.key,
        kind=item.kind,
        title=public_title(item),
        author=who,
        publisher=via or who,
        published=item.published,
        updated=item.updated,
        categories=tuple(category.name for category in item.categories.all()),
        licence=item.get_licence_display().partition(":")[0],
        address="" if item.private_names else item.link,
        here=f"{settings.SITE_ADDRESS}{item.get_absolute_url()}",
        captured=cut_to_minute(item.captured_at)[:10],
        summary=public_summary(item),
    )


def as_csv(references: Iterable[Reference]) -> str:
    """One row each, with a row of names."""
    return spreadsheet(
        COLUMNS,
        (
            (
                one.title, one.kind, one.publisher, one.author, one.published, one.updated,
                "; ".join(one.categories), one.licence, one.address, one.here, one.captured, one.summary,
            )
            for one in references
        ),
    )  # fmt: skip


def as_bibtex(references: Iterable[Reference]) -> str:
    """One entry each. Authors and titles stand in double braces: bodies are not people, and names keep their case."""
    return "\n".join(map(_bibtex, references))


def as_ris(references: Iterable[Reference]) -> str:
    """One record each."""
    return "".join(map(_ris, references))


def _bibtex(one: Reference) -> str:
    year, _, rest = (one.published or one.updated).partition("-")
    fields = {
        "author": f"{{{_tex(one.author)}}}" if one.author else "",
        "title": f"{{{_tex(one.title)}}}",
        "institution": f"{{{_tex(one.publisher)}}}" if one.publisher else "",
        "year": year,
        "month": str(int(rest[:2])) if rest[:2].isdigit() else "",
        "date": (one.published or one.updated)[:10],
        "url": _address(one.address or one.here),
        "urldate": one.captured,
        "keywords": _tex(", ".join(one.categories)),
        "abstract": _tex(one.summary),
        "note": f"Also at \\url{{{_address(one.here)}}}" if one.address else "",
    }
    said = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{_BIBTEX_TYPES.get(Kind(one.kind), 'misc')}{{almoner-{one.key},\n{said}\n}}\n"


def _ris(one: Reference) -> str:
    date = (one.published or one.updated)[:10]
    year, month, day = (*date.split("-"), "", "")[:3] if date else ("", "", "")
    lines = [
        ("TY", _RIS_TYPES.get(Kind(one.kind), "ELEC")),
        ("TI", one.title),
        # A comma would be taken for one between a family name and a first name; RIS has it at the end for bodies.
        ("AU", f"{one.author}," if one.author else ""),
        ("PB", one.publisher),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if date else ""),
        *(("KW", category) for category in one.categories),
        ("AB", one.summary),
        ("UR", one.address or one.here),
        ("L2", one.here if one.address else ""),
        ("Y2", one.captured.replace("-", "/") + "/"),
        ("ID", f"almoner-{one.key}"),
    ]
    said = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\r\n".join([*said, "ER  - ", "", ""])


def _tex(words: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(letter, letter) for letter in " ".join(words.split()))


def _address(address: str) -> str:
    """An address that closes no brace too early; these three have a spelling that means the same (RFC 3986)."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
