"""The weekly briefing among the seeds, rebuilt as an issue of ours: every block of it has a place."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from almoner.pipeline.fetch.files import snapshots
from almoner.pipeline.model import Snapshot
from almoner.products.briefing.content import content_of
from almoner.products.briefing.letters import LARGEST, message_of
from almoner.products.briefing.models import Briefing, Issue
from almoner.products.briefing.print_file import print_file
from almoner.products.briefing.services.entries import move, take_over
from almoner.products.briefing.services.issues import compose, describe, start_issue
from almoner.records.catalogue.queries import waiting
from almoner.records.catalogue.relating import relate_waiting
from almoner.records.catalogue.services import publish
from almoner.records.ingest.services import import_snapshot, source_named

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
NOW = datetime(2024, 11, 18, 10, 0, tzinfo=UTC)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s()<>]+")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not list(SEEDS.glob("004*")), reason="the seeds are not here"),
]


def plain(text: str) -> str:
    """Letters and digits alone, without tags, addresses, and the label that our section of questions stands for."""
    bare = _ADDRESS.sub(" ", re.sub(r"<[^>]+>", "", text.removeprefix("Question: ")))
    return re.sub(r"[^a-z0-9]+", " ", bare.lower()).strip()


def test_every_block_of_the_weekly_seed_has_a_place() -> None:
    (path,) = SEEDS.glob("004*")
    text = path.read_text(encoding="utf-8")
    (found,) = (one for one in snapshots([str(path)]) if isinstance(one, Snapshot))
    seed = Snapshot(found.source, found.content, found.media_type, found.address, "2024-11-18T09:00:00+00:00")
    import_snapshot(seed, source_named("Weekly", licence="own"), now=NOW)
    publish(list(waiting()), now=NOW)
    while relate_waiting():
        pass
    _, sign_off = text.split("Until next time", 1)
    briefing = Briefing.objects.create(key="weekly", name="Safeguarding Briefing")
    issue = start_issue(briefing, date(2024, 11, 18), now=NOW)
    compose(issue, now=NOW)
    describe(
        issue, title="Safeguarding Briefing - 18th November 2024", on=issue.on, words="",
        sign_off=f"Until next time{sign_off}", telling="", now=NOW,
    )  # fmt: skip
    for entry in issue.entries.select_related("item", "issue", "section"):
        take_over(entry, now=NOW)
    lead = issue.entries.get(item__title__startswith="County Lines")
    move(lead, issue.sections.get(kind="lead"), 0, now=NOW)
    content = content_of(Issue.objects.get(pk=issue.pk))
    placed = {part.kind: [told.title for told in part.entries] for part in content.parts}
    assert placed["lead"][0].startswith("County Lines: Strategic Threat Report")
    assert placed["notices"] == ["Have you ordered your copy of the Safeguarding Handbook yet?"]
    assert placed["question"] == ["What is meant by Disguised Compliance?"]
    assert set(placed["courses"]) == {
        "Implementing the role of the Senior Mental Health Lead",
        "Available Courses",
    }
    assert "Prohibited teacher failed to disclose relationship with an offender" in (
        placed["lead"] + placed.get("news", [])
    )
    headings = [
        block.words
        for told in content.parts[0].entries[:1]
        for block in told.blocks
        if block.form == "heading"
    ]
    assert len(headings) >= 10
    assert [(one.title, one.starts) for one in content.dates] == [
        ("Advanced Safeguarding for DSLs", "2025-01-15")
    ]

    message = message_of(content)
    assert len(message.html.encode()) <= LARGEST
    said = plain(message.text)
    missing = [line for line in text.splitlines() if plain(line) and plain(line) not in said]
    assert missing == []
    addresses = [one.rstrip(".,") for one in _ADDRESS.findall(text)]
    assert [one for one in addresses if one not in message.html] == []
    assert print_file(content).is_accessible
