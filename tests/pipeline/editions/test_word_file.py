"""The Word file with tracked changes: accepted it is the new edition, rejected the old one."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoner.pipeline.editions.compare import compare
from almoner.pipeline.editions.word_file import word_file
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.parse import parse
from tests.pipeline.editions.builders import edition
from tests.pipeline.editions.generator import editions

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINES = st.lists(
    st.text(st.sampled_from("ab .,’&<"), min_size=1, max_size=20).map(lambda text: f"x{text}"),
    min_size=1,
    max_size=8,
)


def written(old: tuple[str, ...] | list[str], new: tuple[str, ...] | list[str]) -> bytes:
    return word_file(compare(edition(old), edition(new)), author="Alice", date="2026-01-05T09:00:00+00:00")


def settled(content: bytes, *, accept: bool) -> list[str]:
    """The paragraphs after all changes are accepted, or all rejected, as Word does it: a paragraph whose mark goes
    runs on into the next."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    goes = f"{W}del" if accept else f"{W}ins"
    paragraphs, held = [], ""
    for paragraph in body.iter(f"{W}p"):
        text = "".join(
            node.text or ""
            for child in paragraph
            if child.tag != goes and child.tag != f"{W}pPr"
            for node in child.iter()
            if node.tag in {f"{W}t", f"{W}delText"}
        )
        held += text
        if paragraph.find(f"{W}pPr/{W}rPr/{goes}") is None:
            paragraphs.append(held)
            held = ""
    return [one for one in (*paragraphs, held) if one]


@given(LINES, LINES)
@settings(deadline=None)
def test_all_accepted_is_the_new_edition_and_all_rejected_the_old(old: list[str], new: list[str]) -> None:
    content = written(old, new)
    assert settled(content, accept=True) == [one.text for one in edition(new).paragraphs]
    assert settled(content, accept=False) == [one.text for one in edition(old).paragraphs]


@pytest.mark.parametrize("seed", range(5))
def test_invented_editions_come_back_whole(seed: int) -> None:
    made = editions(seed, share=0.3)
    content = written(made.old, made.new)
    assert settled(content, accept=True) == list(made.new)
    assert settled(content, accept=False) == list(made.old)


def test_our_own_reader_of_word_files_takes_it_as_the_new_edition() -> None:
    made = editions(3)
    document = parse(Snapshot("redline.docx", written(made.old, made.new), MediaType.WORD))
    assert [block.text for block in document.blocks if block.text] == list(made.new)
    assert [one.code for one in document.findings] == ["changes_tracked"]


def test_every_change_has_a_number_of_its_own_and_says_who() -> None:
    with zipfile.ZipFile(
        io.BytesIO(written(["1. Act.", "2. Tell."], ["1. Act now.", "2. Tell."]))
    ) as archive:
        document = archive.read("word/document.xml").decode()
    numbers = re.findall(r'w:id="(\d+)"', document)
    assert len(set(numbers)) == len(numbers) > 0
    assert 'w:author="Alice" w:date="2026-01-05T09:00:00+00:00"' in document


def test_the_same_comparison_is_the_same_file() -> None:
    assert written(["1. Act."], ["1. Act now."]) == written(["1. Act."], ["1. Act now."])
