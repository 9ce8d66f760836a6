"""PDFs that hold to PDF/UA-1 (ISO 14289-1), set by Typst: tagged, with a title and a language."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF, and whether it holds to PDF/UA-1: it does not where it has letters that no font at hand can show."""

    content: bytes
    is_accessible: bool


def printable(text: str) -> str:
    """The text without the characters that no font shows."""
    return _FORBIDDEN.sub("", text)


def typeset(template: bytes, data: dict[str, Any], *, made: datetime) -> Print:
    """Set `data`, made of dicts, lists, numbers and texts, which the template finds as JSON in `sys.inputs.data`; of the
    texts only what is `printable`. `made` is the date that the file bears: the same data, template and date are the same
    file."""
    import typst  # large, and needed by this alone

    inputs = {"data": json.dumps(_printable(data))}

    def compiled(standard: Any) -> bytes:
        written = typst.compile(
            template,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=standard,
            ignore_system_fonts=True,
            timestamp=made.replace(microsecond=0),
        )
        assert isinstance(written, bytes)
        return written

    try:
        return Print(compiled("ua-1"), is_accessible=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return Print(compiled([]), is_accessible=False)


def _printable(data: Any) -> Any:
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {name: _printable(value) for name, value in data.items()}
    return [_printable(each) for each in data] if isinstance(data, list | tuple) else data
