"""Whom items concern, by their topics."""

from almoner.pipeline.taxonomy.audiences import audiences, concerned
from almoner.pipeline.taxonomy.topics import topics


def test_audiences_stand_on_topics_that_exist() -> None:
    for audience in audiences().values():
        assert audience.topics <= topics().keys(), audience.id


def test_narrower_topics_concern_whom_the_broader_ones_do() -> None:
    assert "schools" in concerned(["exclusion"])
    assert concerned(["taxi"]) == ("licensing",)
    assert concerned([]) == ()
