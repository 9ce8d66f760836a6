"""Invented pairs of items that are of one kind and tell of two happenings."""

from __future__ import annotations

from datetime import date
from typing import Final

Told = tuple[str, str, date | None]

OF_ONE_KIND: Final[dict[str, tuple[Told, Told]]] = {
    "two councils decide about drivers": (
        (
            "Marshwick suspends a private hire driver",
            "Marshwick Council's licensing committee has suspended the licence of a private hire driver for three months "
            "after a passenger said that he had asked her for her telephone number. The driver must repeat his "
            "safeguarding training before he may work again.",
            None,
        ),
        (
            "Drivers' badges taken away in Ottersea",
            "Two taxi drivers in Ottersea have lost their badges. Ottersea District Council's licensing panel heard that "
            "both had left out convictions when they applied. Its officers will check all drivers' records again.",
            None,
        ),
    ),
    "two safeguarding practice reviews": (
        (
            "Review of Child F published in Fennimore",
            "The Fennimore Safeguarding Children Partnership has published its local child safeguarding practice review "
            "about Child F, a baby who was hurt at home. It says that midwives and health visitors did not share what "
            "they knew about the father.",
            None,
        ),
        (
            "Dunmere publishes a review about Child K",
            "The Dunmere Safeguarding Children Partnership has published its local child safeguarding practice review about "
            "Child K, a boy of fifteen who was carrying drugs for a gang. It says that his school excluded him without "
            "telling social workers.",
            None,
        ),
    ),
    "two months of one series of statistics": (
        (
            "Referrals to children's social care, March 2025",
            "Monthly statistics on referrals to children's social care in Gullshire. There were 1,204 referrals in March "
            "2025. Of these, 412 came from schools and 287 from the police. The next figures are due in May.",
            date(2025, 4, 10),
        ),
        (
            "Referrals to children's social care, April 2025",
            "Monthly statistics on referrals to children's social care in Gullshire. There were 1,151 referrals in April "
            "2025. Of these, 365 came from schools and 301 from the police. The next figures are due in June.",
            date(2025, 5, 8),
        ),
    ),
}
