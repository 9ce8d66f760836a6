"""Publishers and categories by the names that documents print: found, or made when they are new.

Case and spacing do not tell two names apart; the spelling that came first stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.utils.text import slugify

from almoner.records.catalogue.models import Category, Publisher

Named = TypeVar("Named", Publisher, Category)


def publishers_named(names: Iterable[str]) -> dict[str, Publisher]:
    """The publisher of each name. Empty names are passed over, too long ones are cut."""
    return _find_or_make(Publisher, names)


def categories_named(names: Iterable[str]) -> dict[str, Category]:
    """The category of each name. Empty names are passed over, too long ones are cut."""
    return _find_or_make(Category, names)


def _find_or_make(model: type[Named], names: Iterable[str]) -> dict[str, Named]:
    """Three queries at most, however many names there are."""
    longest = model._meta.get_field("name").max_length or 0
    printed = {name: " ".join(name.split())[:longest].rstrip() for name in names}
    cleaned = dict.fromkeys(name for name in printed.values() if name)
    known: dict[str, Named] = {row.name: row for row in model.objects.filter(name__in=cleaned)}
    if len(known) < len(cleaned):
        rows = list(model.objects.all())
        by_fold = {row.name.casefold(): row for row in rows}
        slugs = {row.slug for row in rows}
        new: list[Named] = []
        for name in cleaned:
            if name.casefold() not in by_fold:
                row = model(name=name, slug=_free_slug(name, model._meta.model_name or "", slugs))
                slugs.add(row.slug)
                by_fold[name.casefold()] = row
                new.append(row)
        model.objects.bulk_create(new)
        known = {name: by_fold[name.casefold()] for name in cleaned}
    return {name: known[clean] for name, clean in printed.items() if clean}


def _free_slug(name: str, otherwise: str, taken: set[str]) -> str:
    base = slugify(name)[:70].strip("-") or otherwise
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
