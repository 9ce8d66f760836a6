"""Which of several copies is the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Witness:
    """One of several copies, as far as it takes to tell which came first.

    `publisher` is who put it out, `credits` whom it names as its source or outlet, both as printed; `moment` is when
    it was published (ISO 8601, "" if nothing says); `words` how many it has.
    """

    publisher: str = ""
    credits: tuple[str, ...] = ()
    is_official: bool = False
    moment: str = ""
    words: int = 0


def original(copies: Sequence[Witness]) -> int:
    """The place in `copies` of the original. Asked in this order: whom the others credit; who is an official source;
    what was published earlier; what is longer; what was given first. `ValueError` if there is none to choose from."""
    if not copies:
        raise ValueError("there is no copy to choose from")
    return min(range(len(copies)), key=lambda place: _rank(copies, place))


def _rank(copies: Sequence[Witness], place: int) -> tuple[int, bool, str, int, int]:
    one = copies[place]
    credited = sum(
        _names(other, one.publisher) for at, other in enumerate(copies) if at != place and one.publisher
    )
    return (-credited, not one.is_official, one.moment or "9999", -one.words, place)


def _names(one: Witness, publisher: str) -> bool:
    """Whether one copy credits somebody else, who is this publisher."""
    own = one.publisher.casefold()
    wanted = publisher.casefold()
    return own != wanted and any(credit.casefold() == wanted for credit in one.credits)
