"""The child process that reads PDF and Word files: it can touch nothing, and its end is nobody else's."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap

import pytest

from almoner.pipeline.errors import ReaderDied, StageBroken, TooCostly
from almoner.pipeline.model import (
    Block,
    BlockKind,
    Decision,
    Document,
    Footnote,
    FootnoteMark,
    Link,
    MediaType,
    Place,
)
from almoner.pipeline.parse import apart
from almoner.pipeline.parse.apart import wire


def confined(code: str) -> str:
    """What a confined process prints that runs `code`."""
    script = "import os, socket, sys\nfrom almoner.pipeline.parse.apart.confine import confine\nconfine()\n"
    ran = subprocess.run(
        [sys.executable, "-c", script + textwrap.dedent(code)], capture_output=True, text=True, timeout=30
    )
    return ran.stdout.strip() or ran.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/hostname')",
        "open('/tmp/almoner-test', 'w')",
        "socket.socket()",
        "os.close(0); open('/etc/hostname')",
    ],
)
def test_confined_process_opens_nothing(attempt: str) -> None:
    said = confined(
        f"try:\n    {attempt}\n    print('opened')\nexcept OSError as error:\n    print(error.strerror)"
    )
    assert said == "Too many open files"


def test_confined_process_has_bounded_memory() -> None:
    assert confined("try:\n    bytes(4 << 30)\nexcept MemoryError:\n    print('refused')") == "refused"


def answering(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run `code` in place of a reader."""
    monkeypatch.setattr(apart, "_CHILD", "import os, signal, sys, time; sys.stdin.buffer.read(); " + code)


def test_child_that_crashes_is_an_error_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(ReaderDied, match=r"bad\.pdf: parse: .*SIGSEGV"):
        apart.read_apart("bad.pdf", b"x", "pdf")


def test_child_that_spends_its_time_is_an_error_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, f"os.kill(os.getpid(), {int(signal.SIGXCPU)})")
    with pytest.raises(TooCostly, match=r"slow\.pdf: parse: "):
        apart.read_apart("slow.pdf", b"x", "pdf")


def test_child_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.3)
    answering(monkeypatch, "time.sleep(60)")
    with pytest.raises(TooCostly):
        apart.read_apart("slow.pdf", b"x", "pdf")


def test_child_that_answers_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MAX_ANSWER", 10_000)
    answering(monkeypatch, "[sys.stdout.write('x' * 1000) for _ in range(10 ** 9)]")
    with pytest.raises(TooCostly):
        apart.read_apart("big.pdf", b"x", "pdf")


def test_child_that_takes_nothing_in_is_an_error_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CHILD", "import sys; sys.exit(3)")
    with pytest.raises(ReaderDied, match="code 3"):
        apart.read_apart("bad.pdf", b"x" * 1_000_000, "pdf")


def test_error_that_no_pipeline_has_is_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, 'print(\'{"error": "SystemExit", "problem": "odd"}\')')
    with pytest.raises(StageBroken, match="odd"):
        apart.read_apart("odd.pdf", b"x", "pdf")


def test_document_comes_over_the_wire_whole() -> None:
    place = Place(page=2, last_page=3)
    block = Block(
        BlockKind.LIST_ITEM, "(a) see it", place, "(a) see it", 2, 1, (Link("https://a.example/", "see it"),),
        (FootnoteMark("1", "it", place),),
    )  # fmt: skip
    row = Block(BlockKind.TABLE_ROW, "one", place, "one", cells=("one", ""))
    document = Document(
        "x.pdf", MediaType.PDF, (block, row), title="T", language="cy", address="https://x.example/x.pdf",
        metadata={"author": "A"}, decisions=(Decision("parse", "what", "why"),),
        notes=(Footnote("1", "See there.", place, (Link("https://b.example/", "there"),)),), pages=3,
    )  # fmt: skip
    assert wire.unpacked("x.pdf", "https://x.example/x.pdf", wire.packed(document)) == document


def test_address_that_must_not_be_followed_stays_on_the_wire() -> None:
    block = Block(
        BlockKind.PARAGRAPH, "Press", Place(page=1), "Press", links=(Link("javascript:alert(1)", "Press"),)
    )
    packed = wire.packed(Document("x.pdf", MediaType.PDF, (block,)))
    assert wire.unpacked("x.pdf", "", packed).blocks[0].links == ()
