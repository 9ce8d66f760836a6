"""The pipeline as a whole: what a reading does to the process it runs in."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from almoner.pipeline import run
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import MediaType, Snapshot
from almoner.pipeline.run import Work, read

_PAGE = (
    b"<html><body><h2>Storm closes Quarry Lane</h2><p>3 May 2024</p><p>The lane opens again on Friday.</p>"
)


def _page(content: bytes = _PAGE) -> Snapshot:
    return Snapshot("page.html", content, MediaType.HTML)


@pytest.fixture
def collector() -> Iterator[None]:
    """The collector as it was before the test, whatever a test does to it."""
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.usefixtures("collector")
def test_collector_rests_during_a_reading_and_runs_again_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def look(work: Work) -> Work:
        seen.append(gc.isenabled())
        return work

    monkeypatch.setattr(run, "STAGES", (("look", look), *run.STAGES))
    gc.enable()
    read(_page())
    assert seen == [False]
    assert gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_collector_runs_again_behind_a_reading_that_fails() -> None:
    gc.enable()
    with pytest.raises(PipelineError):
        read(Snapshot("letter.pdf", b"no such file", MediaType.PDF))
    assert gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_collector_that_was_off_stays_off() -> None:
    gc.disable()
    read(_page())
    assert not gc.isenabled()


@pytest.mark.usefixtures("collector")
def test_reading_leaves_nothing_that_only_the_collector_could_free() -> None:
    read(_page())  # what is kept for good is made now
    gc.collect()
    gc.disable()
    read(_page(_PAGE * 40))
    assert gc.collect() == 0
