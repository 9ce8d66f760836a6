"""Records that close with nothing but the name of an outlet."""

from __future__ import annotations

import re
from dataclasses import replace

from almoner.pipeline.lines.names import looks_organisational
from almoner.pipeline.model import Block, BlockKind, Cut, Part, Role


def with_bare_credits(cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Cuts that close with the bare name of an outlet, where at least half of the page's do: a credit."""
    bare = [
        len(cut.parts) > 2 and cut.parts[-1].role is Role.BODY and _is_bare_name(cut.parts[-1].block)
        for cut in cuts
    ]
    if sum(bare) < 2 or sum(bare) < 0.5 * len(cuts):
        return cuts
    return tuple(
        replace(cut, parts=(*cut.parts[:-1], Part(Role.CREDIT, cut.parts[-1].block))) if named else cut
        for cut, named in zip(cuts, bare, strict=True)
    )


def _is_bare_name(block: Block) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= 50
        and not re.search(r"[\d:|{}]", block.text)
        and looks_organisational(block.text)
        and not block.text.endswith(".")
    )
