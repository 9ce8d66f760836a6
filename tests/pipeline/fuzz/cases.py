"""The inputs: the project's own documents of a kind and, where they are there, the public sets', each bent."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import almoner
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import MEDIA_TYPES, file
from almoner.pipeline.model import MediaType, Snapshot
from benchmarks import data
from tests.pipeline.fuzz.mutations import mutated
from tests.pipeline.hostile.carriers import BASE, CARRIERS
from tests.pipeline.hostile.vectors import VECTORS

OWN: Final = (Path(__file__).parents[1] / "golden", Path(almoner.__file__).parent / "demo" / "pages")
SETS: Final = ("feeds", "govuk", "email", "hostile", "listing", "pages", "articles")
LONGEST: Final = 40_000
MOST: Final = 120
"""Documents taken from one public set: the smallest, which are the densest."""


@cache
def sound(kind: MediaType, *, own_only: bool) -> tuple[Snapshot, ...]:
    """The documents of a kind that cases are made from, in a fixed order."""
    made = [
        snapshot
        for carrier in CARRIERS
        for snapshot in carrier(VECTORS[:60:7])
        if snapshot.media_type is kind
    ]
    folders: list[tuple[Path, int | None]] = [(folder, None) for folder in OWN]
    if not own_only:
        folders += [(there, MOST) for name in SETS if (there := data.folder(name)) is not None]
    for folder, most in folders:
        paths = sorted(path for path in folder.rglob("*") if MEDIA_TYPES.get(path.suffix) is kind)
        if most is not None:
            paths = sorted(paths, key=lambda path: (path.stat().st_size, path))[:most]
        for path in paths:
            snapshot = file(str(path))
            if not isinstance(snapshot, PipelineError) and len(snapshot.content) <= LONGEST:
                made.append(snapshot)
    return tuple(made)


def case(kind: MediaType, seed: int, number: int, *, own_only: bool = True) -> Snapshot:
    """The `number`-th input of a seed."""
    documents = sound(kind, own_only=own_only)
    chance = Random(f"{kind}/{seed}/{number}")
    one, other = chance.choice(documents), chance.choice(documents)
    named = kind if chance.random() < 0.8 else chance.choice((None, *MediaType))
    content = mutated(one.content, chance, kind, other.content)
    return Snapshot(f"{kind.name.lower()}-{seed}-{number}", content, named, BASE)
