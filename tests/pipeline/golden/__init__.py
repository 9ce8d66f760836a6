"""Golden pairs: an input, and beside it the items that it must give.

A folder a format; `NAME.<ext>` is the input, `NAME.<ext>.json` the list of its items as `almoner read --json` prints
them, without keys that are empty. Every input is invented, in our own words. `python -m tests.pipeline.golden`
compares, `--write` writes what is read now: the diff is what a reviewer then looks at, line by line.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from almoner.cli.item_json import item_json
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch import files
from almoner.pipeline.run import read, relate

FOLDER: Final = Path(__file__).parent
CAPTURED: Final = "2026-11-20T09:00:00+00:00"
"""The moment at which every input was captured, as far as its reading is concerned."""


def inputs() -> list[str]:
    """The names of all inputs, relative to this folder: "feed/atom.xml"."""
    names = {
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.glob("*/**/*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    return sorted(name for name in names if name.removesuffix(".json") not in names - {name})


def expected_file(name: str) -> Path:
    """Where the items that an input must give stand."""
    return FOLDER / f"{name}.json"


def expected(name: str) -> list[dict[str, Any]] | None:
    """The items that an input must give; None where nobody has written them down yet."""
    path = expected_file(name)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def found(name: str) -> list[dict[str, Any]]:
    """The items that an input gives now. Raises `PipelineError` where it cannot be read."""
    snapshot = files.file(str(FOLDER / name))
    if isinstance(snapshot, PipelineError):
        raise snapshot
    (reading,) = relate([read(replace(snapshot, source=name, captured=CAPTURED))])
    return [_without_empty(item_json(item, reading.document.media_type)) for item in reading.items]


def _without_empty(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_empty(one) for one in value]
    if isinstance(value, dict):
        bare = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in bare.items() if one not in (None, "", [], {})}
    return value


def write(name: str) -> None:
    """Write down what an input gives now."""
    text = json.dumps(found(name), ensure_ascii=False, indent=1)
    expected_file(name).write_text(text + "\n", encoding="utf-8")
