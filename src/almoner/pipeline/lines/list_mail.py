"""Lines that list programmes put around a newsletter: why one gets it, how to leave, where to see it in a browser."""

from __future__ import annotations

import re
from typing import Final

MAX_LENGTH: Final = 500

_REASON: Final = re.compile(
    r"(?:(?:this|the)\s+(?:e-?mail|message|newsletter|bulletin|briefing|update)\s+(?:was|has\s+been|is\s+being|is)\s+(?:sent|delivered|intended)\b"
    r"|you(?:['’]re|\s+are|\s+have|['’]ve)?\s+(?:currently\s+)?(?:receiv(?:ed|ing)|getting|subscribed|registered|signed\s+up)\b.{0,120}\b(?:because|this|e-?mail|newsletter|bulletin|updates|list)\b"
    r"|(?:if\s+you\s+(?:no\s+longer|do\s+not|don['’]t|would\s+(?:rather|prefer)\s+not|wish\s+to\s+(?:stop|unsubscribe)|want\s+to\s+(?:stop|unsubscribe|change\s+how))|to\s+(?:unsubscribe|stop\s+receiving|opt\s+out))\b"
    r"|want\s+to\s+change\s+how\s+you\s+receive|our\s+(?:mailing|postal)\s+address\s+is|(?:please\s+)?add\s+(?:us|.{3,60}@.{3,60})\s+to\s+your\s+(?:address\s+book|contacts|safe\s+senders?)"
    r"|having\s+trouble\s+(?:viewing|reading)|(?:e-?mail|newsletter)\s+not\s+display(?:ing|ed)\b|trouble\s+viewing\b|sent\s+to\s+address-withheld)",
    re.IGNORECASE,
)
_ACTION: Final = (
    r"(?:un-?subscribe(?:\s+(?:here|instantly|from\s+(?:this|our|all|these)\s+[\w\s-]{3,40}))?|opt[\s-]?out"
    r"|(?:manage|update|change|edit)\s+(?:your\s+|my\s+|e-?mail\s+|subscription\s+){0,3}(?:preferences|subscriptions?|settings|profile|details)"
    r"|(?:view|read|open|see)\s+(?:this\s+|it\s+|the\s+)?(?:e-?mail\s+|message\s+|newsletter\s+|bulletin\s+)?(?:in|on)\s+(?:your|a|the)\s+(?:web\s*)?browser"
    r"|(?:view\s+)?(?:as\s+)?(?:an?\s+)?(?:online|web|browser)\s+(?:version|page)|forward\s+(?:this\s+)?(?:e-?mail\s+)?to\s+a\s+friend"
    r"|privacy\s+(?:policy|notice)|terms(?:\s+(?:and|&)\s+conditions)?|dad-?danysgrifio|help|contact\s+us)"
)
_ACTIONS: Final = re.compile(
    rf"\W*{_ACTION}(?:\s*(?:[|·•,;:–-]|or|and)\s*{_ACTION}){{0,8}}\W*", re.IGNORECASE
)


def is_furniture(text: str) -> bool:
    """Whether a line of a message belongs to the list it was sent to, and to no item."""
    if len(text) > MAX_LENGTH:
        return False
    return _REASON.match(text) is not None or _ACTIONS.fullmatch(text) is not None
