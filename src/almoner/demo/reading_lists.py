"""The reading lists of the sample content: what an editor would give two newcomers to read, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SampleList:
    """A reading list: each item by its title, with why it is there."""

    title: str
    description: str
    entries: tuple[tuple[str, str], ...]


READING_LISTS: Final = (
    SampleList(
        "Your first weeks as a safeguarding lead",
        "For somebody who has just taken the role in a school, a college or a club. After it you know which guidance "
        "binds you, whom to call about an adult, and when you may share what you were told.",
        (
            (
                "Keeping children safe in education: finding the edition that is in force",
                "Begin here: drafts and old editions look just like the one that binds you.",
            ),
            (
                "Working Together to Safeguard Children 2023",
                "What the other agencies must do, and so what you can ask of them.",
            ),
            (
                "Allegations against people who work with children: the LADO's part",
                "Read it before you need it. The first day is when most goes wrong.",
            ),
            (
                "Information sharing: advice for practitioners",
                "For the moment at which somebody says that data protection forbids it.",
            ),
            (
                "Filtering and monitoring: who checks, and who hears about it",
                "The questions to put to whoever runs your network.",
            ),
            (
                "Listening to children who do not use words",
                "Policies say “listen”. This says how, when there is nothing to hear.",
            ),
        ),
    ),
    SampleList(
        "Licensing taxis with safeguarding in mind",
        "For licensing officers and the councillors who decide with them: the standards, the register, and what "
        "happened where nobody asked.",
        (
            (
                "Statutory taxi and private hire vehicle standards",
                "The standards themselves. A committee that departs from them has to say why.",
            ),
            (
                "National register of taxi licence refusals and revocations (NR3S)",
                "How to learn that another council has refused the same driver.",
            ),
            (
                "Council finds that drivers were never asked",
                "What a review found where the checks stood on paper alone.",
            ),
            (
                "Licensing committee asks drivers to refresh their safeguarding training",
                "How one committee put it to its drivers, and what they answered.",
            ),
        ),
    ),
)
