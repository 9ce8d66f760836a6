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
_SEVERAL = re.compile(r"\s*;\s*")


def stated_author(metadata: Mapping[str, str]) -> str:
    """The author as the page's head prints it, a person before anything else; "" where it names none."""
    said = list(_said(metadata))
    return next((one for one in said if all(map(looks_personal, _SEVERAL.split(one)))), "".join(said[:1]))


def stated_persons(metadata: Mapping[str, str], site: str) -> tuple[str, ...]:
    """The persons whom the page's head names as its authors; none where it names the `site`, a body or a login."""
    whole = _PLAIN.sub("", site.lower())
    for one in _said(metadata):
        names = [_BY.sub("", name) for name in _SEVERAL.split(one)]
        if all(looks_personal(name) and _PLAIN.sub("", name.lower()) not in whole for name in names):
            return tuple(dict.fromkeys(names))
    return ()


def _said(metadata: Mapping[str, str]) -> Iterator[str]:
    for key in _KEYS:
        value = metadata.get(key, "")
        # The last key holds whatever its label says, often the minutes that reading takes.
        if value and "://" not in value and not (key == "twitter:data1" and any(map(str.isdigit, value))):
            yield value
