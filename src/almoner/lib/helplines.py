"""Who to call. Numbers that hold all over the United Kingdom, and what differs between its four nations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call: who answers, who it is for, and when."""

    name: str
    number: str
    what_for: str
    when: str = ""

    @property
    def dial(self) -> str:
        """The number for a telephone link."""
        return "tel:" + self.number.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Nation:
    """What differs in one nation: who looks after children and adults at risk, and its own lines."""

    name: str
    child: str
    adult: str
    lines: tuple[Line, ...]


_ALWAYS: Final = "Free, day and night."

FIRST_NUMBERS: Final = (
    Line("Emergency", "999", "Someone is in danger now"),
    Line("Police", "101", "It is not an emergency"),
    Line("Childline", "0800 1111", "For anyone under 19"),
    Line("NSPCC Helpline", "0808 800 5000", "For adults worried about a child"),
)
"""What stands at the foot of every page and on every print."""

UNITED_KINGDOM: Final = (
    Line(
        "Childline",
        "0800 1111",
        "For anyone under 19, about anything. The call does not show on the telephone bill.",
        _ALWAYS,
    ),
    Line(
        "NSPCC Helpline",
        "0808 800 5000",
        "For any adult who is worried about a child, and for professionals who want advice. "
        "You need not give your name. E-mail: help@nspcc.org.uk.",
        "Free. Not staffed at all hours: if it cannot wait, call the police.",
    ),
    Line("Samaritans", "116 123", "For anyone who is struggling to cope.", _ALWAYS),
    Line(
        "Modern Slavery and Exploitation Helpline",
        "08000 121 700",
        "If you think somebody is exploited or held against their will, or that you are.",
        "Free.",
    ),
    Line("Men’s Advice Line", "0808 801 0327", "For men who live with abuse by somebody close.", "Free."),
)

NATIONS: Final = (
    Nation(
        "England",
        "Children’s social care at the council where the child lives.",
        "Adult social care at the council where the adult lives.",
        (
            Line("National Domestic Abuse Helpline", "0808 2000 247", "For women, run by Refuge.", _ALWAYS),
            Line("NHS 111", "111", "A mental health crisis: choose the mental health option.", _ALWAYS),
        ),
    ),
    Nation(
        "Wales",
        "Social services at the council where the child lives.",
        "Social services at the council where the adult lives.",
        (
            Line(
                "Live Fear Free",
                "0808 80 10 800",
                "Domestic abuse and sexual violence, for everyone. In Welsh and English.",
                _ALWAYS,
            ),
            Line("NHS 111 Wales", "111", "A mental health crisis: press 2.", _ALWAYS),
        ),
    ),
    Nation(
        "Scotland",
        "The council’s social work department, which answers for child protection.",
        "The council’s social work department, which answers for adult support and protection.",
        (
            Line(
                "Domestic Abuse and Forced Marriage Helpline",
                "0800 027 1234",
                "For everyone.",
                _ALWAYS,
            ),
            Line("NHS 24", "111", "A mental health crisis: choose the mental health hub.", _ALWAYS),
        ),
    ),
    Nation(
        "Northern Ireland",
        "The Gateway Service of the Health and Social Care Trust where the child lives. There is no council "
        "social care.",
        "The Adult Protection Gateway of the Health and Social Care Trust where the adult lives.",
        (
            Line(
                "Emergency social work",
                "028 9504 9999",
                "For children and adults, when the Trust’s own team is closed.",
                "Evenings, nights, weekends and bank holidays.",
            ),
            Line("Domestic and Sexual Abuse Helpline", "0808 802 1414", "For everyone.", _ALWAYS),
            Line("Lifeline", "0808 808 8000", "For anyone in distress or despair.", _ALWAYS),
        ),
    ),
)
