"""Publishers and categories by the names that documents print: found, or made when they are new.

Case and spacing do not tell two names apart; the spelling that came first stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from django.db.models import Q
from django.db.models.functions import Upper
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
    """A fixed number of queries, however many names there are and however many are known; one more for each new name
    whose slug is taken."""
    longest = model._meta.get_field("name").max_length or 0
    printed = {name: " ".join(name.split())[:longest].rstrip() for name in names}
    cleaned = dict.fromkeys(name for name in printed.values() if name)
    known: dict[str, Named] = {row.name: row for row in model.objects.filter(name__in=cleaned)}
    missing: list[str] = [name for name in cleaned if name not in known]
    if missing:
        by_fold = {row.name.casefold(): row for row in known.values()}
        for row in _spelt_otherwise(model, missing):
            by_fold.setdefault(row.name.casefold(), row)
        fresh: dict[str, str] = {}
        for name in missing:
            if name.casefold() not in by_fold:
                fresh.setdefault(name.casefold(), name)
        new = _made(model, list(fresh.values())) if fresh else []
        for row in new:
            by_fold[row.name.casefold()] = row
        known |= {name: by_fold[name.casefold()] for name in missing}
    return {name: known[clean] for name, clean in printed.items() if clean}


def _spelt_otherwise(model: type[Named], names: Sequence[str]) -> Iterable[Named]:
    """The rows that may have one of these names in other case. SQLite knows the case of ASCII letters only; what has
    others is found by the slug, in which they have none."""
    spellings = {spelling for name in names for spelling in (name.upper(), _in_ascii_capitals(name))}
    return model.objects.annotate(capitals=Upper("name")).filter(
        Q(capitals__in=spellings) | Q(slug__in={_slug(model, name) for name in names})
    )


def _in_ascii_capitals(name: str) -> str:
    return "".join(letter.upper() if letter.isascii() else letter for letter in name)


def _made(model: type[Named], names: Sequence[str]) -> list[Named]:
    """New rows of these names, saved."""
    slugs = {_slug(model, name) for name in names}
    taken = set(model.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    for slug in list(taken):
        taken |= set(model.objects.filter(slug__startswith=f"{slug}-").values_list("slug", flat=True))
    rows: list[Named] = []
    for name in names:
        rows.append(model(name=name, slug=_free_slug(_slug(model, name), taken)))
        taken.add(rows[-1].slug)
    return model.objects.bulk_create(rows)


def _slug(model: type[Named], name: str) -> str:
    return slugify(name)[:70].strip("-") or model._meta.model_name or ""


def _free_slug(base: str, taken: Collection[str]) -> str:
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
