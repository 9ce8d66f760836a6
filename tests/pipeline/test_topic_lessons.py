"""Topics are learnt from editors' corrections, with a reason, and given only where that was right often enough."""

from __future__ import annotations

from almoner.pipeline.extract.topic_lessons import Learnt, Lesson, learn, signs_of

SPORT = "The swimming club asked its coaches to walk {} children home after training by the harbour."
OTHER = "The parish council mended the harbour wall {} times and counted the boats that lie there."


def lesson(text: str, *topics: str) -> Lesson:
    return Lesson(signs_of("", text), frozenset(topics))


def lessons(wrong: int = 0, number: int = 30) -> list[Lesson]:
    """Half about sport, half not; of those about something else, some called sport all the same."""
    sport = [lesson(SPORT.format(at), "sport") for at in range(number)]
    other = [lesson(OTHER.format(at), *(["sport"] if at < wrong else [])) for at in range(number)]
    return [each for pair in zip(sport, other, strict=True) for each in pair]


def only(found: list[Learnt]) -> Learnt:
    (learnt,) = found
    return learnt


def test_topic_is_learnt_with_its_reason() -> None:
    learnt = only(learn(lessons()))
    signs = signs_of("Coaches of a swimming club", "They asked to walk children home.")
    assert learnt.topic == "sport"
    assert learnt.gives_from is not None
    assert learnt.score(signs) >= learnt.gives_from
    assert learnt.score(signs_of("", OTHER)) < learnt.suggests_from
    assert learnt.why(signs).startswith("as editors gave it to items with “")
    assert learnt.right == learnt.called == 30


def test_topic_that_editors_give_at_random_is_never_given_by_itself() -> None:
    mixed = [lesson(OTHER.format(at), *(["sport"] if at % 3 == 0 else [])) for at in range(60)]
    assert all(learnt.gives_from is None for learnt in learn(mixed))


def test_few_lessons_are_not_enough_to_be_sure() -> None:
    assert all(learnt.gives_from is None for learnt in learn(lessons(number=10)))
    assert learn(lessons(number=5)) == []


def test_no_name_is_a_sign() -> None:
    signs = signs_of(
        "Corvina Example found", "A girl was found by Corvina Example's aunt in McAllister's shop."
    )
    assert "found" in signs
    assert not any("orvina" in sign or "xample" in sign or "llister" in sign for sign in signs)


def test_what_the_taxonomy_finds_is_a_sign() -> None:
    assert "topic:county-lines" in signs_of("County lines: what drivers see", "")
