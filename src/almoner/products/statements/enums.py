"""The statements, and the questions that each leaves to whoever runs the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import models


class Statement(models.TextChoices):
    """A page that whoever runs the service completes."""

    PRIVACY = "privacy", "Privacy"
    RETENTION = "retention", "How long things are kept"
    COMPLAINTS = "complaints", "Complaints, and taking something down"
    NAMING = "naming", "Whom we name, and reporting restrictions"
    ACCESSIBILITY = "accessibility", "Accessibility"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a statement leaves open: its id, the heading that readers see, and what to think of."""

    id: str
    statement: Statement
    heading: str
    help: str


_ASKED: Final = (
    ("privacy-basis", Statement.PRIVACY, "Why we may hold these data",
     "The lawful bases under UK GDPR articles 6, 9 and 10: for people named in items, for editors, for subscribers. "
     "Journalism and archiving have rules of their own."),
    ("privacy-registration", Statement.PRIVACY, "Our registration with the Information Commissioner",
     "The number, or why none is needed. Name your data protection officer if you have one."),
    ("privacy-host", Statement.PRIVACY, "Who hosts this site, and what they log",
     "The company, the country, what its own logs keep about visitors, and for how long."),
    ("privacy-processors", Statement.PRIVACY, "Who else handles data for us",
     "Whoever sends your e-mail or keeps your backups, and in which countries."),
    ("retention-items", Statement.RETENTION, "Items, and the names in them",
     "How long they stay, and how often somebody looks whether a name should still stand there."),
    ("retention-copies", Statement.RETENTION, "Copies of what sources published",
     "The months set for each source (almoner snapshots keep), and why."),
    ("retention-backups", Statement.RETENTION, "Backups",
     "How long they hold what was removed here."),
    ("retention-accounts", Statement.RETENTION, "Accounts of editors, and subscriptions",
     "When those that are no longer used are removed."),
    ("complaints-who", Statement.COMPLAINTS, "Who decides, and how soon",
     "A person or a role; in how many working days they acknowledge and answer."),
    ("complaints-urgent", Statement.COMPLAINTS, "When it cannot wait",
     "How to reach you out of hours where a child is named, a court’s order is broken, or somebody is in danger."),
    ("complaints-appeal", Statement.COMPLAINTS, "If you are not content",
     "Who looks at it again, and any regulator you belong to."),
    ("naming-policy", Statement.NAMING, "When we name somebody who is accused or convicted",
     "Your rule, and who decides. Think of relatives who share a name with a child."),
    ("naming-spent", Statement.NAMING, "When a name is taken out",
     "Spent convictions (Rehabilitation of Offenders Act 1974), acquittals, and requests."),
    ("naming-restrictions", Statement.NAMING, "How we check for reporting restrictions",
     "Youth courts (Children and Young Persons Act 1933, section 49), orders for children and witnesses (Youth Justice "
     "and Criminal Evidence Act 1999, sections 45 to 46), victims of sexual offences for life (Sexual Offences "
     "(Amendment) Act 1992), family courts; Scotland and Northern Ireland have laws of their own."),
    ("accessibility-tested", Statement.ACCESSIBILITY, "How we tested it",
     "When, by whom, with which devices, and whether people with disabilities took part."),
    ("accessibility-limits", Statement.ACCESSIBILITY, "What we know does not work",
     "What you added (pages, files, pictures), and when it will be mended."),
    ("accessibility-forms", Statement.ACCESSIBILITY, "How to get something in another form",
     "Who does it, and how soon. If you are a public body: who enforces the regulations of 2018."),
)  # fmt: skip
QUESTIONS: Final = tuple(Question(*asked) for asked in _ASKED)
"""All questions, by statement."""
