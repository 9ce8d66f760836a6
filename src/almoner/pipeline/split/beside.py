"""What stands beside an article: who wrote it and when, as its page marks it up or prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from almoner.pipeline.lines import continental
from almoner.pipeline.lines.names import looks_personal
from almoner.pipeline.model import Block, BlockKind, Link, Part, Place, Role
from almoner.pipeline.page.elements import BLOCKS
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.groups import Span
from almoner.pipeline.split.shapes import DATE

_AUTHOR = re.compile(
    r"(?<![a-z])(?:author-?names?|author|autor|byline|by-line|by-author|writer|contributor|reporter|redakteur|verfasser|posted-by|signature|credits?-name)s?(?![a-rt-z])"
)
_NAME = re.compile(
    r"(?<![a-z])(?:author-?name|authorname|fn|vcard|byline|by-author|entry-author|post-author)(?![a-z])"
)
_NO_AUTHOR = re.compile(
    r"bio|box|avatar|image|img|photo|about|description|related|comment|widget|share|social|follow|date|time|job|role|title"
)
_DATED = re.compile(
    r"(?<![a-z])(?:date|time|datum|published|pubdate|posted|posted-on|entry-date|post-date|timestamp|created|issued)(?![a-z])"
)
_UPDATED = re.compile(
    r"updat|modif|edited|revised|reviewed|aktualisi|geändert|zuletzt|actualis|mis-a-jour|mis à jour|aggiorn",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|issued|released|veröffentlich|erstellt|erschienen|stand\b|vom\b|pubbl|posté|created|date\b|datum",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?<![a-z])comment|reply|pinglist|tweet")
_OTHERS = re.compile(r"recent|related|teaser|widget|sidebar|similar|popular|(?<![a-z])more-|also-")
_BY = re.compile(
    r"\A(?:(?:view\s+all\s+posts|all\s+posts|alle\s+beiträge|more|mehr|written|posted|published|reported|geschrieben|verfasst|veröffentlicht|erstellt|text"
    r"|(?:(?:ein|eine)\s+)?(?:blog[\s-]?)?(?:artikel|beitrag|kommentar|gastbeitrag|bericht|interview|article|story|report|words|photos?)|publié|escrito)\s*:?\s+)?"
    r"(?:(?:by|von|par|por|di|autor(?:in)?(?:/in)?|author|text|words)\b\s*:?\s+|(?:interview|reportage|protokoll|fotos?)\s*:\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:autor(?:in)?(?:/in)?|authors?|by|von|par|por|written by|text)\s*:?", re.IGNORECASE)
_AGENCY = re.compile(r"[a-z]{2,5}(?:/[a-z]{2,6})+|dpa|afp|reuters|ap|apa|sda|pa", re.IGNORECASE)
_STUCK = re.compile(r"\A(?:By|BY|Von|Par|Por)(?=[A-Z])")
_MORE_OF = re.compile(
    r"(?:alles?|all|view|more|mehr|weitere|read|see|zur|zum|about|über|other)\b", re.IGNORECASE
)
"""What links to an author's other pages begin with."""
_HANDLE = re.compile(r"\s*@\w+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINS = re.compile(r"\b(?:and|und|y|et|e|en|och|i|by|von|par|por)\b|[,;&/|•·:]", re.IGNORECASE)
_AGENCY_LINE = re.compile(r"[^\W\d_][^()]{1,40}\((?P<agency>[^()]{2,12})\)\s*[–—-]")
_CLOSING = re.compile(r"\((?P<name>[^()]{2,60})\)\W*\Z")
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+")
_PERSON_PAGE = re.compile(
    r"author|autor|people|person|profile?|team|staff|writer|redakt|contributor|journalist", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_DEGREES = re.compile(r",\s*[A-Z][A-Za-z]*\.?[A-Z]\w*\.?\Z")
"""What stands after a name: "PhD", "MSc", "M.D."."""
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|\b(?:19|20)\d\d\s+by)[\s\d©,–-]*(?:\(c\)[\s\d–-]*)?(?:by\s+)?(?P<name>[A-ZÀ-ÞŁŚŻ][\w’'-]+(?:\s+[A-ZÀ-ÞŁŚŻ][\w’'.-]*){1,3})\s*(?:[.|•·,]|\Z)",
    re.IGNORECASE,
)
_NAME_ONLY = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}")
_PARTICLE: Final = frozenset(
    {"von", "van", "de", "der", "den", "di", "da", "la", "le", "und", "and", "et", "y", "al", "el", "zu"}
)
_TAIL = re.compile(
    r"\s*(?:[|•·/,;:–—-]|\b(?:am|on|le|el|il|um|at|in|veröffentlicht|posted|published|updated|actualizado|aktualisiert|kommentare?|comments?)\b)\s*.*\Z",
    re.IGNORECASE | re.DOTALL,
)
_NOBODY: Final = frozenset(
    {
        "admin",
        "administrator",
        "author",
        "autor",
        "von",
        "by",
        "por",
        "par",
        "wordpressadmin",
        "root",
        "user",
        "guest",
        "gast",
        "view",
        "warning",
        "stand",
        "google scholar",
    }
)
SURE: Final = 1.4
"""What a date must be worth to be taken for the article's."""
POOR: Final = 0.4
"""What it must be worth where it opens the text and the page gives no other."""
_OPENING: Final = 20
MAX_NAME: Final = 70
_DIGIT = re.compile(r"\d")
_DATELINE = re.compile(
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\s*[–—:-]"
    r"|\(\d{1,2}\.?\s?(?:\d{1,2}\.\s?|[^\W\d_]{3,12}\.?,?\s)\d{4}\)|\([^\W\d_]{3,12}\s\d{1,2},?\s\d{4}\)"
)
"""A date that opens the text: "12.03.2020 – The council …", "(12 March 2020) The council …"."""
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")
_DATE_LABEL = re.compile(
    r"\W*(?:date|datum|datums?|data|fecha|published|publication date|posted|issued|released|veröffentlich(?:t|ung)|erschienen|erstellt"
    r"|publié|publicado|pubblicato|opublikowano)(?:\s+(?:on|am|le|el|il))?\s*:?\s*",
    re.IGNORECASE,
)
"""What stands before a date in an element or a line of its own: "Published: "."""
MAX_NAMES: Final = 5
MANY_WORDS: Final = 16
SENTENCE: Final = 9
"""So many words, or so many that end as a sentence does, are more than a line about the article."""
_AROUND: Final = 90
MOST_PIECES: Final = 16
LONGEST_PIECED: Final = 100
"""Nodes and characters of an element that holds nothing but a date in pieces."""
_BRIEF: Final = 100
"""A line that says when the page was last changed says little else."""
_BELOW: Final = 6
"""So few nodes after the headline is beside it, wherever the running text is thought to begin."""
_AFTER: Final = 60


