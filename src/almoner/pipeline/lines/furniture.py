"""Page furniture: lines that belong to the page and to no item on it.

The patterns are phrases that content systems and site owners print everywhere, not names of sites.
"""

from __future__ import annotations

import re
from typing import Final

MAX_LENGTH: Final = 400
MAX_WHOLE: Final = 140

_WHOLE = re.compile(
    r"""
    (?:account\s+)?log\s?[io]n(?:\s*(?:/|or|\|)?\s*(?:register|sign\s+up|reg))?
    |(?:account\s+)?log\s+reg|account|my\s+account|sign\s?in|sign\s?up|sign\s?out|log\s?out|register|basket|checkout|cart
    |quick\s+(?:view|shop|add|look|buy)|add\s+to\s+(?:cart|bag|basket|wish\s?list|compare|list)|compare|shop\s+now|buy(?:\s+now)?|(?:choose|select)\s+options
    |menu|home|search|toggle\s+.{2,40}|(?:read|view|open|see)\s+(?:this\s+)?(?:e?-?mail|briefing|newsletter|message|issue|bulletin)?\s*(?:in|on)\s+(?:your|a|the)\s+(?:web\s*)?browser.{0,20}
    |view\s+(?:it\s+)?online|(?:this|the)\s+(?:page|post|article)\s+.{0,40}comments?\.?|showing\s+\d.{0,60}|in\s+this\s+(?:issue|edition|briefing|newsletter|bulletin)\s*:?|contents\s*:?|close|open\s+menu|main\s+menu|toggle\s+navigation|skip\s+to\s+.{0,30}|back\s+to\s+.{0,20}|top|back
    |(?:no|\d+)\s+(?:comments?|responses?|replies)|leave\s+a\s+(?:reply|comment).{0,40}|comments?\s*\(?\d*\)?|add\s+(?:a\s+)?comment
    |(?:sorry,?\s*)?(?:the\s+)?comment(?:s|\s+form)?\s+(?:is|are)\s+(?:now\s+)?closed.{0,60}|comments\s+off.{0,40}
    |share(?:\s+(?:this|on|via|with|it|now|the)\b.{0,60})?:?|share\s+this.{0,40}|tweet|print(?:\s+(?:this|friendly).{0,30})?
    |like\s+this:?|like\s+loading.{0,5}|loading.{0,5}|follow\s+us.{0,40}|related(?:\s+(?:posts?|articles?|news|stories|items?|content))?:?
    |facebook|twitter|x|linkedin|instagram|youtube|whatsapp|e-?mail|pinterest|reddit|rss(?:\s+feed)?|subscribe|unsubscribe
    |next(?:\s+(?:page|post|article|»|›|→))?|prev(?:ious)?(?:\s+(?:page|post|article))?|older\s+(?:posts|entries)|newer\s+(?:posts|entries)|first|last
    |[«‹<←]\s*(?:prev(?:ious)?|older|newer|back).{0,30}|(?:next|older|newer).{0,20}\s*[»›>→]
    |page\s+\d+\s+of\s+\d+|\d+\s+of\s+\d+|(?:(?:\d+|…|\.{3})\s+){2,}(?:\d+\s*)?(?:next|last|[»›>→])*|\d+\s+results?|sort(?:ed)?\s+by:?.{0,40}|filter.{0,20}
    |(?:picture|photo(?:graph)?|image|pic)s?\s*(?:credit)?\s*:\s*.{2,60}|read\s+next:.{0,120}|log\s+in\s+to\s+.{0,30}|post\s+a\s+comment|e?mail\s+this.{0,80}
    |archives?(?:\s+.{0,200})?|\w[\w\s]{0,20}thumbnail|skip\s+to.{0,30}|(?:\d+\s+){2,}\d*|(?:\d+\s*[|,]\s*){2,}\d+(?:\s*next)?|load\s+more|show\s+more|view\s+all.{0,30}|see\s+all.{0,30}
    |cookies?(?:\s+(?:policy|settings|preferences))?|privacy(?:\s+(?:policy|notice))?|terms(?:\s+(?:and|&)\s+conditions|\s+of\s+use)?
    |accessibility(?:\s+statement)?|site\s?map|contact(?:\s+us)?|about(?:\s+us)?|disclaimer|accept(?:\s+(?:all|cookies).{0,20})?|reject.{0,20}
    |copyright(?:\s+.{0,120})?|all\s+rights\s+reserved\.?|powered\s+by\s+.{1,40}|website\s+(?:by|design).{0,60}|designed\s+by\s+.{1,60}
    |you\s+are\s+here:?.{0,120}|home\s*(?:[>»›/|]|-\s).{0,120}|breadcrumbs?.{0,80}
    |tel(?:ephone)?:?\s*[\d\s()+-]{7,}|(?!\d{4}-\d\d-\d\d\Z)[\d\s()+-]{9,18}|search\s+for:?|recent\s+(?:comments|posts|articles)|date\s+format:.{0,30}|(?:tel|phone|call(?:\s+us)?(?:\s+(?:now\s+)?on)?|email|e-mail)\s*:?\s*\S{3,40}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OPENINGS: Final = frozenset(
    """
    abo acc add all arc bac bas bre buy cal car che cho clo com con coo cop dat des dis e-m ema fac fil fir fol hom ima ins las
    lea lik lin loa log mai men new nex old ope pag pho pic pin pos pow pre pri qui rea rec red reg rej rel rss sea see sel sha
    sho sig sit ski sor sub tel ter the thi tog top twe twi uns vie web wha you
    """.split()  # noqa: SIM905
) | {"x", "my ", "in ", "no "}
"""How a line that begins with a letter begins, if it is nothing but furniture: told much sooner than by its words."""
_CONTENTS = re.compile(
    r"in\s+this\s+(?:issue|edition|briefing|newsletter|bulletin)\s*:?|contents\s*:?", re.IGNORECASE
)
_START = re.compile(
    r"(?:©|\(c\)\s*(?:copyright|\d{4})|copyright\s*(?:©|\(c\)|\d{4})|all\s+rights\s+reserved"
    r"|(?:we|this\s+(?:web)?site)\s+uses?\s+cookies|by\s+(?:continuing|using)\s+.{0,40}\bcookies\b"
    r"|registered\s+(?:charity|company|office|in\s+england)\b|(?:charity|company)\s+(?:registration\s+)?(?:no|number)\b"
    r"|your\s+e-?mail\s+address\s+will\s+not\s+be\s+published|you\s+must\s+be\s+logged\s+in)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:read|find\s+out|learn|view|see)\s+(?:more|the\s+(?:full\s+)?(?:article|story|post))|continue\s+reading|view\s+article|more|full\s+(?:story|article|text|report)|read\s+on|details)(?:\s+comments?\s*\{\s*\d+\s*\})?"
    r"(?:\s*(?:about|on|:)\s.{0,120})?\s*(?:…|\.{3}|[»›>→]+)?",
    re.IGNORECASE,
)
_TRAILER = re.compile(
    r"(?:further|more|additional)\s+(?:information|details|reading)\b.{0,160}|read\s+(?:more|the|our|about|it)\b.{0,120}|find\s+out\s+(?:more|how)\b.{0,100}"
    r"|(?:see|visit|view|watch|download|access|book|register|apply|sign\s+up|click|contact|listen)\b.{0,80}|links?:.{0,160}|attachments?:?.{0,120}|see\s+also:.{0,120}"
    r"|.{3,140}\((?:pdf|word|docx?|adobe\s+pdf\s+file|external\s+link|opens\s+in\s+.{3,20}|\d+(?:\.\d+)?\s?[km]b)[^()]*\)|\((?:adobe\s+)?pdf(?:\s+file)?\)",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:kind|best|warm|warmest|with\s+(?:kind|best|warm))\s+(?:regards|wishes)|regards|yours\s+(?:sincerely|faithfully|truly)"
    r"|many\s+thanks|best|cheers|(?:until|till)\s+(?:next|the\s+next)\s+\w+\b.{0,40}|(?:have\s+a|stay|keep)\s+(?:good|great|safe|well)\b.{0,30}"
    r"|see\s+you\s+next\s+\w+.{0,20}|that['’]s\s+all\s+for\s+(?:this|now).{0,30}|take\s+care.{0,20})\s*[,.!]?",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:dear\b.{0,60}|hello\b.{0,30}|hi\b.{0,30}|good\s+(?:morning|afternoon)\b.{0,30}|fao:.{0,80})",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether the line belongs to the page, not to an item: navigation, copyright, comment forms, sharing."""
    if len(text) > MAX_LENGTH:
        return False
    return bool(_START.match(text)) or (len(text) <= MAX_WHOLE and _is_all_furniture(text))


def _is_all_furniture(text: str) -> bool:
    if text[:1].isalpha():
        lower = text.lower()
        if lower[:3] not in _OPENINGS and not lower.endswith("thumbnail"):
            return False
    return _WHOLE.fullmatch(text) is not None


def opens_contents(text: str) -> bool:
    """Whether a list of contents follows: "In this issue:"."""
    return bool(_CONTENTS.fullmatch(text))


def is_more_link(text: str) -> bool:
    """Whether the line only leads on to the whole item: "Read more", "Continue reading …"."""
    return len(text) <= 160 and bool(_MORE.fullmatch(text))


def is_trailer(text: str) -> bool:
    """Whether a line that follows an item's text still belongs to it: where to read on, what to download."""
    return len(text) <= 170 and (is_more_link(text) or bool(_TRAILER.fullmatch(text)))


def is_sign_off(text: str) -> bool:
    """Whether a letter or newsletter ends here: "Until next time," "Kind regards"."""
    return len(text) <= 80 and bool(_SIGN_OFF.fullmatch(text))


def is_salutation(text: str) -> bool:
    """Whether a letter or newsletter begins here: "Dear colleague,"."""
    return len(text) <= 90 and bool(_SALUTATION.fullmatch(text)) and not text.endswith(".")
