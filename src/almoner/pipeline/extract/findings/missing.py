"""What the text promises and the page does not give: links, addresses, the rest of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from almoner.pipeline.extract.record import Record
from almoner.pipeline.findings import finding
from almoner.pipeline.lines.furniture import is_more_link
from almoner.pipeline.model import Block, BlockKind, Finding, Item

_PROMISE = re.compile(
    r"\b(?:(?:can|may|could|will)\s+be\s+(?:found|accessed|read|downloaded|viewed|seen|obtained|watched|booked|ordered|completed|reached)\s+(?:via\s+|at\s+|by\s+clicking\s+)?(?:this\s+link|here|below|the\s+(?:following\s+)?link)\b"
    r"|(?:click|press|tap|book|download|register|read\s+(?:it|more|the\s+[\w\s]{1,40}?)|find\s+(?:it|out\s+more|the\s+[\w\s]{1,40}?)|see|available|visit|sign\s+up|more\s+information)\s+here\b(?!\s+(?:to\s+stay|in|at|are|is|and\s+now))"
    r"|(?:the\s+)?(?:following\s+link|link\s+below|links?\s+here)\b|check\s+the\s+link\b|\blink\s+here\b)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"(?<![\w’'])HERE\b(?!\s+[A-Z]{2,})")
_LEADS_ON = re.compile(
    r"\b(?:here|below|at|link|links|visit|website|webpage|go\s+to|from|via)\s*:\s*\Z|\b(?:full\s+)?(?:report|article|guidance|document|speech|story|tool)\s+(?:is\s+)?here\s*[:.]?\s*\Z",
    re.IGNORECASE,
)
_HIDDEN: Final = (
    re.compile(r"protected\s+from\s+spam\s?bots?", re.IGNORECASE),
    re.compile(
        r"\[\s*e-?mail(?:\s|\xa0)+protected\s*\]|\[email\s+hidden\]|\be-?mail\s+address\s+is\s+hidden\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bneed\s+javascript\s+enabled\s+to\s+view\b", re.IGNORECASE),
    re.compile(
        r"\b[\w.-]{2,40}\s*(?:\[at\]|\(at\)|\{at\})\s*[\w-]{2,40}\s*(?:\[dot\]|\(dot\)|\{dot\}|\.)\s*\w{2,}",
        re.IGNORECASE,
    ),
)
_LEADING: Final = ("here", "link", "below")
_HIDING: Final = ("spam", "mail", "javascript", "at]", "at)", "at}")
"""What stands in every text that promises a link or hides an address: a glance, since most do neither."""
_BREAK = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’')\]]*\s*")
_DANGLING = re.compile(
    r"\b(?:and|or|the|a|an|of|to|in|for|with|by|from|that|which|their|its|as|at|on|is|are|was|were|be|our|your),?\Z"
)


SHORTEST: Final = 40
"""A shorter line that ends with "…" or "the" is a heading or a label."""


def check(item: Item, record: Record, captured: str) -> Iterator[Finding]:
    """`link_missing`, `address_hidden`, `text_cut`."""
    blocks = record.body
    for index, block in enumerate(blocks):
        lower = block.text.lower()
        leads = lower.endswith(":") or any(word in lower for word in _LEADING)
        promise = _promised(block, blocks[index + 1] if index + 1 < len(blocks) else None) if leads else None
        if promise:
            yield finding("link_missing", f"A link is promised and not there: “{promise}”.", block.place)
        if any(word in lower for word in _HIDING) and any(pattern.search(block.text) for pattern in _HIDDEN):
            yield finding(
                "address_hidden", "An e-mail address is hidden from robots here, and so from us.", block.place
            )
    end = broken_off(blocks)
    if end is not None:
        yield finding("text_cut", f"The text breaks off: “…{end.text[-60:]}”.", end.place)


def broken_off(blocks: Sequence[Block]) -> Block | None:
    """The block with which the text breaks off ("He said…", "He said… Read more"), if it does."""
    last = next((block for block in reversed(blocks) if not is_more_link(block.text)), None)
    if last is None or last.kind is BlockKind.TABLE_ROW or len(last.text) < SHORTEST:
        return None
    breaks = any(
        match.end() == len(last.text) or is_more_link(last.text[match.end() :])
        for match in _BREAK.finditer(last.text)
    )
    return last if breaks or _DANGLING.search(last.text[-12:]) else None


def _promised(block: Block, after: Block | None) -> str | None:
    """The words that promise a link which neither the block nor the next one holds."""
    text = block.text
    if block.links or (after is not None and after.links and len(after.text) < 200):
        return None
    match = _PROMISE.search(text) or _SHOUTED.search(text)
    if match is None:
        match = _LEADS_ON.search(text)
        # "at:" may lead to a list or a quotation that does follow.
        if match is None or (after is not None and after.kind is BlockKind.LIST_ITEM):
            return None
    start = text.rfind(" ", 0, max(0, match.start() - 40)) + 1
    return text[start : match.end()].strip()
