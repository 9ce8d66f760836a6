"""How many words a stretch of text shares with what stands before it.

Text that goes on about a thing goes on using its words (Hearst, "TextTiling", Computational Linguistics 23(1),
1997). Words are cut to six letters, so that "inspect", "inspector" and "inspection" count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from almoner.pipeline.lines import addresses, vocabulary
from almoner.pipeline.model import Block

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
# Words that say nothing about what a text is about: grammar, and what every text in this field says.
_COMMON: Final = vocabulary.words("""
    about after again also although always among another because been before being between both cannot
    could does during each either every find from further have having here into just keep like make many
    more most much must need needs only other over particularly please same several should since some
    such than that their them then there these they this those through under until used using very want
    well were what when where which while will with within without work would year years your people
    information available including school schools child children young safeguarding abuse abused report reported reports review
    social care service services council government police staff support guidance
    """)


def telling(blocks: Iterable[Block]) -> frozenset[str]:
    """The words of the blocks that tell what they are about."""
    return frozenset(
        word[:6]
        for block in blocks
        for word in (match[0].lower() for match in _WORD.finditer(addresses.without_addresses(block.text)))
        if word not in _COMMON
    )


def shared(section: frozenset[str], before: frozenset[str]) -> float:
    """The share (0 to 1) of a section's telling words that the text before it has used."""
    return len(section & before) / len(section) if section else 0.0
