"""A rule from a file that was named on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from almoner.pipeline.sources.rules import Rule


class UnusableRule(ValueError):
    """There is no rule in the file. The words say why, a line a fault."""


def rule_file(path: str) -> Rule:
    """The rule in a file. Raises `UnusableRule`."""
    from almoner.pipeline.sources import rules  # most documents are read without one

    try:
        return rules.load(Path(path).read_text(encoding="utf-8"), path)
    except rules.InvalidRule as error:
        raise UnusableRule(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        why = "it is no UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror or str(error)
        raise UnusableRule(f"{path}, line 1: The file could not be read: {why}.") from error
