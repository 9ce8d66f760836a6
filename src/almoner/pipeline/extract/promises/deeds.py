"""What bodies say they will do, and what is no deed of theirs. Expressions to be built into others."""

from __future__ import annotations

import re
from typing import Final

DEEDS: Final = (
    r"publish|launch|introduce|establish|adopt|consult|review|report|expand|extend|roll\sout|invest|fund|recruit|appoint|issue|release"
    r"|announce|set\sout|set\sup|bring\s(?:forward|in)|legislate|replace|respond|ban|abolish|scrap|commission|create|build|train|pilot|trial"
    r"|double|update|revise|amend|begin|start|commence|open|close|offer|hire|inspect|investigate|carry\sout|conduct|produce|develop"
    r"|implement|strengthen|lay|table|make\savailable|ask|task|instruct|write\sto|pay|spend|hold|become\slaw|share|work\swith|address|lead"
    r"|test|evaluate|phase|scale\sup|deliver|visit|meet\swith|withdraw|simplify"
)
ACTED_ON: Final = (
    r"published|launched|introduced|established|trained|expanded|extended|reviewed|updated|revised|announced|rolled\sout|set\sup|set\sout"
    r"|implemented|piloted|replaced|released|issued|appointed|recruited|made\savailable|available|consulted(?:\son)?|amended|strengthened"
    r"|invested|funded|commissioned|created|built|opened|scrapped|abolished|banned|brought\s(?:in|forward)|undertaken|carried\sout|provided"
    r"|offered|given|tested|evaluated|inspected|delivered|added|withdrawn|closed|increased|doubled|simplified|merged|moved|shared"
    r"|laid\sbefore|put\sin\splace|phased\s(?:in|out)"
)
INTO_FORCE: Final = r"(?:come|take|enter|be|go)\s(?:in\s?to\s(?:force|effect)|effect|in\sforce)|become\s(?:law|statutory|mandatory)|apply\sfrom"
DOING: Final = (
    r"introducing|removing|tasking|instructing|asking|legislating|abolishing|banning|scrapping|extending|expanding|launching|establishing"
    r"|setting\sup|recruiting|hiring|bringing\s(?:in|forward)|commissioning|replacing|creating"
)
"""Said in the present of what is decided and yet to come; never "developing", which goes on already."""
PLANNED: Final = r"published|launched|introduced|undertaken|established|implemented|reviewed|rolled\sout|announced|set\sout|updated|replaced|expanded"

ACTED_ON_NEXT: Final = re.compile(
    rf"be\s(?:(?:fully|also|then|now|further|soon|shortly|formally|first)\s)?(?:{ACTED_ON})\b|available\b",
    re.IGNORECASE,
)
DEED_NEXT: Final = re.compile(rf"(?:continue\sto\s)?(?:{DEEDS})\b", re.IGNORECASE)
DEED_OR_START_NEXT: Final = re.compile(rf"(?:{DEEDS}|come|take)\b", re.IGNORECASE)
DOING_NEXT: Final = re.compile(r"be\s(?:(?:soon|now|also)\s)?[a-z]+ing\b", re.IGNORECASE)
COMMITTED_NEXT: Final = re.compile(
    r"(?:publish|introduc|review|increas|spend|fund|deliver|report|consult|establish|implement|legislat|recruit|invest|launch|extend|expand"
    r"|creat)ing\b"
)
""" "Committed to" anything else is an attitude."""
INTO_FORCE_NEXT: Final = re.compile(rf"(?:{INTO_FORCE})", re.IGNORECASE)
SAYS_NEXT: Final = re.compile(r"(?:publish|launch|consult|legislate|respond)\b")
TO_READER_NEXT: Final = re.compile(r"(?:\S+\s){0,4}your?\b", re.IGNORECASE)
""" "We will send you", "we will keep your data": a service's small print."""
NOT_DONE_NEXT: Final = re.compile(
    r"(?:not|never|no\slonger|hardly|needs?|see|face|know|find\sout|feel|want|become|remain|mean|depend|have\s(?:to|an?|the|been|had|no)"
    r"|be\s(?:able|required|expected|asked|an?|the|in|at|on|of|more|less|central|vital|important|clear|key|subject|entitled|seen|unable"
    r"|given\sthe)|look\sback|remember|forget|hear|receive|get|suffer|benefit|enjoy|lose|win|die|live|struggle|notice|recogni[sz]e|love"
    r"|like|include|cover|explore|contain|involve|cost|last|vary|make\sa\sstatement|take\s(?:it|this|that|these|them|place|time|part)"
    r"|be\sin\stouch|store)\b",
    re.IGNORECASE,
)
"""States, effects and duties."""
NO_DEEDS: Final = frozenset({"be", "see", "have", "help", "support", "ensure", "the", "a"})


def first_words(expression: str) -> str:
    """The first word of each alternative of an expression above, parted by spaces."""
    return " ".join(re.findall(r"(?:^|\|)([a-z]+)", re.sub(r"\(\?:[^()]*\)", "", expression)))
