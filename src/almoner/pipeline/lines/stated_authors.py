"""Whom a page's head names as its authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from almoner.pipeline.lines.names import looks_personal

_KEYS: Final = (
    "jsonld:author", "author", "article:author", "byl", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor",
    "parsely-author", "sailthru.author", "itemprop:author", "jsonld:creator", "dc:creator",
    "shareaholic:article_author_name", "twitter:author", "twitter:data1",
)  # fmt: skip
_BY = re.compile(r"\A(?:by|von|par|por)\s+", re.IGNORECASE)
_PLAIN = re.compile(r"[\W_]+")
_SEVERAL = re.compile(r"\s*[;,&]\s*|\s+(?:and|und|et|y|e|en)\s+", re.IGNORECASE)
_FAMILY_FIRST = re.compile(
    r"(?P<family>[^\W\d_][\w'’-]+),\s*(?P<given>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*)?)"
)
"""How libraries print a name (Dublin Core, Highwire Press): "Harbourne, Nell"."""


def stated_author(metadata: Mapping[str, str]) -> str:
    """The author as the page's head prints it, a person before anything else; "" where it names none."""
    said = list(_said(metadata))
    return next((one for one in said if _persons(one)), "".join(said[:1]))


def stated_persons(metadata: Mapping[str, str], site: str) -> tuple[str, ...]:
    """The persons whom the page's head names as its authors; none where it names the `site`, a body or a login.

    Where one of its sayings names more persons beside those of the first, it is the fuller one that holds.
    """
    whole = _PLAIN.sub("", site.lower())
    sayings = [
        names
        for names in map(_persons, _said(metadata))
        if names and all(_PLAIN.sub("", name.lower()) not in whole for name in names)
    ]
    return next((names for names in sayings if set(names) > set(sayings[0])), sayings[0]) if sayings else ()


def _persons(saying: str) -> tuple[str, ...]:
    """The persons in what the head says, each once; () where it names anything else."""
    names = []
    for whole in saying.split(";"):
        turned = _FAMILY_FIRST.fullmatch(whole.strip())
        parts = (
            [f"{turned['given']} {turned['family']}"] if turned is not None else _SEVERAL.split(whole.strip())
        )
        names += [_BY.sub("", part) for part in parts]
    return tuple(dict.fromkeys(names)) if all(map(looks_personal, names)) else ()


def _said(metadata: Mapping[str, str]) -> Iterator[str]:
    for key in _KEYS:
        value = metadata.get(key, "")
        # The last key holds whatever its label says, often the minutes that reading takes.
        if value and "://" not in value and not (key == "twitter:data1" and any(map(str.isdigit, value))):
            yield value
