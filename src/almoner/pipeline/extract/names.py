"""Names of children and of victims: found so that they are never indexed, suggested or put in an address.

Recall counts here: a name found too often costs an editor a glance, a name missed can cost a child. A name is
looked for where an age under 18, a word for a child, or a crime against somebody stands beside it.
"""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.lines.dates import MONTHS, WEEKDAYS
from almoner.pipeline.lines.names import ORGANISATION_WORDS, TITLES

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_AGE = rf"(?:1[0-7]|[1-9]|{_SMALL})"
# Bounded, so that a text made of nothing but hyphens and capitals is read in linear time too.
_WORD = r"[A-ZÀ-Þ][a-zà-ÿ]{1,30}(?:[-’'](?!s\b)[A-ZÀ-Þ]?[a-zà-ÿ]{1,30}){0,3}"
_NAME = rf"(?P<name>{_WORD}(?:\s+(?:[A-Z]\.\s+)?{_WORD}){{0,3}})"
_FULL = rf"(?P<name>{_WORD}(?:\s+(?:[A-Z]\.\s+)?{_WORD}){{1,3}})"
_CHILD = (
    r"(?:baby|babies|boy|girl|child|toddler|infant|newborn|teenager|teen|schoolgirl|schoolboy|pupil|youngster|son|daughter|stepson|stepdaughter"
    r"|step-son|step-daughter|grandson|granddaughter|nephew|niece|foster\s+child|twin|brother|sister|sibling|siblings|twins|brothers|sisters)"
)
_CHILD_FIRST = r"(?:Baby|Babies|Boy|Girl|Child|Toddler|Infant|Newborn|Teenager|Teen|Schoolgirl|Schoolboy|Pupil|Youngster|Son|Daughter|Stepson|Stepdaughter|Grandson|Granddaughter|Nephew|Niece|Foster\s+[Cc]hild|Twins?|Brothers?|Sisters?|Siblings?)"
_VICTIM = r"(?:victim|survivor|deceased|complainant|murdered|missing)"
_HARM = (
    r"(?:murder|killing|manslaughter|death|deaths|rape|abuse|assault|abduction|kidnap(?:ping)?|disappearance|torture|neglect|grooming|stabbing|shooting"
    r"|attack|attacks|exploitation|drowning|suicide|inquest|funeral|memory|body|loss|shaking|starvation|trafficking|poisoning|strangulation|attempted\s+murder)"
)
_HARMED = (
    r"(?:murder(?:ed|ing)|kill(?:ed|ing)|rap(?:ed|ing)|abus(?:ed|ing)|stabb(?:ed|ing)|strangl(?:ed|ing)|abduct(?:ed|ing)|kidnapp(?:ed|ing)|groom(?:ed|ing)|assault(?:ed|ing)"
    r"|neglect(?:ed|ing)|tortur(?:ed|ing)|poison(?:ed|ing)|shook|shaking|starv(?:ed|ing)|suffocat(?:ed|ing)|smother(?:ed|ing)|drown(?:ed|ing)|beat(?:en|ing)?|harm(?:ed|ing)"
    r"|traffick(?:ed|ing)|exploit(?:ed|ing)|attack(?:ed|ing)|stalk(?:ed|ing)|harass(?:ed|ing)|burn(?:ed|t)|restrain(?:ed|ing)|shaken|pushed|scald(?:ed|ing)|bit(?:ten|ing)|imprison(?:ed|ing)|shot|shooting|strik(?:ing|e)|punch(?:ed|ing))"
)
_RELATION = r"(?:mother|father|mum|dad|parents?|grandparents?|grandmother|grandfather|stepfather|stepmother|family|guardians?|carers?|killers?|body)"
# Words that stand before a name, each with letters of which some must be in the text for it to be worth a look.
_BEFORE: Final = (
    # seven-year-old Robin; 16-month-old baby boy Sam Sample; two-week-old daughter, Ann
    (
        ("old",),
        rf"\b{_AGE}[-\s](?:year|yr)s?[-\s]old(?:\s+[a-z-]+){{0,3}}?,?\s+(?:called\s+|named\s+)?{_NAME}",
    ),
    (
        ("old",),
        rf"\b(?:\d{{1,2}}|{_SMALL}|eighteen|nineteen|twenty)[-\s](?:month|week|day)s?[-\s]old(?:\s+[a-z-]+){{0,3}}?,?\s+(?:called\s+|named\s+)?{_NAME}",
    ),
    # baby Lexi; her daughter, Ann; a boy called Sam; children Ann and Robin; the victim, Ann Sample
    (("",), rf"\b{_CHILD}(?:\s+(?:called|named))?,?\s+{_NAME}"),
    (
        (" and",),
        rf"\b(?:{_CHILD}|{_CHILD_FIRST}|[Cc]hildren)(?:\s+(?:called|named))?,?\s+(?P<name>{_WORD})\s+and\s+(?P<other>{_WORD}(?:\s+(?:[A-Z]\.\s+)?{_WORD}){{0,3}})",
    ),
    (
        (
            "Toddler",
            "School",
            "Teenager",
            "Baby",
            "Boy",
            "Girl",
            "ensioner",
            "atient",
            "esident",
            "idow",
            "enant",
            "ervice",
            "reat-",
        ),
        rf"\b(?:Toddler|Schoolboy|Schoolgirl|Teenager|Baby|Boy|Girl|[Pp]ensioner|[Pp]atient|[Rr]esident|[Ww]idow|[Ww]idower|[Tt]enant|[Ss]ervice\s+user|[Gg]reat-grandmother),?\s+{_FULL}",
    ),
    (("little",), rf"\blittle\s+{_NAME}"),
    (("name",), rf"\b(?:boy|girl|child|baby|son|daughter)['’]s\s+name\s+(?:was|is)\s+{_NAME}"),
    (
        ("Baby",),
        rf"\bBaby\s+(?P<name>{_WORD})\b(?=(?:\s+{_WORD})?(?:['’]s|,|\s+(?:was|is|had|died|has|and)\b))",
    ),
    (
        ("victim", "survivor", "deceased", "complainant", "murdered", "missing"),
        rf"\b{_VICTIM}(?:\s+(?:called|named|woman|man|person)|\s+(?:of|in)\s+(?:the|this)\s+[a-z]+)?,?\s+{_FULL}",
    ),
    (("named", "identified"), rf"\b(?:named|identified)\s+(?:[a-z]+\s+)?as\s+{_FULL}"),
    (
        ("famil", "loved", "relatives", "grave", "tribute", "candles", "vigil", "justice"),
        rf"\b(?:family|families|loved\s+ones|relatives|grave|tributes?|candles|vigil|justice)\s+(?:of|to|for)\s+{_FULL}",
    ),
    # the murder of Ann Sample; abuse of Robin Sample
    ((" of",), rf"\b{_HARM}\s+(?:and\s+[a-z]+\s+)?of\s+(?:[a-z-]+\s+){{0,3}}{_FULL}"),
    (("",), rf"\b{_HARMED}\s+(?:[a-z-]+\s+){{0,3}}{_FULL}"),
    (("away", "lay dead", "killer", "failed"), rf"\b(?:away\s+from|lay\s+dead|killer\s+of|failed)\s+{_FULL}"),
    # the mother of Robin
    ((" of",), rf"\b(?:mother|father|mum|dad|parents?|grandparents?)\s+of\s+(?:[a-z-]+\s+){{0,2}}{_NAME}"),
)
_AFTER_FULL_NAME: Final = (
    r"\s*,\s*(?:aged\s+)?(?:7[5-9]|8\d|9\d|10\d)\b",
    r"\s*,\s+(?:\d{2},\s+)?(?:an?|who\s+(?:was|is|has))\s+(?:[a-z]+\s+){0,2}(?:with\s+)?(?:an?\s+|severe\s+|profound\s+)*(?:learning\s+disabilit|dementia|autis|disabled|vulnerable)",
    rf",?\s+(?:who\s+)?(?:was|were|had\s+been|has\s+been)\s+(?:[a-z]+ly\s+)?(?:found\s+dead|{_HARMED}|last\s+seen|reported\s+missing|pronounced\s+dead)",
    r",?\s+(?:who\s+)?(?:died|suffered\s+(?:[a-z-]+\s+){0,3}(?:injur|abuse|burns|bruis)|went\s+missing|took\s+(?:his|her|their)\s+own\s+life|lost\s+(?:his|her)\s+life)",
    rf"['’]s?\s+(?:[a-z]+\s+)?(?:{_HARM}|{_RELATION}|injuries|life\s+was|short\s+life|ventilator|abuser|abusers|attacker|remains)",
)
_AFTER_NAME: Final = (
    # Robin Sample, 7,; Robin, aged four; Robin Sample (16 months); Robin Sample, who was seven; Robin's parents
    rf"\s*(?:,|\()\s*(?:(?:who\s+)?(?:was|is|were)\s+)?(?:then\s+|now\s+)?(?:aged?\s+)?(?:just\s+|only\s+)?{_AGE}(?:\s+years?(?:\s+old)?)?\s*(?:[,.;)]|\Z|\s+(?:when|at\s+the|and|was|who|died|from|of\s+\w+\s+(?:Road|Street))\b)",
    rf"\s*(?:,|\()\s*(?:aged\s+)?(?:just\s+|only\s+)?(?:\d{{1,2}}|{_SMALL})[-\s](?:months?|weeks?|days?)(?:[-\s]old)?",
    rf"\s+(?:was|is)\s+(?:just\s+|only\s+|aged\s+){{0,2}}{_AGE}(?:\s+(?:years?|months?|weeks?)(?:\s+old)?|\s+when\b|\s*[.,;]|\s*\Z)",
    rf",?\s+(?:a|an|the)\s+(?:{_AGE}[-\s]year[-\s]old|schoolboy|schoolgirl|toddler|baby|teenager|pupil|child)\b",
    r"['’]s\s+(?:short\s+)?life\b",
    r"['’]s?\s+(?:mother|father|mum|dad|parents|stepfather|stepmother|foster\s+carers?)\b",
)
_PATTERNS: Final = (
    *((letters, re.compile(pattern)) for letters, pattern in _BEFORE),
    (("",), re.compile(rf"\b{_FULL}(?:{'|'.join(_AFTER_FULL_NAME)})")),
    (("",), re.compile(rf"\b{_NAME}(?:{'|'.join(_AFTER_NAME)})")),
)
_NOT_NAMES: Final = frozenset(
    ["a", "about", "according", "act", "after", "all", "although", "an", "and", "any", "april", "are", "article", "as", "at", "august", "autumn", "baby", "barnardo", "based", "because", "before", "being", "between", "bill", "boy", "both", "britain", "british", "but", "by", "catholic", "chapter", "charity", "child", "childline", "children", "christian", "christmas", "city", "claim", "class", "covid", "crown", "day", "dear", "december", "detective", "did", "do", "domestic", "during", "each", "early", "earth", "easter", "edition", "eight", "england", "english", "even", "every", "family", "february", "find", "five", "following", "for", "four", "friday", "from", "full", "further", "general", "girl", "god", "good", "government", "great", "group", "had", "has", "have", "he", "head", "her", "here", "his", "home", "how", "however", "i", "if", "in", "inspector", "internet", "ireland", "is", "it", "its", "january", "july", "june", "just", "key", "kingdom", "last", "later", "law", "legal", "level", "library", "like", "local", "london", "long", "looking", "lord", "magistrates", "major", "many", "march", "may", "mental", "met", "minister", "modern", "monday", "more", "most", "mr", "mrs", "ms", "much", "my", "national", "new", "next", "nine", "no", "nobody", "none", "nor", "northern", "not", "note", "november", "now", "number", "october", "of", "officer", "old", "on", "once", "one", "online", "only", "operation", "or", "other", "our", "out", "over", "paper", "part", "parents", "page", "people", "place", "please", "police", "prime", "prevent", "protocol", "public", "question", "read", "reading", "recommendation", "report", "research", "review", "right", "royal", "saturday", "school", "schools", "scotland", "scottish", "sea", "section", "see", "september", "serious", "seven", "several", "sexual", "she", "sgt", "should", "since", "six", "so", "social", "some", "somebody", "someone", "south", "spring", "st", "state", "statutory", "step", "still", "stop", "street", "such", "summer", "sunday", "supreme", "table", "teenage", "ten", "that", "the", "their", "them", "then", "there", "these", "they", "things", "this", "three", "thursday", "time", "to", "today", "together", "tuesday", "two", "uk", "under", "united", "university", "unless", "until", "up", "upon", "us", "victim", "wales", "was", "we", "wednesday", "week", "welsh", "were", "west", "what", "when", "where", "which", "while", "who", "whose", "why", "will", "winter", "with", "without", "women", "work", "year", "years", "you", "young", "your", "youth"]
) | frozenset(MONTHS) | frozenset(WEEKDAYS)  # fmt: skip
_ALLOWED_AS_NAMES: Final = frozenset({"april", "may", "june", "mar", "jan", "sat", "sun", "dec", "august", "star", "page", "rose", "young", "day", "church", "sky", "summer", "autumn", "west"})  # fmt: skip
_PAIR: Final = re.compile(rf"\b({_WORD})\s+(?=({_WORD})\b)")
_PUBLIC_THING: Final = re.compile(
    r"(?:['’]s)?\s+(?:Law|Act|Bill|Trust|Foundation|Hospital|School|Academy|College|University|Inquiry|Report|Review|Court|Council|Road|Street|House|Centre|Prize|Award|Fund|Campaign|Hotel|Park|Project|Programme|Service|Home|Station|Avenue|Lane|Church)\b"
)
_OFFICE: Final = re.compile(
    r"\b(?:Sgt|Sergeant|Detective|Inspector|Constable|Superintendent|Minister|Secretary|Judge|Justice|Professor|Dr|Doctor|Sir|Dame|Lord|Lady|Baroness|Commissioner|Councillor"
    r"|Officer|Director|President|Chair|Prosecutor|Manager|Reverend|Rev|Bishop|Archbishop|Coroner|Headteacher|Mr|Mrs|Ms|Miss|DC|DS|DI|DCI|PC|PS|QC|KC|MP)\.?\s+\Z"
)


