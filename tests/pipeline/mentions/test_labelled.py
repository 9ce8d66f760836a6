"""How much of what the labelled passages name is found, and how much of what is found is named."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from almoner.pipeline.extract.mentions import mentions_in
from almoner.pipeline.model import Place

MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
PASSAGES = (Path(__file__).parent / "passages.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]
FLOOR = 0.95


def truth(passage: str) -> Counter[str]:
    """What a passage names, and how often."""
    return Counter(match[2] for match in MARK.finditer(passage))


def found(passage: str) -> Counter[str]:
    """What is found in it."""
    mentions = mentions_in([(MARK.sub(r"\1", passage), Place(1, 1))])
    names = ((f"{m.kind}:{m.id}" + (f"@{m.edition}" if m.edition else ""), m.count) for m in mentions)
    return Counter(dict(names))


def test_labelled_passages_are_read_as_marked() -> None:
    wanted = [truth(passage) for passage in PASSAGES]
    got = [found(passage) for passage in PASSAGES]
    right = sum((one & other).total() for one, other in zip(wanted, got, strict=True))
    precision = right / sum(each.total() for each in got)
    recall = right / sum(each.total() for each in wanted)
    wrong = [f"{dict(g - w)} {dict(w - g)}" for w, g in zip(wanted, got, strict=True) if g != w]
    assert len(PASSAGES) >= 40
    assert precision >= FLOOR, wrong
    assert recall >= FLOOR, wrong