@dataclass(frozen=True, slots=True)
class _Found:
    worth: float
    start: int
    stop: int
    text: str
    marked: str
    kind: str = ""
    moment: str = ""


def beside(
    view: PageView,
    container: int,
    title: int,
    first: int,
    last: int,
    said: str,
    persons: Sequence[str] = (),
    site: str = "",
    *,
    says_author: bool = False,
) -> list[tuple[Part, Span]]:
    """The lines about the article, each with the nodes it stands in: its date and its authors.

    `title` is the headline's node or -1; `first` and `last` are where the running text begins and ends; `said`
    is the day of publication (ISO 8601) that the page's head gives, or ""; `persons` are those whom it names as
    authors, `says_author` whether it names anybody at all; `site` is the site's own name, which stands for an author only where no person does.
    """
    anchor = title if title >= 0 else max(container, first - _AROUND)
    start = max(0, min(anchor, first) - _AROUND)
    inside = (start, min(len(view.tags), max(last, first) + _AFTER))
    found = []
    published = _best_date(_dates(view, inside, anchor, first, last), said)
    if published is None and not said:
        elsewhere = list(_dates(view, (0, len(view.tags)), anchor, first, last))
        published = _best_date((one for one in elsewhere if one.kind == "marked"), said) or _best_date(
            (
                one
                for one in elsewhere
                if one.kind != "told" and (anchor <= one.start <= first + _OPENING or one.start >= last - 1)
            ),
            said,
            POOR,
        )
        if published is None:
            published = next((one for one in elsewhere if one.kind == "changed"), None)
    if published is not None:
        found.append(published)
    dated = published.start if published is not None else -1
    candidates = [
        *_authors(view, inside, anchor, first, last, dated),
        *_beside_date(view, published),
        *_in_brackets(view, first, last),
    ]
    authors = sorted(candidates, key=lambda one: (one.text.lower() == site.lower(), -one.worth))
    if persons:
        found.extend(_confirmed(authors, persons))
    elif authors and authors[0].worth >= 1.5:
        found.extend(_together(authors))
    elif not says_author and (owner := _owner(view, last)):
        found.append(owner)
    return [(Part(Role.METADATA, _block(view, one)), (one.start, one.stop)) for one in found]


