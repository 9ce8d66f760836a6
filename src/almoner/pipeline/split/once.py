"""What a page holds twice, for a wide and a narrow screen or folded and unfolded, is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from almoner.pipeline.model import Block, BlockKind

LEAST: Final = 60
"""So many characters are not said twice by chance; shorter lines (prices, labels, refrains) may be."""
_BREAKS_OFF: Final = " …."


def once(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without long ones that stand there again, or of which another gives more; nor what headed those.

    Time grows with the number of blocks.
    """
    fullest: dict[str, int] = {}
    for number, block in enumerate(blocks):
        if len(block.text) >= LEAST:
            known = fullest.setdefault(block.text[:LEAST], number)
            if len(block.text) > len(blocks[known].text):
                fullest[block.text[:LEAST]] = number
    gone = {
        number
        for number, block in enumerate(blocks)
        if (known := fullest.get(block.text[:LEAST], number)) != number
        and blocks[known].text.startswith(block.text.rstrip(_BREAKS_OFF))
    }
    if not gone:
        return tuple(blocks)
    headed = Counter(block.text for block in blocks if block.kind is BlockKind.HEADING)
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if number in gone:
            continue
        if number + 1 in gone and headed[block.text] > 1:
            headed[block.text] -= 1
            continue
        kept.append(block)
    return tuple(kept)
