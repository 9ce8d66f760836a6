"""A message that goes to many people, whole but for the places where each person's own links stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

LEAVE: Final = "https://leave.invalid/"
"""Stands in a message where the link to leave goes. An address, so that a style inliner or checker leaves it alone."""
CHANGE: Final = "https://change.invalid/"
"""Stands where the link to see and change what somebody follows goes."""


@dataclass(frozen=True, slots=True)
class Message:
    """Subject, the line a mail program shows beside it, HTML and plain text.

    Subject and preview are neutral unless the reader chose otherwise (`telling` is the subject for those who did).
    """

    subject: str
    telling: str
    preview: str
    html: str
    text: str

    def addressed(self, *, leave: str, change: str) -> Message:
        """The same with one person's links, both absolute addresses."""
        return replace(
            self,
            html=self.html.replace(LEAVE, leave).replace(CHANGE, change),
            text=self.text.replace(LEAVE, leave).replace(CHANGE, change),
        )