def _confirmed(authors: Sequence[_Found], persons: Sequence[str]) -> Iterator[_Found]:
    """The persons whom the page's head names, each as the page prints him where it does and from the head where not."""
    names = [_words(person) for person in persons]
    given: set[int] = set()
    for person, words in zip(persons, names, strict=True):
        printed = next((one for one in authors if _is_same(_words(one.text), words)), None)
        if printed is None:
            yield _Found(0.0, 0, 0, person, "author", "head")
            continue
        if printed.start in given:
            continue
        given.add(printed.start)
        held = [name for name in names if _is_same(_words(printed.text), name)]
        more = len(_words(_JOINS.sub(" ", printed.text))) > sum(map(len, held))
        yield replace(printed, text=person) if more and not _DEGREES.search(printed.text) else printed


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def _is_same(some: list[str], other: list[str]) -> bool:
    """Whether two spellings are one person's: all words of the shorter one in the longer, the first name perhaps as its
    first letter alone."""
    shorter, longer = sorted((some, other), key=len)
    if len(shorter) < 2 or shorter[-1] not in longer:
        return False
    return all(
        word in longer or (len(word) == 1 and any(full.startswith(word) for full in longer))
        for word in shorter
    )


def _owner(view: PageView, last: int) -> _Found | None:
    """The person whose site it is, by the copyright line below the text."""
    for node in range(last, len(view.tags)):
        text = view.texts[node]
        match = _COPYRIGHT.search(text) if not view.tags[node] and len(text) < 200 else None
        if match is not None and looks_personal(match["name"]):
            return _Found(0.0, node, node, match["name"], "author", "owner")
    return None


def _beside_date(view: PageView, published: _Found | None) -> Iterator[_Found]:
    """A person named on the date's own line: "04.02.2022 | 13:10 | Alice Sample"."""
    if published is None:
        return
    node = published.start
    while node > 0 and view.tags[node] not in BLOCKS:
        node = view.parents[node]
    line = view.text(node)
    if len(line) > 120:
        return
    for piece in _PIECES.split(line):
        if looks_personal(piece.strip()):
            yield _Found(1.6, node, published.start, piece.strip(), "author", "line")


def _in_brackets(view: PageView, first: int, last: int) -> Iterator[_Found]:
    """An agency after the place that opens the text, or a person in the brackets that close it."""
    texts = view.texts
    for node in range(first, min(first + 8, last, len(texts))):
        opening = _AGENCY_LINE.match(" ".join(texts[node][:80].split()))
        if opening is not None and _AGENCY.fullmatch(opening["agency"]):
            yield _Found(1.5, node, node, opening["agency"], "author", "brackets")
    for node in range(max(first, last - 1), min(last + 3, len(texts))):
        closing = _CLOSING.search(texts[node][-MAX_NAME:])
        if closing is not None and (looks_personal(closing["name"]) or _AGENCY.fullmatch(closing["name"])):
            yield _Found(1.5, node, node, closing["name"], "author", "brackets")


def _best_date(candidates: Iterable[_Found], said: str, worth: float = SURE) -> _Found | None:
    """The likeliest date; where the page's head gives one, that which agrees with it (a day apart: time zones)."""
    best: _Found | None = None
    for one in candidates:
        if said and not one.moment:
            # in figures alone: which comes first, day or month, the head knows better
            one = replace(one, moment=_in_figures(one.text, said))
            if not one.moment:
                continue
        agrees = said and _days_apart(one.moment, said) <= 1
        value = one.worth + (4.0 if agrees else -3.0 if said else 0.0)
        if value > worth or (best is None and value == worth):
            best, worth = one, value
    return best


