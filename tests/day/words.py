"""What the invented publishers write: names, titles and texts, all our own, none of them about anybody."""

from __future__ import annotations

import random

PLACES = (
    "Saltmarsh", "Wenbrook", "Aldermoor", "Thistlecombe", "Eastering", "Corvane", "Marlowe Vale", "Pennhurst Bay",
    "Kestrel Heath", "Otterwick", "Brackenshaw", "Fernhollow", "Lindenmere", "Rookdale", "Halsted Fen", "Stonewick",
    "Ambergate Cross", "Larkmoor", "Tidewell", "Cloverley", "Hazelbourne", "Northmere", "Dunmarsh", "Oakhallow",
    "Silverbeck", "Wrenfield", "Ashcombe Quay", "Mossbridge", "Tarnside", "Willowsea", "Gorsedown", "Heronsgate",
    "Juniper Hill", "Foxcote Magna", "Beaconmoor", "Yarrowdale", "Quillhaven", "Summerlee", "Ravensmere", "Elderbank",
)  # fmt: skip
BODIES = (
    "Safeguarding Partnership", "Council", "Schools Trust", "Youth Foundation", "Housing Association",
    "Sports Federation", "Diocese", "Inspectorate", "Carers Forum", "Constabulary",
)  # fmt: skip
OFFICES = (
    "Office for Invented Clubs", "Department for Invented Transport", "Invented Hostels Agency",
    "Commission for Invented Charities", "Invented Inspection Service", "Board for Invented Courts",
    "Invented Licensing Authority", "Office for Invented Statistics",
)  # fmt: skip
SUBJECTS = (
    "taxi licensing", "holiday clubs", "online gaming", "supervised contact", "private fostering", "boarding houses",
    "lone working", "safer recruitment", "school transport", "elective home education", "hostels for care leavers",
    "volunteers in sport", "photographs at events", "night shelters", "young carers", "residential trips",
    "visiting speakers", "low-level concerns", "information sharing", "allegations against staff",
    "attendance and absence", "financial abuse of older people", "self-neglect", "modern slavery in car washes",
    "county lines", "harmful sexual behaviour", "mental health support teams", "domestic abuse training",
    "transitions to adult services", "complaints about carers",
)  # fmt: skip
TITLES = (
    "New guidance on {subject} for {place}",
    "{subject_}: what we learned from this year's audit in {place}",
    "Board of {place} agrees its priorities on {subject}",
    "Briefing for leads in {place}: {subject}",
    "{place}: free training about {subject} opens for booking",
    "Thematic review of {subject} in {place} published",
    "Seven questions that trustees in {place} should ask about {subject}",
    "Changes to the procedure on {subject} in {place}",
    "Poster for staff rooms in {place}: {subject} in plain words",
    "Statement of the partnership in {place} on {subject}, on the national review of independent scrutiny and on what "
    "agencies have agreed to do together before the end of the school year",
)
OPENINGS = (
    "{place} has set out how agencies should work together on {subject}.",
    "Staff in {place} told reviewers that rules on {subject} were hard to find when they needed them.",
    "Leads in {place} have asked for a plain account of {subject}, and this is it.",
    "The partnership in {place} looked closely at {subject} and at who knew what, and when.",
)
MIDDLES = (
    "It asks each organisation to name one person who answers questions, and to say so on its website.",
    "Records should be written on the day, signed, and kept where a colleague can find them.",
    "Volunteers should have the same induction as paid staff before they work alone.",
    "Managers should check how the rule is followed, not only that there is one.",
    "A short film, a poster and slides for a team meeting come with it.",
    "Partners agreed to look at the same sample of records and to share what they see.",
    "Nobody should wait for proof before they speak to the duty team.",
    "What works in a large school often fails in a small club, and the text says where.",
)
ENDINGS = (
    "The partnership in {place} will report on {subject} to its board.",
    "Questions about {subject} go to the safeguarding team in {place}.",
    "Every setting in {place} is asked to discuss {subject} at its next team meeting.",
)
CATEGORIES = (
    "Guidance",
    "Training",
    "Learning from reviews",
    "Partnership news",
    "For schools",
    "For the public",
)


class Pen:
    """Writes for one publisher: a title and a text each time, none of them twice, the same ones in every run."""

    def __init__(self, seed: int, place: str) -> None:
        self._chance = random.Random(seed)
        self._place = place
        self._used: set[str] = set()

    def title(self) -> str:
        """A new title."""
        while True:
            subject = self._chance.choice(SUBJECTS)
            form = self._chance.choice(TITLES)
            title = form.format(subject=subject, subject_=subject[0].upper() + subject[1:], place=self._place)
            if title not in self._used and f"{subject}!" not in self._used:
                self._used |= {title, f"{subject}!"}
                self._subject = subject
                return title

    def paragraphs(self) -> tuple[str, ...]:
        """The text to the last title."""
        given = {"place": self._place, "subject": self._subject}
        middles = self._chance.sample(MIDDLES, 4)
        return (
            f"{self._chance.choice(OPENINGS)} {middles[0]}".format(**given),
            f"{middles[1]} {middles[2]}",
            f"{middles[3]} {self._chance.choice(ENDINGS)}".format(**given),
        )

    def category(self) -> str:
        """One of the categories."""
        return self._chance.choice(CATEGORIES)
