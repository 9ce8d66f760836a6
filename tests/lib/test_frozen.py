"""Frozen dataclasses that are filled fast are what `dataclass` makes in every other respect."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from almoner.lib.frozen import swift


@dataclass(frozen=True, slots=True)
class _Plain:
    name: str
    words: list[str] = field(default_factory=list)
    count: int = 1


@swift
@dataclass(frozen=True, slots=True)
class _Swift:
    name: str
    words: list[str] = field(default_factory=list)
    count: int = 1


def test_swift_takes_and_keeps_what_the_plain_class_does() -> None:
    some: tuple[dict[str, Any], ...] = (
        {"name": "a"},
        {"name": "b", "words": ["x"]},
        {"name": "c", "count": 3},
    )
    for given in some:
        plain, made = _Plain(**given), _Swift(**given)
        assert type(made) is _Swift
        assert (made.name, made.words, made.count) == (plain.name, plain.words, plain.count)
    taken, usual = inspect.signature(_Swift).parameters, inspect.signature(_Plain).parameters
    assert [(one.name, one.kind, one.annotation) for one in taken.values()] == [
        (one.name, one.kind, one.annotation) for one in usual.values()
    ]
    with pytest.raises(TypeError):
        _Swift()  # type: ignore[call-arg]


def test_swift_objects_cannot_be_changed() -> None:
    made = _Swift("a")
    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.count


def test_swift_objects_share_no_default() -> None:
    assert _Swift("a").words is not _Swift("a").words


def test_swift_objects_are_compared_copied_and_sent_as_others() -> None:
    made = _Swift("a", ["x"], 2)
    assert made == _Swift("a", ["x"], 2)
    assert replace(made, count=3) == _Swift("a", ["x"], 3)
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_swift_refuses_what_it_would_make_otherwise() -> None:
    @dataclass(frozen=True, slots=True)
    class Thinks:
        name: str

        def __post_init__(self) -> None:
            """Something that must not be left out."""

    @dataclass(slots=True)
    class Open:
        name: str

    for kind in (Thinks, Open):
        with pytest.raises(TypeError):
            swift(kind)
