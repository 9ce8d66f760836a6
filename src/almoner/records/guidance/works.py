"""Works: adding them, and which one a known name stands for."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from almoner.pipeline.taxonomy.entries import table
from almoner.records.catalogue.names import publishers_named
from almoner.records.guidance.models import Work


def add_work(
    title: str,
    *,
    slug: str = "",
    short_title: str = "",
    abbreviations: Sequence[str] = (),
    welsh_title: str = "",
    publisher: str = "",
    address: str = "",
    nations: str = "",
    audiences: Sequence[str] = (),
    topics: Sequence[str] = (),
    known: str = "",
) -> Work:
    """A new work; the one that is there where its slug is known. `known` is the taxonomy's id, found by the title where
    it is left empty. `ValidationError` for a field that does not fit."""
    slug = slug or slug_for(title)
    if there := Work.objects.filter(slug=slug).first():
        return there
    work = Work(
        slug=slug,
        title=title,
        short_title=short_title,
        abbreviations=list(abbreviations),
        welsh_title=welsh_title,
        publisher=publishers_named([publisher]).get(publisher),
        address=address,
        nations=nations,
        audiences=list(audiences),
        topics=list(topics),
        known=known or known_as(title),
    )
    work.full_clean()
    if set(nations) - set("EWSN"):
        raise ValidationError({"nations": "Letters of E (England), W, S and N (Northern Ireland) only."})
    work.save()
    return work


def slug_for(title: str) -> str:
    """A work's name in addresses."""
    return slugify(title)[:80].strip("-")


def known_as(title: str) -> str:
    """The taxonomy's id of the work with this title; "" where it knows none, or the work is kept already."""
    wanted = title.strip().casefold()
    found = next((row["id"] for row in table("works.csv") if row["name"].casefold() == wanted), "")
    return "" if found and Work.objects.filter(known=found).exists() else found
