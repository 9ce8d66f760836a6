"""What can go wrong while reading: each error says which source, which stage, and what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """A document could not be read.

    `source` is the path or address as given, `stage` the name of the stage that gave up, `permanent`
    whether trying the same bytes again can help, `advice` what the person in front of it can do.
    """

    def __init__(
        self, source: str, stage: str, problem: str, *, advice: str = "", permanent: bool = True
    ) -> None:
        super().__init__(f"{source}: {stage}: {problem}" + (f" {advice}" if advice else ""))
        self.source = source
        self.stage = stage
        self.problem = problem
        self.advice = advice
        self.permanent = permanent


class Unreadable(PipelineError):
    """The bytes could not be had: no permission, a broken disk, a path that is gone."""


class TooLarge(PipelineError):
    """Over a documented cap. Nothing of it was read, so nothing half-read is kept."""


class NotText(PipelineError):
    """The bytes are no text: a picture, an archive, a programme."""


class UnknownFormat(PipelineError):
    """Text of a known kind (XML, JSON, a table) in which nothing says what it holds."""


class Malformed(PipelineError):
    """So damaged that nothing of it can be had."""


class StageBroken(PipelineError):
    """A stage failed in a way nobody foresaw: a mistake of ours. The cause is chained; other documents go on."""
