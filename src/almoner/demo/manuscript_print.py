"""A manuscript as a PDF that holds to PDF/UA-1 (ISO 14289-1), set by Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import resources
from itertools import groupby
from typing import Any

import typst

from almoner.demo.manuscript import Manuscript


def as_print(written: Manuscript) -> bytes:
    """The whole manuscript as a tagged PDF, a page number on each page and its notes at the foot of them."""
    blocks: list[dict[str, Any]] = []
    for is_row, lines in groupby(written.lines, key=lambda line: bool(line.cells)):
        if is_row:
            blocks.append({"rows": [line.cells for line in lines]})
        else:
            blocks += [asdict(line) for line in lines]
    template = resources.files(__package__).joinpath("guidance", "print.typ").read_bytes()
    data = json.dumps({"title": written.title, "notes": written.notes, "blocks": blocks})
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made
