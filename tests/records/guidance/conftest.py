"""A work with two editions, written by us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from almoner.pipeline.fetch.files import given
from almoner.records.guidance.editions import add_edition
from almoner.records.guidance.enums import EditionStatus
from almoner.records.guidance.models import Edition, Work
from almoner.records.guidance.works import add_work

OLDER = """# Harbour safety for clubs

## Part one: all staff

1. Every club should keep a list of the people who may open the boathouse.

2. Staff must read this part before they take a group out on the water.

3. A club may ask a parent to help at the slipway.

## Part two: those who lead

4. The lead officer must write down each concern on the day it is raised.
"""
NEWER = """# Harbour safety for clubs

## Part one: all staff

1. Every club must keep a list of the people who may open the boathouse.

2. A new member of staff is shown the slipway on the first day.

3. Staff must read this part before they take a group out on the water.

## Part two: those who lead

4. The lead officer must write down each concern on the day it is raised.
"""


@pytest.fixture
def work(db: None) -> Work:
    """A work that nobody but us knows."""
    return add_work(
        "Harbour safety for clubs", short_title="HSC", publisher="Quillmere Council", nations="EW"
    )


@pytest.fixture
def add(work: Work, now: datetime) -> Callable[..., Edition]:
    """Add an edition from its text; `in_force` is the day from which it holds."""

    def make(name: str, text: str, in_force: str = "", **fields: Any) -> Edition:
        said = [(EditionStatus.IN_FORCE, in_force)] if in_force else []
        kept = fields.pop("work", work)
        return add_edition(
            kept, given(f"{name}.md", text.encode()), name=name, now=now, statuses=said, **fields
        ).edition

    return make


@pytest.fixture
def older(add: Callable[..., Edition]) -> Edition:
    """In force from September 2023."""
    return add("2023", OLDER, "2023-09-01", published="2023-07-03")


@pytest.fixture
def newer(older: Edition, add: Callable[..., Edition]) -> Edition:
    """In force from September 2024."""
    return add("2024", NEWER, "2024-09-02", published="2024-05-20")
