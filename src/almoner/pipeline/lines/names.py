"""Whether a phrase looks like a person's name or an organisation's: by its shape and a few telling words."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.lines import vocabulary

# Words that stand in names of bodies and outlets, and not in people's names.
ORGANISATION_WORDS: Final = vocabulary.words("""
    academy action adoption advertiser advisory advocates africa against agency alliance archdiocese army assembly
    association authority bank bbc board borough britain british bureau campaign care cathedral centre
    centres channel charities charity children christian chronicle church circle city clinic coalition
    collective college commission commissioner committee community companies company concern
    confederation congress constabulary consortium co-operative cooperative coram corporation council
    councils county courier court courts cps crown daily defence department development diocese
    directorate division echo economist education ei england english european evening examiner executive
    express families family federation fe force forum foundation fostering fund gazette global
    gmbh government group guardian guide guild health help herald home hospital house housing hub improvement
    inc independent information initiative inquiry inspectorate institute institution international ireland
    irish journal justice kids law league library limited line live london ltd magazine mail media
    mental methodist met metropolitan ministry mirror mission mps museum national nca network news
    newspaper nhs northern nspcc observatory observer office officers ofsted online organisation
    organization panel parliament partnership partners people plc plus podcast police post press prison
    probation programme project prosecution protection public radio railway recorder refuge register
    regulator report reporter research response review royal safe safeguarding school schools scotland
    scottish secretary security service services sky social society south sport sports standard
    standards star statesman scotsman spectator sun survivors support system taskforce team telegraph television theatre times today
    together trafficking training transport tribune tribunal trust trustees tv uk union united
    university voice wales watch week weekly welsh west women workers world young youth
    """)

_OFFICES: Final = vocabulary.words("""
    adviser advisor chair chairman chief consultant coordinator correspondent deputy director editor founder
    co-founder head headteacher journalist lead lecturer manager minister officer president professor reporter
    secretary solicitor spokesman spokesperson spokeswoman specialist writer
    """)
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*\.?")
_NAME_TOKEN = re.compile(r"(?:[A-ZÀ-ÞŁŚŻ][^\W\d_]*(?:[’'-][^\W\d_]+)*|[A-Z]\.?)\Z")
_PARTICLES: Final = frozenset(
    {"de", "van", "von", "der", "den", "da", "di", "la", "le", "el", "al", "bin", "ap", "ab", "y"}
)
TITLES: Final = vocabulary.words("""
    mr mrs ms miss mx dr prof professor sir dame lord lady baroness rev
    """)
_ABBREVIATION_IN_BRACKETS = re.compile(r"\s*\((?:[A-Z][A-Za-z&.]*[A-Z&][A-Za-z&.]*|[A-Z])\)\s*$")
_SMALL_WORDS: Final = frozenset(
    {"a", "against", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "into", "s"}
)
_COMMON_CAPITALISED: Final = vocabulary.words("""
    a about all an and are as at away back be by can do for from get go good great have help here how i
    if in into is it its just keep know learn let make more my need new no not of off on one our out
    over read save say see share should stay stop take tell the their them these they this to up use we
    what when where which who why will with working you your
    """)


def looks_personal(phrase: str) -> bool:
    """Whether `phrase` looks like one person's name: two to five capitalised words, none of them a body's."""
    words = phrase.split()
    if words and words[0].rstrip(".").lower() in TITLES:
        words = words[1:]
        if len(words) == 1:
            return bool(_NAME_TOKEN.match(words[0]))
    if not 2 <= len(words) <= 5 or any(map(str.isdigit, phrase)):
        return False
    named = 0
    for word in words:
        bare = word.rstrip(".").lower()
        if bare in _PARTICLES:
            continue
        if not _NAME_TOKEN.match(word) or bare in ORGANISATION_WORDS or bare in _COMMON_CAPITALISED:
            return False
        if len(bare) > 1 and word.isupper() and not phrase.isupper():
            return False
        named += 1
    return named >= 2


def looks_organisational(phrase: str) -> bool:
    """Whether `phrase` looks like a body's or outlet's name: short, and capitalised where it counts."""
    words = _TOKEN.findall(phrase)
    if not words or len(words) > 12 or looks_personal(phrase):
        return False
    telling = [word for word in words if word.lower() not in _SMALL_WORDS]
    if not telling or not all(word[0].isupper() for word in telling):
        return False
    if any(word.lower().rstrip(".") in ORGANISATION_WORDS for word in words):
        return True
    capital = [word for word in words if word[0].isupper()]
    return (
        len(words) <= 4
        and len(capital) >= len(words) - 1
        and (len(words) == 1 or words[0].lower() not in _COMMON_CAPITALISED)
    )


def names_office(phrase: str) -> bool:
    """Whether `phrase` is what somebody does rather than where: "education reporter", "Director of Inclusion"."""
    return any(word.lower() in _OFFICES for word in _TOKEN.findall(phrase)[:6])


def without_abbreviation(name: str) -> str:
    """`name` without its abbreviation in brackets and without an article: "the Home Office (HO)" is one name."""
    bare = _ABBREVIATION_IN_BRACKETS.sub("", name.strip())
    return re.sub(r"^the\s+", "", bare, flags=re.IGNORECASE).strip(" .,:;–—-|") or name.strip()
