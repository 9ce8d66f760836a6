"""Clean text from a page's characters."""

from __future__ import annotations

import unicodedata
from typing import Final

_INVISIBLE: Final = {
    code: None
    for code in range(0x300)
    if unicodedata.category(chr(code)) in {"Cc", "Cf"} and not chr(code).isspace()
} | dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB]
)


def clean(raw: str) -> str:
    """`raw` with white space folded to single spaces and characters that show nothing taken out."""
    folded = " ".join(raw.split())
    if folded.isprintable():
        return folded
    return " ".join(folded.translate(_INVISIBLE).split())
