"""A day of eighty sources: what their servers published is there, once and right, and what failed is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from tests.day.__main__ import START
from tests.day.world import EDITED, LASTING, LONDON, PASSING, WITHDRAWN, Site, Trouble, world
from tests.servers import pattern

BROKEN = ("held", "stopped", "failing")


def lived(folder: Path, every: int) -> tuple[list[Site], dict[str, Any]]:
    """The day with each `every`-th site, and what came of it."""
    data = pattern.put_into(folder / "data")
    done = subprocess.run(
        [sys.executable, "-m", "tests.day", "tell", str(data), str(every)],
        capture_output=True,
        text=True,
        timeout=900,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return world(START, every), json.loads(done.stdout)


def check_items(sites: Sequence[Site], items: Sequence[Mapping[str, str]]) -> None:
    """Every piece is there exactly once, with its title, time and publisher, and nothing else is."""
    wanted = {(site.name, piece.title): piece for site in sites for piece in site.pieces}
    found = Counter((item["publisher__name"], item["title"]) for item in items)
    assert sorted(found) == sorted(wanted)
    assert set(found.values()) == {1}
    for item in items:
        piece = wanted[item["publisher__name"], item["title"]]
        assert item["status"] == "published"
        if item["published_precision"] == "minute":
            assert datetime.fromisoformat(item["published"]) == piece.at
        else:
            assert item["published"] == piece.at.astimezone(LONDON).date().isoformat()
        assert piece.paragraphs[1] in item["text"], item
        assert (EDITED in item["text"]) == (piece.edited is not None)
        assert (WITHDRAWN in item["text"]) == (piece.withdrawn is not None)


def check_troubles(sites: Sequence[Site], sources: Mapping[str, Any]) -> None:
    """What failed is named with its reason; what failed for a while is well again."""
    for site in sites:
        source = sources[site.name]
        if site.trouble in LASTING:
            assert source["word"] == ("stopped" if site.trouble is Trouble.GONE else "failing")
            assert source["error"]
        else:
            assert source["word"] == "watched", (site.name, source)
            assert not source["error"]
        fails = site.trouble not in (None, Trouble.MOVED, Trouble.AWAY)
        assert bool(source["problems"]) == fails, (site.name, source)


def check_pages(came: Mapping[str, Any]) -> None:
    """Readers find it, the newest first; of a day without an hour nobody knows how new it is."""
    hours = [item for item in came["items"] if item["published_precision"] == "minute"]
    newest = max(hours, key=lambda item: datetime.fromisoformat(item["published"]))
    assert escape(newest["title"]) in came["news"]
    assert came["library"] == 200


def check_politeness(came: Mapping[str, Any]) -> None:
    """A page of its own is asked for once, and again only when its list marks it as changed."""
    whole = {
        page: times
        for page, times in came["asked"].items()
        if "/news/" in page and not page.endswith(("/", ".xml")) and "?" not in page
    }
    assert max(whole.values()) == 1


def test_a_day_of_some_sources_fills_the_newsfeed(tmp_path: Path) -> None:
    sites, came = lived(tmp_path, 5)
    assert len(sites) == came["sources"] == 16
    check_items(sites, came["items"])
    check_troubles(sites, came["by_name"])
    check_pages(came)
    check_politeness(came)


@pytest.mark.skipif(os.environ.get("ALMONER_SOAK") != "1", reason="`make soak` lives the whole day")
@pytest.mark.slow
def test_a_day_of_eighty_sources_fills_the_newsfeed(tmp_path: Path) -> None:
    sites, came = lived(tmp_path, 1)
    assert len(sites) == came["sources"] == 80
    assert {site.trouble for site in sites} == {None, *PASSING, *LASTING}
    check_items(sites, came["items"])
    check_troubles(sites, came["by_name"])
    check_pages(came)
    assert came["versions"] >= 5
    check_politeness(came)
