"""What PDF and Word files say of themselves: only what may be believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from almoner.pipeline.lines.names import looks_organisational, looks_personal

_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_NO_TITLE: Final = re.compile(
    r"microsoft\s+(?:word|powerpoint|excel)|untitled|powerpoint presentation|document\d*\Z|\S+\.(?:docx?|pdf|indd|pptx?|xlsx?|qxp|rtf|odt)\b"
    r"|slide \d|(?:https?|file):|(?=\S*[\d_-])\S+\Z",
    re.IGNORECASE,
)  # fmt: skip
"""What programmes put where a title belongs: their own name, a file's name."""


def title(stated: str) -> str:
    """The title that a file states; "" where it is a programme's or a file's name."""
    stated = stated.strip()
    return "" if _NO_TITLE.match(stated) or len(_LETTERS.findall(stated)) < 2 else stated


def said(properties: Mapping[str, str]) -> dict[str, str]:
    """The properties (title, author, subject, keywords, created, modified) under the names that pages use.

    An author stays only where it is a name, since many a file has that of an account.
    """
    kept = {name: properties[name] for name in ("title", "keywords", "modified") if properties.get(name)}
    author = properties.get("author", "")
    if (" " in author or author.isupper()) and (looks_personal(author) or looks_organisational(author)):
        kept["author"] = author
    for name, known_as in (("created", "dcterms.created"), ("subject", "description")):
        if properties.get(name):
            kept[known_as] = properties[name]
    return kept
