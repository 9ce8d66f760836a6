"""What can go wrong while reading: each error says which source, which stage, and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

AGAIN: Final = "It is tried again by itself."
"""What is said of a fault that a source which is watched may get over."""
_ONCE: Final = "Nothing was kept. Check the address, or try it again later."


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


class Locked(PipelineError):
    """Encrypted: nothing of it can be read without its password."""


class NoWords(PipelineError):
    """A document of pictures alone, as a scanner makes it: there are no words to read."""


class TooCostly(PipelineError):
    """Reading it took more time or memory than one document may. Nothing half-read is kept."""


class ReaderDied(PipelineError):
    """The process that read it ended without an answer: the file brought the reader down, and nothing else."""


class StageBroken(PipelineError):
    """A stage failed in a way nobody foresaw: a mistake of ours. The cause is chained; other documents go on."""


class FetchError(PipelineError):
    """A source could not be had from the network. `status` is the HTTP status, 0 where there was none;
    `wait_until` the moment before which it should not be asked again, None where nobody said so."""

    def __init__(
        self,
        source: str,
        stage: str,
        problem: str,
        *,
        advice: str = "",
        permanent: bool = False,
        status: int = 0,
        wait_until: datetime | None = None,
    ) -> None:
        super().__init__(source, stage, problem, advice=advice, permanent=permanent)
        self.status = status
        self.wait_until = wait_until

    def once(self) -> FetchError:
        """The same error for somebody who asked for this now: what is not watched is not tried again by itself."""
        return type(self)(
            self.source,
            self.stage,
            self.problem,
            advice=self.advice.replace(AGAIN, _ONCE),
            permanent=self.permanent,
            status=self.status,
            wait_until=self.wait_until,
        )


class AddressRefused(FetchError):
    """The address is none we may dial: it leads into a private network, or is no plain web address."""


class Unreachable(FetchError):
    """No connection: no such host, refused, broken off, or its certificate is not to be trusted."""


class TooSlow(FetchError):
    """The whole answer was not there when the time for it was over."""


class BrokenAnswer(FetchError):
    """What came is no whole HTTP answer, or is cut short. Nothing of it is kept."""


class TooManyRedirects(FetchError):
    """Sent on and on, or in a circle."""


class NotAllowed(FetchError):
    """The site's robots.txt asks us not to fetch this."""


class Busy(FetchError):
    """The server asks us to come back later (429, 503)."""


class Failed(FetchError):
    """The server answered with another error status."""


class Gone(FetchError):
    """The server says that it is gone for good (410)."""


class Walled(FetchError):
    """An answer that is no content: a consent page, a bot check, an error page sent as if all were well."""
