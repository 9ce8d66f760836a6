"""What in a text speaks for a person being a child or a victim, and what against it.

Each rule looks at the words right before a name, right after it, or in what follows up to the end of the next
sentence, and has a weight: 3 settles the matter, 1 is a hint. Negative weights are for those who speak for others,
hold an office, or are accused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Final

from almoner.pipeline.lines import glance

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_AGE = rf"(?:1[0-7]|[1-9]|{_SMALL})"
_ANY_NUMBER = rf"(?:\d{{1,2}}|{_SMALL}|eighteen|nineteen|twenty)"
_CHILD = (
    r"(?:baby|boy|girl|child|toddler|infant|newborn|teenager|teen|schoolgirl|schoolboy|pupil|sixth[-\s]former|youngster|student|nursery\s+child"
    r"|(?:step|grand|god|foster[-\s])?-?(?:son|daughter|child)|nephew|niece|(?:little\s+)?(?:brother|sister)|sibling|twin)"
)
_CHILDREN = r"(?:babies|boys|girls|children|toddlers|teenagers|pupils|youngsters|sons|daughters|brothers|sisters|siblings|twins|triplets|victims|survivors)"
_HARM = (
    r"(?:murder|killing|manslaughter|deaths?|rape|abuse|assault|abduction|kidnap(?:ping)?|disappearance|torture|neglect|grooming|stabbing|shooting"
    r"|attacks?|exploitation|drowning|suicide|inquest|funeral|memory|body|remains|loss|starvation|trafficking|poisoning|force-feeding|strangulation|killers?|abusers?"
    r"|attackers?|injuries|bruises|burns|short\s+life|ventilator|grave)"
)
_HARM_DONE = (
    r"(?:murder|kill|rap|abus|stabb|strangl|abduct|kidnapp|groom|assault|neglect|tortur|poison|starv|suffocat|smother|drown|beat|harm|traffick|exploit"
    r"|attack|stalk|harass|burn|restrain|scald|imprison|shoot|punch|kick|slapp|drugg|blackmail|molest|enslav|shak|dragg|strik|batter|bully|bulli)"
)
_HARMED = (
    rf"(?:{_HARM_DONE}(?:e?d|en|t)|shot|shaken|shook|bitten|beaten|struck|hit|pushed|thrown|locked\s+(?:in|up)|tied|chained|kept|held\s+(?:captive|down)|strip-searched"
    r"|found\s+(?:dead|starved|unconscious|hanged|hanging|drowned|injured|wandering|safe|cold|with)|last\s+seen|reported\s+missing|pronounced\s+dead"
    r"|told\s+to\s+sell|made\s+to|forced\s+to|sent\s+to\s+sell|taken\s+into\s+care|let\s+down|excluded)"
)
_HARMING = rf"(?:{_HARM_DONE}(?:e?d|ing|es|s|en)?|shook|shaking|force-fed|beat|beating|stabs|killed|kills|shot|hit|hitting|struck|starves?|murders?|failed)"
_FAMILY = r"(?:mother|father|mum|mam|dad|parents?|grandparents?|grandmother|grandfather|nan|gran|stepfather|stepmother|family|guardians?|(?:foster\s+)?carers?|relatives)"
_FRAIL = r"(?:dementia|alzheimer|down['’]?s|autis|learning\s+d|disab|wheelchair|epilep|vulnerable|frail|cerebral|special\s+needs|mental\s+health)"
_OFFICE = (
    r"(?:minister|commissioner|secretary|spokes\w+|director|executive|officer|inspector|constable|superintendent|detective|chair|chairman|president|editor"
    r"|correspondent|reporter|headteacher|head|principal|teacher|coach|lecturer|professor|doctor|nurse|manager|leader|lead|lado|adviser|advisor|consultant|solicitor"
    r"|barrister|judge|coroner|prosecutor|councillor|mp|trustee|founder|ambassador|author|expert|psychologist|psychiatrist|paediatrician|researcher|partner|member"
    r"|worker|vicar|priest|bishop|archbishop|imam|rabbi|analyst|campaigner|patron|host|presenter|counsellor)"
)
_ACCUSED = (
    r"(?:den(?:y|ies|ied)|admit(?:s|ted)?|plead(?:s|ed)?|confessed|(?:was|were|is|are|has\s+been|have\s+been)\s+(?:also\s+)?(?:jailed|convicted|sentenced|arrested|charged"
    r"|found\s+guilty|dismissed|struck\s+off|banned|given\s+a|each\s+given|cautioned|remanded|accused)|must\s+serve|who\s+(?:kill|murder|abus|rap|groom)\w+|faces?\s+(?:trial|jail))"
)
_ASIDE = r"(?:,[^,.;]{1,60},)?"

_LONGEST_STEM: Final = 7

# The words without which none of the above can stand there, by what all their forms begin with (see `_stem`).
_AGES: Final = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 " + _SMALL.replace("|", " ")
_A_CHILD: Final = """
    baby boy girl child toddler infant newborn teen schoolgirl schoolboy pupil sixth youngster student nursery step
    grand godson goddaughter godchild foster son daughter nephew niece little brother sister sibling twin
    """
_SOME_CHILDREN: Final = """
    babies boys girls children toddlers teenagers pupils youngsters sons daughters brothers sisters siblings twins
    triplets victims survivors
    """
_A_HARM: Final = """
    murder killing manslaughter death rape abuse assault abduction kidnap disappearance torture neglect grooming
    stabbing shooting attack exploitation drowning suicide inquest funeral memory body remains loss starvation
    trafficking poisoning force strangulation killer abuser attacker injuries bruises burns short ventilator grave
    """
_DONE: Final = """
    murder kill rape rapd rapt rap rapi raps abuse stab strangle abduct kidnap groom assault neglect torture poison
    starve suffocate smother drown beat harm traffick exploit attack stalk harass burn restrain scald imprison shoot
    punch kick slap drug blackmail molest enslave shak drag strik batter bully bulli
    """
_SUFFERED: Final = (
    _DONE
    + """
    shot shaken shook bitten beaten struck hit pushed thrown locked tied chained kept held strip found last reported
    pronounced told made forced sent taken let excluded
    """
)
_DOES: Final = _DONE + " shook shaking force stabs shot hit hitting struck starves failed"
_KIN: Final = """
    mother father mum mam dad parent grandparent nan gran stepfather stepmother family guardian foster carer relatives
    """
_IS_FRAIL: Final = """
    dementia alzheimer down autis learning disab wheelchair epilep vulnerable frail cerebral special mental
    """
_OLD: Final = " ".join(map(str, range(75, 110)))


class At(Enum):
    """Where a rule looks."""

    BEFORE = "before"
    AFTER = "after"
    FOLLOWING = "following"
    """From the name to the end of the next sentence."""


def _stem(word: str) -> str:
    """The letters that all forms of a listed word begin with: no fewer than its head has (see `lines.glance`)."""
    return word[: glance.LENGTH] + word[glance.LENGTH : _LONGEST_STEM].rstrip("ey")


class Rule:
    """A weight for a person in whose surroundings an expression is found.

    `stems` are those of words of which one must stand there for it to be worth a look; of a negative rule none is
    asked for. The expression is compiled when it is first tried: most never are.
    """

    __slots__ = ("_look", "at", "expression", "stems", "weight")

    def __init__(self, weight: float, at: At, expression: str, words: str = "") -> None:
        self.weight = weight
        self.at = at
        self.stems = frozenset(map(_stem, glance.words(words)))
        self.expression = expression + r"\Z" if at is At.BEFORE else expression
        self._look: Callable[[str], re.Match[str] | None] | None = None

    def holds(self, text: str) -> bool:
        """Whether the expression is found in the words of the kind that it looks at."""
        if self._look is None:
            pattern = re.compile(self.expression, re.IGNORECASE)
            self._look = pattern.match if self.at is At.AFTER else pattern.search
        return self._look(text) is not None


# fmt: off
RULES: Final = (
    # six-year-old Robin; a 16-month-old boy, Sam; the seven-week-old, named in court as Sam
    Rule(3, At.BEFORE, rf"\b{_AGE}[-\s]years?[-\s]old(?:,?\s+[a-z-]+){{0,3}},?\s+", "old"),
    Rule(3, At.BEFORE, rf"\b{_ANY_NUMBER}[-\s](?:month|week|day)s?[-\s]old(?:,?\s+[a-z-]+){{0,3}},?\s+", "old"),
    Rule(2, At.BEFORE, rf"\bthe\s+{_ANY_NUMBER}[-\s](?:year|month|week|day)s?[-\s]old\b[^.;]{{0,40}}", "old"),
    # Robin, 7,; Robin, aged four; Robin (16 months); Robin, who was seven; Robin was only six
    Rule(3, At.AFTER, rf"\s*(?:,|\(|\s+aged?\b)\s*(?:(?:who\s+(?:was|is)|then|now|aged?|just|only)\s+)*{_AGE}(?:\s+years?\s+old)?(?=\s*(?:[,.;)]|\Z)|\s+(?:when|who|was|were|and|from|died|at|has|had)\b)", _AGES),
    Rule(3, At.AFTER, rf"\s*[,(]?\s*(?:aged\s+)?(?:just\s+|only\s+)?{_ANY_NUMBER}[-\s](?:month|week|day)s?\b", "month week day days"),
    Rule(3, At.AFTER, rf"\s+(?:was|is)\s+(?:(?:just|only|then|still|aged)\s+){{0,2}}{_ANY_NUMBER}\s+(?:months?|weeks?|days?)(?:\s+old)?\b", "month week day days"),
    Rule(3, At.AFTER, rf"\s+(?:was|is)\s+(?:(?:just|only|then|still|aged)\s+){{0,2}}{_AGE}\b(?=\s+(?:years?\s+old|when|and\b)|\s*(?:[.,;]|\Z))", _AGES),
    # baby Lexi; the girl, known as Ann; twins Ann and Sam; Robin, a Year 9 pupil
    Rule(3, At.BEFORE, rf"\b{_CHILD}(?:\s+of\s+{_AGE})?(?:,?\s+(?:called|named|known\s+as))?,?\s+", _A_CHILD),
    Rule(3, At.BEFORE, rf"\b{_CHILDREN}\b,?\s+(?-i:[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:,\s*(?:aged\s+)?{_AGE})?,?\s+(?:and\s+)?){{0,3}}", _SOME_CHILDREN),
    Rule(3, At.BEFORE, r"\blittle\s+", "little"),
    Rule(3, At.BEFORE, r"\b(?:boy|girl|child|baby|son|daughter)['’]s\s+name\s+(?:was|is)\s+", "name"),
    Rule(3, At.AFTER, rf",?\s+(?:an?|the|their|his|her)\s+(?:[\w-]+\s+){{0,3}}{_CHILD}\b", _A_CHILD),
    # He was six; since she was twelve; at the age of seven; the nine-year-old
    Rule(2, At.FOLLOWING, rf"\b(?:he|she|they)\s+(?:was|is|were)\s+(?:(?:just|only|then|still|aged)\s+){{0,2}}(?:{_AGE}|{_ANY_NUMBER}\s+(?:months?|weeks?))\b(?=\s+(?:years?\s+old|months?|weeks?|when|and)\b|\s*(?:[.,;]|\Z))", "he she they"),
    Rule(2, At.FOLLOWING, rf"\b(?:at\s+the\s+age\s+of|from\s+the\s+age\s+of|aged|when\s+(?:he|she)\s+was)\s+{_AGE}\b", "age aged when"),
    Rule(2, At.FOLLOWING, rf"\bthe\s+(?:{_AGE}[-\s]years?[-\s]old|{_ANY_NUMBER}[-\s]months?[-\s]old|schoolboy|schoolgirl|toddler|youngster|teenager)\b", "old school toddler youngster teenager"),
    # Robin, who was in Year 6; his foster placement; her stepfather
    Rule(3, At.AFTER, r"(?:,\s+who)?\s+(?:was|is)\s+(?:still\s+)?in\s+(?:year\s+\d|reception|nursery|foster|care\b|the\s+sixth)", "year reception nursery foster care sixth"),
    Rule(0.9, At.FOLLOWING, r"\b(?:year\s+(?:\d|1[0-3])|sixth[-\s]form\w*|(?:primary|nursery|secondary)\s+(?:school|class)|foster\s+\w+|mother['’]s\s+(?:boyfriend|partner)|(?:his|her)\s+(?:stepfather|stepmother|mum|dad))\b", "year sixth school class foster mother step mum dad"),
    # the victim, Ann Sample; murdered Ann; named as Ann; Ann, who gave up her anonymity
    Rule(3, At.BEFORE, r"\b(?:victims?|survivors?|deceased|complainant|murdered|missing|drowned)\b(?:\s+(?:of|in)\s+(?:the|this)\s+[a-z]+|(?:\s+(?!in\b|from\b|at\b|near\b|to\b)[a-z]+){0,2}),?\s+", "victim survivor deceased complainant murdered missing drowned"),
    Rule(2.2, At.BEFORE, r"\b(?:girl|boy|child|baby|victim|woman|man|teenager|pupil|died|dead|killed|she|he)\b[^.;]{0,30}\b(?:named|identified)\s+(?:[a-z]+\s+){0,2}as\s+", "named identified"),
    Rule(3, At.BEFORE, rf"\b(?:named|identified)\s+(?:the|an?)\s+[^.;]{{0,30}}\b(?:{_CHILD}|victim|woman|man)\s+as\s+", "named identified"),
    Rule(3, At.FOLLOWING, r"\banonymity\b", "anonymity"),
    # the murder of Ann; attack on Ann; Ann's death; killing Ann; he abducted Ann; Ann was killed
    Rule(2.5, At.BEFORE, rf"\b{_HARM}(?:\s+and\s+[a-z]+)?\s+(?:of|on|to|against)\s+(?:[a-z’'-]+\s+){{0,3}}", _A_HARM),
    Rule(2.2, At.AFTER, rf"['’]s?\s+(?:[a-z]+\s+)?(?:{_HARM}|life)\b", _A_HARM + " life"),
    Rule(2.5, At.BEFORE, rf"\b{_HARMING}\s+(?:(?!by\b|in\b|at\b|when\b|and\b|that\b|with\b|from\b|for\b|to\b|as\b|while\b)[a-z’'-]+\s+){{0,3}}", _DOES),
    Rule(2.5, At.AFTER, rf"{_ASIDE}(?:,?\s+who)?\s+(?:was|were|is|has\s+been|had\s+been|being)\s+(?:[a-z]+ly\s+|first\s+|then\s+|later\s+)?{_HARMED}\b", _SUFFERED),
    Rule(2.5, At.AFTER, rf",\s+{_HARMED}\s+(?:at|by|in|to|on|outside|when)\b", _SUFFERED),
    Rule(1.5, At.FOLLOWING, rf"\b(?:he|she)\s+(?:was|had\s+been)\s+{_HARMED}\b", "he she"),
    Rule(2, At.FOLLOWING, rf"\b{_HARM_DONE}\w*\s+(?:him|her)\b(?!\s+(?:partner|wife|husband|son|daughter|child|baby|pupil|victim|girlfriend))", "him her"),
    # Ann died; Ann went missing; Ann weighed two stone; police found Ann
    Rule(2, At.AFTER, rf"{_ASIDE}(?:,?\s+who)?\s+(?:had\s+|later\s+|has\s+)?(?:died|drowned|choked|vanished|disappeared|went\s+missing|ran\s+away|weighed|lay\s+dead|disclosed|suffered|sustained|(?:took|lost)\s+(?:his|her|their)\s+(?:own\s+)?life)\b", "died drowned choked vanished disappeared went ran weighed lay disclosed suffered sustained took lost"),
    Rule(2, At.AFTER, r"\s+(?:had|has)\s+(?:[a-z]+\s+)?(?:fractur|bruis|burns|injur|not\s+been\s+seen|\w+\s+broken|stopped\s+(?:coming|breathing))", "fracture bruise burns injury not broken stopped"),
    Rule(1, At.FOLLOWING, r"\bwas\s+dead\b", "dead"),
    Rule(1, At.BEFORE, r"\b(?:last\s+saw|found|discovered|rescued|seen|why)\s+", "last found discovered rescued seen why"),
    Rule(2, At.BEFORE, r"\b(?:called|named|christened)\s+(?:him|her|the\s+(?:boy|girl|child|baby))\s+", "called named christened"),
    Rule(2, At.BEFORE, r"\b(?:done|happened)\s+to\s+(?:little\s+|young\s+)?", "done happened"),
    Rule(2, At.BEFORE, r"\b(?:away\s+from|lay\s+dead)\s+", "away dead"),
    # the mother of Robin; Robin's parents; tributes to Robin
    Rule(3, At.BEFORE, rf"\b{_FAMILY}\s+(?:of|to)\s+(?:(?!two\b|three\b|four\b|five\b|six\b)[a-z-]+\s+){{0,2}}", _KIN),
    Rule(2, At.AFTER, rf"['’]s?\s+{_FAMILY}\b", _KIN),
    Rule(1.2, At.AFTER, r"['’]s?\s+(?:headteacher|teacher|school|form\s+tutor|social\s+worker)\b", "head teacher school form social"),
    Rule(2, At.BEFORE, r"\b(?:tributes?|candles|vigil|flowers|justice)\b[^.;]{0,60}\b(?:to|for|of)\b[^.;]{0,30}?\s", "tribute candles vigil flowers justice"),
    # Ann, 84,; Ann, who has dementia; resident Ann
    Rule(2, At.AFTER, r"\s*,\s*(?:aged\s+)?(?:7[5-9]|8\d|9\d|10\d)\b", _OLD),
    Rule(2.2, At.AFTER, rf"\s*,\s+(?:\d{{2}},\s+)?(?:an?|who(?:\s+(?:has|had|is|was|uses))?)\s+(?:[a-z’']+\s+){{0,5}}{_FRAIL}", _IS_FRAIL),
    Rule(1.2, At.FOLLOWING, rf"\b(?:{_FRAIL}|pressure\s+sores|pushed\s+over|lost\s+£[\d,]+)", _IS_FRAIL + " pressure pushed lost"),
    Rule(1.5, At.BEFORE, r"\b(?:pensioner|patient|resident|widow|widower|tenant|service\s+user|great-grandmother|great-grandfather),?\s+", "pensioner patient resident widow tenant service great"),
    # Sam stabbed Ann: who does the harm
    Rule(-3, At.AFTER, rf"{_ASIDE}\s+(?:had\s+|then\s+|later\s+)?(?!drown|starv|suffocat|shook\s+(?:his|her)\s+head){_HARM_DONE}(?:e?d|en|t)\b"),
    # Dr Ann; Ann, the minister; Ann MP; Ann said; Ann, 34, was jailed; the trial of Ann; Ann, 34
    Rule(-5, At.BEFORE, rf"\b(?:{_OFFICE}|dr|sir|dame|lord|lady|baroness|rev|reverend|father|sgt|pc|dc|ds|di|dci|ps|ch\s?insp|pope|prince|princess|king|queen|senator|professor|prof|cllr|st|storm|operation),?\.?\s+(?:justice\s+)?"),
    Rule(-1, At.BEFORE, r"\b(?:mr|mrs|ms|miss)\.?\s+"),
    Rule(-3, At.AFTER, rf"\s*(?:,|\()\s*(?:\d{{2}},\s+)?(?!an?\s+retired)(?:(?:the|an?|then|former|our|their|its|who\s+is|of)\s+)*(?:[\w’'-]+\s+){{0,5}}{_OFFICE}\b"),
    Rule(-3, At.AFTER, r"\s+(?-i:MP|QC|KC|MBE|OBE|CBE)\b"),
    Rule(-1, At.AFTER, rf"{_ASIDE}\s+(?:said|says|told(?!\s+(?:the|a|her|his)\s+(?:court|jury|inquiry|judge|police|hearing|panel|friend|form))|tells|added|explain(?:s|ed)|welcom(?:es|ed)|asked|warned|called|thanked|wrote|leads?|led|looks?|looked|spoke|speaks|launched|presents?)\b"),
    Rule(-4, At.AFTER, rf"(?:\s*,\s*(?:(?:aged\s+)?\d{{2}}|both\s+\d{{2}}))?{_ASIDE},?[^.;]{{0,40}}?\s{_ACCUSED}\b"),
    Rule(-4, At.BEFORE, r"(?<!of\sthe\s)\b(?:defendants?|accused|offender|killer|murderer|rapist|paedophile|abuser|suspect|gang\s+leader|trial\s+of|case\s+against|convicted|conviction\s+of|panel\s+named\s+as)\b[^.;]{0,20}\s"),
    Rule(-0.5, At.AFTER, r"\s*,\s*(?:aged\s+)?(?:1[89]|[2-6]\d|7[0-4])\b"),
)
# fmt: on
PLACE: Final = frozenset({"in", "from", "at", "near", "around", "outside", "across"})
THING: Final = frozenset(
    {"the", "a", "an", "some", "many", "most", "all", "both", "several", "other", *_SMALL.split("|")}
)
"""Words that stand before a thing or a people and not before a person: "the Titanic", "two Israelis"; as does any
number of up to three digits."""
NOUN: Final = re.compile(
    r"\s+(?!(?:was|were|is|are|has|had|and|or|who|whose|when|where|while|after|before|as|at|in|on|by|to|with|from|for|of|that|because|since"
    r"|until|without|died|went|took|did|does|would|could|should|will|may|might|must|not|then|later|himself|herself|told|said|says|came|left"
    r"|became|lay|got|ran|felt|began)\b)(?![a-z]+ed\b)[a-z]+"
)
"""A noun behind a word with a capital makes an adjective of it: "Canadian woman"."""
PUBLIC_THING: Final = re.compile(
    r"(?:['’]s?)?\s+(?:Law|Act|Bill|Trust|Foundation|Hospital|School|Academy|College|University|Inquiry|Report|Review|Court|Council|Road|Street|House|Centre|Prize"
    r"|Award|Fund|Campaign|Hotel|Park|Project|Programme|Service|Home|Station|Avenue|Lane|Church|Hospice|Wing|Building|Day|Scandal|Case|scandal|case)\b"
)
