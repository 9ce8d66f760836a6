"""No score falls under its floor. The sets are third parties' and stand outside the repository: without them, nothing
is measured here, and the run says so."""

from __future__ import annotations

import pytest

from benchmarks import data, floors, names


@pytest.mark.slow
@pytest.mark.parametrize("name", floors.with_floors())
def test_scores_are_not_under_their_floors(name: str) -> None:
    measured = floors.check(name)
    if measured is None:
        pytest.skip(data.absent(names.module(name).NEEDS))
    assert all(one.held for one in measured), "\n" + "\n".join(floors.table(measured))


def test_floors_name_benchmarks_and_shares() -> None:
    assert set(floors.with_floors()) <= set(names.NAMES)
    one = floors.Floor("listing", "found", 0.9, 0.89)
    assert not one.held
    assert "under its floor" in list(floors.table([one]))[-1]