def _in_figures(text: str, said: str) -> str:
    """A date in figures alone as the day (ISO 8601) within a day of what the head says, whichever number is the
    month; "" where neither way agrees."""
    match = _FIGURES.search(text)
    if match is None:
        return ""
    left, right, year = match.groups()
    ways = (f"{year}-{month:0>2}-{day:0>2}" for day, month in ((left, right), (right, left)))
    return next((way for way in ways if _days_apart(way, said) <= 1), "")


def _days_apart(some: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(some[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 99


def _together(authors: list[_Found]) -> Iterator[_Found]:
    """The best author, and those who stand beside him in the same way."""
    best = authors[0]
    names: list[str] = []
    for one in sorted(authors, key=lambda one: one.start):
        alike = (
            one.kind == best.kind
            and looks_personal(one.text) == looks_personal(best.text)
            and one.worth >= best.worth - 0.6
            and abs(one.start - best.start) < 60
        )
        if alike and one.text.lower() not in " ".join(names).lower() and len(names) < MAX_NAMES:
            names.append(one.text)
            yield one


def _dates(view: PageView, inside: Span, anchor: int, first: int, last: int) -> Iterator[_Found]:
    tags, ends, attributes = view.tags, view.ends, view.attributes
    until = -1
    before = text = ""
    for node in range(*inside):
        if node < until:
            continue
        tag = tags[node]
        given = attributes[node]
        before = text or before
        text = prop = moment = ""
        stop = ends[node]
        if not tag:
            if _DIGIT.search(view.texts[node]) is None:
                text = view.texts[node][:40].strip()  # perhaps the label of the date that follows
                continue
            text = " ".join(view.texts[node].split())
            if _is_told(text):
                stop = node  # its words stay in the text
            if len(text) > 200:
                text = text[:200] if (node <= first or _DATELINE.match(text)) else ""
            if len(text) < 6:
                continue
        elif tag == "time" or "itemprop" in given:
            prop = given.get("itemprop", "").lower()
            if tag != "time" and prop not in {"datepublished", "datecreated", "datemodified"}:
                continue
            moment = given.get("datetime", "") or (given.get("content", "") if prop else "")
            text = view.text(node)
            until = ends[node]
        elif _is_pieced(view, node):
            text = view.text(node)
            until = ends[node]
        else:
            continue
        printed = continental.first(text)
        match = DATE.search(text)
        if printed is None and match is None and not moment:
            continue
        named = _names_around(view, node, 3)
        worth = 0.0
        if prop == "datepublished" or "pubdate" in given:
            worth += 4
        elif tag == "time":
            worth += 1.5
        if _DATED.search(named):
            worth += 1.5
        around = f"{text[:60]} {named}"
        at = printed[1] if printed is not None else match.start() if match is not None else 0
        short = len(text) <= 60
        if short:
            worth += 0.7
        elif at > 40:
            continue
        says_so = _PUBLISHED.search(text[: at + 1]) and len(text[:at].split()) <= 3
        if says_so or _DATE_LABEL.fullmatch(before):
            worth += 1
        updated = prop == "datemodified" or _UPDATED.search(around) is not None
        if updated and not _PUBLISHED.search(text):
            worth -= 2
        if len(text) - (printed[2] - printed[1] if printed is not None else 0) <= 12:
            worth += 0.6
        if len(text[:at].split()) > 4:
            worth -= 1.2
        elif not short and _DATELINE.match(text):
            worth += 1.5
        if node >= last and _in_link(view, node):
            worth -= 1.5  # a list of other stories below this one
        if _COMMENT.search(named) or (not anchor - 10 <= node <= first + 3 and _OTHERS.search(named)):
            worth -= 3
        worth += _nearness(node, anchor, first, last)
        marked = tag == "time" or prop or _DATED.search(named)
        text = text if short else text[: (printed[2] if printed else match.end() if match else 60)]
        yield _Found(
            worth,
            node,
            stop,
            text,
            "updated" if updated and worth < 3 else "published",
            _date_kind(text[:at], marked=bool(marked) and short, brief=len(text) <= _BRIEF),
            printed[0] if printed else moment,
        )


def _is_pieced(view: PageView, node: int) -> bool:
    """Whether an element holds a date in pieces, each in an element of its own: a day over its month and year."""
    stop = view.ends[node]
    if not 4 <= stop - node <= MOST_PIECES or view.tags[node + 1 : stop].count("") < 2:
        return False
    pieces = [text for text in view.texts[node + 1 : stop] if text]
    if sum(map(len, pieces)) > LONGEST_PIECED or not any(map(_DIGIT.search, pieces)):
        return False
    return continental.first(view.text(node)) is not None and not any(map(continental.first, pieces))


def _is_told(line: str) -> bool:
    """Whether a line with a date is a sentence that tells something, and not only when the article was published."""
    words = line.count(" ") + 1
    return words > MANY_WORDS or (words >= SENTENCE and line.endswith((".", "!", "?")))


def _date_kind(before: str, *, marked: bool, brief: bool) -> str:
    """ "marked" by its element, "changed" by what it prints, "told" in a sentence, or ""."""
    if marked:
        return "marked"
    if brief and _UPDATED.search(before):
        return "changed"
    return "told" if len(before.split()) > 4 else ""


def _in_link(view: PageView, node: int) -> bool:
    above = view.parents[node]
    return "a" in {view.tags[above], view.tags[max(0, view.parents[above])]}


def _nearness(node: int, anchor: int, first: int, last: int) -> float:
    if anchor <= node <= max(first, anchor + _BELOW):
        return 2.0
    if node < anchor:
        return 1.0 - (anchor - node) / _AROUND
    if node <= first + 20:
        return 1.0
    return 0.4 if node >= last else -0.5


def _authors(
    view: PageView, inside: Span, anchor: int, first: int, last: int, dated: int
) -> Iterator[_Found]:
    tags, ends, attributes = view.tags, view.ends, view.attributes
    before = ""
    for node in range(*inside):
        tag = tags[node]
        given = attributes[node]
        stop = ends[node]
        if tag:
            worth = _author_marks(given) if given else 2.4 if tag == "byline" else 0.0
            if worth <= 0:
                continue
            kind = f"{tag}.{given.get('class', '')}.{given.get('rel', '')}{given.get('itemprop', '')}"
            names = _inner_names(view, node)
            if worth <= 1.0:
                if not any(map(looks_personal, names)):
                    continue
                worth = 1.6
            text = _printed(view.text(node), names)
        else:
            text = " ".join(view.texts[node].split())
            label, before = before, text or before
            if not 3 < len(text) <= 90:
                continue
            if _LABEL.fullmatch(label) is not None and (
                _looks_named(text) or (" " not in text and _links_to_person(view, node))
            ):
                worth, kind = 1.9, "label"
            elif _BY.match(text) is not None and (node <= first + 30 or node >= last):
                worth, kind = (1.8 if stop == ends[view.parents[node]] else 1.2), "by"
            elif looks_personal(text) and (
                _links_to_person(view, node) or (dated >= 0 and abs(node - dated) <= 8) or node >= last - 1
            ):
                worth, kind = 0.9, "name"
            else:
                continue
        around = _names_around(view, node, 3)
        if _COMMENT.search(around) or (not anchor <= node <= first + 3 and _OTHERS.search(around)):
            worth -= 1.5
        name = _name(text)
        if not name or (kind == "by" and not _looks_named(name)):
            continue
        yield _Found(worth + 0.6 * _nearness(node, anchor, first, last), node, stop, name, "author", kind)


def _inner_names(view: PageView, node: int) -> list[str]:
    """The names within an author's box, where elements hold them alone."""
    named: list[str] = []
    linked: list[str] = []
    until = -1
    for inner in range(node + 1, min(view.ends[node], node + 60)):
        tag, given = view.tags[inner], view.attributes[inner]
        if not tag or inner < until:
            continue
        plain = given.get("class", "").lower().replace("_", "-")
        if given.get("itemprop") == "name" or _NAME.search(plain) or plain in {"name", "nome", "fullname"}:
            named.append(view.text(inner))
            until = view.ends[inner]
        elif tag in {"a", "h3", "h4", "strong", "b"} and looks_personal(view.text(inner)):
            if _MORE_OF.match(view.text(inner)) is None:
                linked.append(view.text(inner))
            until = view.ends[inner]
    return list(dict.fromkeys(name for name in (named or linked) if name))[:MAX_NAMES]


def _printed(text: str, names: list[str]) -> str:
    """The names as the box prints them, where it holds little else; else the names alone."""
    rest = text
    for name in names:
        rest = rest.replace(name, "", 1)
    rest = _BY.sub("", f"{rest.strip()} ")
    return text if not names or not _JOINS.sub("", rest).strip() else ", ".join(names)


def _links_to_person(view: PageView, node: int) -> bool:
    above = node
    for _ in range(3):
        above = view.parents[above]
        if above < 0:
            return False
        if view.tags[above] == "a":
            return _PERSON_PAGE.search(view.attributes[above].get("href", "")) is not None
    return False


def _author_marks(given: Mapping[str, str]) -> float:
    if "rel" in given and "author" in given["rel"].lower().split():
        return 3.0
    if "itemprop" in given and given["itemprop"].lower() in {"author", "creator"}:
        return 2.6
    names = f"{given.get('class', '')} {given.get('id', '')}"
    return _author_named(names) if len(names) > 1 else 0.0


@lru_cache(maxsize=4096)
def _author_named(names: str) -> float:
    """The same by an element's class names and id: on most pages a few, again and again."""
    named = _CAMEL.sub("-", names).lower().replace("_", "-")
    if _AUTHOR.search(named):
        if _NO_AUTHOR.search(named):
            return 1.0
        return 2.4 if _NAME.search(named) else 1.9
    return 0.0


def _name(text: str) -> str:
    """The name in a line about the author, without "by", dates and what follows; "" if there is none."""
    text = _STUCK.sub("", text)
    text = _HANDLE.sub("", _BY.sub("", " ".join(text.split()), count=1))
    text = _BY.sub("", text, count=1)
    printed = continental.first(text)
    if printed is not None:
        text = text[: printed[1]] if printed[1] > 2 else text[printed[2] :]
    match = DATE.search(text)
    if match is not None:
        text = text[: match.start()] if match.start() > 2 else text[match.end() :]
    text = text.strip(" |•·/,;:–—-()[]\t")
    several = [piece.strip() for piece in _JOINS.split(text) if piece.strip()]
    if (len(text) > 40 and not all(map(looks_personal, several))) or re.search(
        r"\s(?:am|on|le|el|um|at)\Z|[|•·]|\b(?:published|veröffentlicht|posted|kommentare?|comments?)\b",
        text,
        re.IGNORECASE,
    ):
        text = _TAIL.sub("", text).strip(" |•·/,;:–—-")
    if _UPDATED.match(text):
        return ""
    if not text or len(text) > MAX_NAME or text.lower() in _NOBODY or "@" in text or "http" in text:
        return ""
    words = text.split()
    if len(words) > 1 and (_DIGIT.search(text) is not None or "www." in text):
        return ""  # how long it takes to read, or whose software it is
    if len(words) > 2 and sum(word[0].islower() and word not in _PARTICLE for word in words) > 1:
        return ""
    if text.endswith((".", "!", "?", ":")) and len(text.split()) > 5:
        return ""
    return text if any(map(str.isalpha, text)) else ""


def _looks_named(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 6
        and _NAME_ONLY.match(name) is not None
        and all(word[0].isupper() or word.lower() in _PARTICLE for word in words)
    )


def _names_around(view: PageView, node: int, depth: int) -> str:
    """The classes of an element and the next ones around it."""
    found = []
    while node > 0 and depth >= 0:
        given = view.attributes[node]
        if given:
            found.append(given.get("class", ""))
            found.append(given.get("id", ""))
        node = view.parents[node]
        depth -= 1
    return " ".join(found).lower().replace("_", "-")


def _block(view: PageView, one: _Found) -> Block:
    if one.kind == "head":
        return Block(BlockKind.PARAGRAPH, one.text, Place(css="html > head"), raw=one.text, marked=one.marked)
    links: tuple[Link, ...] = ()
    if view.tags[one.start] == "a" and view.href(one.start):
        links = (Link(view.href(one.start), one.text),)
    return Block(
        BlockKind.PARAGRAPH,
        one.text,
        Place(css=view.css(one.start)),
        raw=view.text(one.start),
        links=links,
        datetime=one.moment,
        marked=one.marked,
    )