def private_names(text: str) -> tuple[str, ...]:
    """The names of children and victims in `text`, as printed, each once, longest first.

    Where only a first name stands beside the telling word, it is still found in full where the full name
    stands elsewhere in the text.
    """
    found: dict[str, None] = {}
    for letters, pattern in _PATTERNS:
        if not any(part in text for part in letters):
            continue
        for match in pattern.finditer(text):
            for group in pattern.groupindex:
                name = _person(text, match, group)
                if name is not None:
                    found.setdefault(name)
    first_names = {name for name in found if " " not in name}
    if first_names:
        for match in _PAIR.finditer(text):
            if match[1] in first_names and not _is_no_name(match[2]):
                found.setdefault(f"{match[1]} {match[2]}")
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _person(text: str, match: re.Match[str], group: str) -> str | None:
    start, end = match.span(group)
    if _PUBLIC_THING.match(text, end) or _OFFICE.search(text[max(0, start - 24) : start]):
        return None
    words = match[group].split()
    while (
        words
        and _is_no_name(words[0])
        and not (
            len(words) == 1 and words[0].lower() in _ALLOWED_AS_NAMES and start and text[start - 1] != "\n"
        )
    ):
        words = words[1:]
    kept: list[str] = []
    for word in words:
        if _is_no_name(word) and not (kept and word.lower() in _ALLOWED_AS_NAMES):
            break
        kept.append(word)
    if not kept or kept[0].lower() in TITLES or (len(kept) == 1 and _wants_full(match)):
        return None
    return " ".join(kept)


def _is_no_name(word: str) -> bool:
    bare = word.lower().rstrip(".")
    return bare in _NOT_NAMES or (bare in ORGANISATION_WORDS and bare not in _ALLOWED_AS_NAMES)


def _wants_full(match: re.Match[str]) -> bool:
    """Whether the pattern promised at least two words, so that one is left over from a phrase."""
    return "{1,3}" in match.re.pattern
