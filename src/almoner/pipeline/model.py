"""The nouns of the pipeline, as frozen dataclasses. The design's table of nouns says what each one means.

Positions in text, XML and CSV are 1-based line numbers, first and last inclusive; positions in HTML are CSS
paths that `document.querySelector` takes; positions in JSON are JSON Pointers in their form for addresses
("#/items/0", RFC 6901); positions in PDF are pages counted from 1, and positions in Word files paragraphs
counted from 1, with the page where the file remembers it. Nothing here knows a database, a clock or a socket.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from almoner.lib.frozen import swift


class MediaType(StrEnum):
    """The formats that can be parsed."""

    TEXT = "text/plain"
    HTML = "text/html"
    XML = "application/xml"
    """Feeds (RSS, Atom, RDF, CDF), WordPress exports, lists of sources (OPML)."""
    JSON = "application/json"
    """JSON Feed, GOV.UK content and search results."""
    CSV = "text/csv"
    MAIL = "message/rfc822"
    """One message (.eml) or a mailbox of many (.mbox)."""
    PDF = "application/pdf"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    """Word's own format since 2007 (.docx)."""


class BlockKind(StrEnum):
    """What a block is in reading order."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    RULE = "rule"


class Role(StrEnum):
    """What a block does inside one item, as the splitter saw it."""

    LABEL = "label"
    """A section's name that stands over the title: "Question of the Week"."""
    TITLE = "title"
    METADATA = "metadata"
    """A line or element that tells about the item: source, dates, categories, who posted it."""
    BODY = "body"
    CREDIT = "credit"
    """A line that closes the item and says who it came from."""


class Kind(StrEnum):
    """What an item is."""

    NEWS = "news"
    GUIDANCE = "guidance"
    RESOURCE = "resource"
    CONSULTATION = "consultation"
    STATISTICS = "statistics"
    EVENT = "event"
    COURSE = "course"
    QUESTION = "question"
    NOTICE = "notice"


class Precision(StrEnum):
    """How much of a time was printed."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@swift
@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its source: lines of a text, a CSS path in a page, a pointer into JSON, pages of
    a PDF, paragraphs of a Word file.

    `page` and `last_page` are printed sheets counted from 1, whatever numbers stand on them.
    """

    first_line: int | None = None
    last_line: int | None = None
    css: str | None = None
    pointer: str | None = None
    page: int | None = None
    last_page: int | None = None
    paragraph: int | None = None
    last_paragraph: int | None = None

    def __str__(self) -> str:
        if self.paragraph is not None:
            return _counted("paragraph", self.paragraph, self.last_paragraph)
        if self.page is not None:
            return _counted("page", self.page, self.last_page)
        if self.first_line is None:
            return self.css or self.pointer or "somewhere"
        return _counted("line", self.first_line, self.last_line)


def _counted(name: str, first: int, last: int | None) -> str:
    return f"{name} {first}" if last in {None, first} else f"{name}s {first}–{last}"


@swift
@dataclass(frozen=True, slots=True)
class Link:
    """A link as printed. `href` is absolute where the page let us work that out, else as it stands."""

    href: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote's digit that stuck to a word: taken out of the clean text, kept here and in the original."""

    mark: str
    word: str
    place: Place


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote or endnote, set aside from the text: its mark as printed, its words, and where it stands."""

    mark: str
    text: str
    place: Place
    links: tuple[Link, ...] = ()


@swift
@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document in reading order.

    `text` is cleaned (white space folded, residue of mark-up and invisible characters gone, footnote digits
    taken out); `raw` is what stood there. `level` is a heading's rank, 1 to 6, or a list item's depth from 1.
    `gap` counts the empty lines before it in text. `datetime` is a machine-readable time that the mark-up
    gives (HTML's `<time datetime>`). `html` is the block's own mark-up, not yet sanitised; empty in text.
    `marked` is what the mark-up, or a rule for the source, calls it: "author", "published", "updated",
    "category", "source", "outlet"; empty where nothing does.
    `cells` are those of a table's row in a PDF or Word file, empty ones too, so that columns agree; their words stand
    in `text` as well, apart by bars.
    """

    kind: BlockKind
    text: str
    place: Place
    raw: str = ""
    level: int = 0
    gap: int = 0
    links: tuple[Link, ...] = ()
    footnotes: tuple[FootnoteMark, ...] = ()
    datetime: str = ""
    html: str = ""
    marked: str = ""
    cells: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Memory:
    """What was worked out of a tree, kept for the next stage that asks: `paths` (CSS) and `hrefs` by node, and the
    `blocks` of runs of nodes, None where a run shows nothing."""

    paths: dict[int, str] = field(default_factory=dict)
    hrefs: dict[int, str] = field(default_factory=dict)
    blocks: dict[tuple[int, int, int, int, bool], Block | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """A page's elements and runs of text in document order, as columns of one length.

    Node 0 is the root element. A run of text has the tag `""`. `ends[n]` is the node after n's last
    descendant; `ordinals[n]` counts n among its parent's child elements from 1, set-aside and dropped ones
    included, as CSS does. `attributes` keeps only what reading needs. `aside` are the roots of the subtrees
    that are furniture (navigation, footers, forms, hidden parts …). `base` is what links are relative to.
    """

    tags: tuple[str, ...]
    parents: tuple[int, ...]
    ends: tuple[int, ...]
    ordinals: tuple[int, ...]
    texts: tuple[str, ...]
    attributes: tuple[Mapping[str, str], ...]
    aside: frozenset[int] = frozenset()
    base: str = ""
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)


@swift
@dataclass(frozen=True, slots=True)
class When:
    """A printed time: ISO 8601 cut to its precision, the words as printed, and how it was worked out."""

    value: str
    precision: Precision
    as_printed: str
    how: str = ""


@swift
@dataclass(frozen=True, slots=True)
class Credit:
    """Who the page says an item came from, each as printed. `byline` posted it; `author` wrote it."""

    source: str | None = None
    outlet: str | None = None
    author: str | None = None
    byline: str | None = None
    as_printed: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something one can attend. `starts` and `ends` are ISO 8601, cut to what was printed."""

    title: str
    starts: str | None = None
    ends: str | None = None
    mode: str | None = None


@swift
@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that measures something.

    `value` is exact: a whole or decimal number, or for a share a fraction such as "1/8"; a fall is negative.
    `unit` is count, percent, share, multiple, or the ISO 4217 code of a currency (GBP). `approx` is the hedge as
    printed ("more than"). `of` says what kind of number it is: change, average, a rate ("per month"), or None
    for a plain level; `direction` is rise or fall. `bound` is low or high where two figures form a range.
    `counts`, `who`, `where` and `when` are words of the sentence, as printed.
    """

    value: int | float | str
    unit: str
    as_printed: str
    sentence: str
    place: Place
    approx: str | None = None
    of: str | None = None
    direction: str | None = None
    bound: str | None = None
    counts: str | None = None
    who: str | None = None
    where: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence in which a body says it will do something.

    `due_start` and `due_end` are the first and last day (ISO 8601) on which it falls due, where the words and the
    item's own date let that be worked out; `due_as_printed` are the words ("next month").
    """

    who: str | None
    what: str
    sentence: str
    place: Place
    due_start: str | None = None
    due_end: str | None = None
    due_as_printed: str | None = None


class MentionKind(StrEnum):
    """What sort of known thing a mention names."""

    ORGANISATION = "organisation"
    GUIDANCE = "guidance"
    ACT = "act"
    """An Act, an Order, a Bill, regulations or a convention."""
    PROGRAMME = "programme"
    PLACE = "place"


@swift
@dataclass(frozen=True, slots=True)
class Mention:
    """A known thing named in an item; never a private person.

    `id` is the taxonomy's own, or the ONS code of an area (its council is an organisation with the same code).
    `name` is what it is called now, `as_printed` how it was first named here, and `count` how often in all.
    `edition` is the year of the edition of a guidance document that is meant, where the words say it.
    """

    kind: MentionKind
    id: str
    name: str
    as_printed: str
    place: Place
    edition: str | None = None
    count: int = 1


@swift
@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should look at before trusting an item. Codes: `pipeline.findings.FINDINGS`."""

    code: str
    message: str
    place: Place


@swift
@dataclass(frozen=True, slots=True)
class Decision:
    """Which stage decided what, and why. `almoner read --explain` prints these."""

    stage: str
    what: str
    why: str
    place: Place | None = None


class Status(StrEnum):
    """What has become of an item, where its publisher says so outright."""

    UPCOMING = "upcoming"
    """Announced: a consultation not yet open, a release whose day stands but not its hour."""
    CONFIRMED = "confirmed"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    """A consultation whose outcome is published."""
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    REDIRECTED = "redirected"


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What a publisher says it changed, and when. `link` and `title` name the section, where it is one's."""

    note: str
    when: When | None = None
    title: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or page that belongs to an item. `size` is in bytes, `reference` the publisher's own number for it.

    A file that came inside a message has no address; its `href` names its bytes by their digest (RFC 6920).
    """

    href: str
    title: str = ""
    media_type: str | None = None
    size: int | None = None
    pages: int | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a format states under a name of its own ("delivered_on", "withdrawn_at")."""

    name: str
    when: When


@dataclass(frozen=True, slots=True)
class Stated:
    """What a structured format says of an item outright; None or empty where it does not say.

    `by` names the format for the decisions ("RSS 2.0", "the GOV.UK Content API"). Titles, names and categories
    are plain text already, `link`, `moved_to` and the other addresses absolute where that could be known;
    `html` is safe to show. `opens` and `closes` bound the time in which one can answer or take part; `effective`
    is when it comes into force or is released. `applies_to` names the nations it holds for. `stand_in` is shown
    where there is neither title nor text.
    """

    by: str
    title: str | None = None
    stand_in: str | None = None
    link: str | None = None
    id: str | None = None
    published: When | None = None
    updated: When | None = None
    added: When | None = None
    effective: When | None = None
    opens: When | None = None
    closes: When | None = None
    times: tuple[NamedTime, ...] = ()
    source: str | None = None
    outlet: str | None = None
    author: str | None = None
    credit_as_printed: str | None = None
    categories: tuple[str, ...] = ()
    summary: str | None = None
    kind: Kind | None = None
    events: tuple[Event, ...] = ()
    status: Status | None = None
    moved_to: str | None = None
    changes: tuple[ChangeNote, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    licence: str | None = None
    applies_to: tuple[str, ...] = ()
    html: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document that is an issue of a briefing: its own title, date (ISO 8601) and author."""

    title: str
    date: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an item was seen: the document as given, and the first line of it there (text)."""

    document: str
    first_line: int | None = None
    css: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes a source gave at a moment. `captured` is ISO 8601 with offset, or empty when unknown."""

    source: str
    content: bytes
    media_type: MediaType | None = None
    address: str = ""
    captured: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is known of a source and holds where its documents leave a field open.

    `time_zone` is the IANA name of the zone in which it prints hours without saying so (Europe/London).
    """

    source: str | None = None
    outlet: str | None = None
    kind: Kind | None = None
    licence: str | None = None
    language: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A snapshot as blocks in reading order.

    `metadata` holds what a page's head says (keys in lower case, as printed there: `og:title`,
    `article:published_time`, `author` …); empty for text. `tree` is a page's own structure; None for text.
    `records` are the items that a structured format keeps apart itself; empty for text and pages. `next_page`
    is the address at which a list goes on, by its format or as found in a page. `letters` are the messages of a mailbox, `attachments` the
    files in them. `listed` are the addresses that a sitemap names. `notes` are the footnotes and endnotes of a PDF or Word file, in order, which stand in no block;
    `pages` is how many pages it has, where that is known. `defaults` come from outside: no parser sets them. `passed`
    are records that were read before; `digests`, one for each of `records`, are what these can be known by next time.
    Both are empty unless asked for.
    """

    source: str
    media_type: MediaType
    blocks: tuple[Block, ...]
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    address: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    tree: Tree | None = None
    records: tuple[Cut, ...] = ()
    next_page: str | None = None
    listed: tuple[Listed, ...] = ()
    letters: tuple[Letter, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    defaults: Defaults = Defaults()
    notes: tuple[Footnote, ...] = ()
    pages: int | None = None
    digests: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that was not read, since it was read before as it stands: the digest it is known by, which of all
    records it is (from 1), where it stands, and its mark-up."""

    digest: str
    position: int
    place: Place
    markup: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The runs of text in its mark-up, names and attributes of elements among them."""
        return tuple(self.markup.replace("<", "\n").replace(">", "\n").split("\n"))


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a sitemap names: of a page, or of a further sitemap. `changed` is when that last changed, as
    printed."""

    address: str
    changed: str = ""
    is_sitemap: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a mailbox.

    `forms` is its text in each form that it came in, HTML first; at least one, which may be empty. `stated` is what its header says of it, should it be
    one item and no newsletter. `place` are its lines in the file. `to_many`: its header says that it went to a list.
    """

    forms: tuple[Document, ...]
    stated: Stated
    place: Place
    to_many: bool = False


@swift
@dataclass(frozen=True, slots=True)
class Part:
    """A block and what it does inside its item."""

    role: Role
    block: Block


@swift
@dataclass(frozen=True, slots=True)
class Cut:
    """One item as cut out of its document, before its fields are read.

    `context` are the headings above it that hold for several items (a month, a section), outermost first;
    `layout` names the shape that was recognised; `link` is the item's own address where the cut shows it;
    `stated` is what the format itself says of the item, None where all is to be read from its blocks.
    """

    parts: tuple[Part, ...]
    place: Place
    layout: str
    context: tuple[Block, ...] = ()
    link: str | None = None
    decisions: tuple[Decision, ...] = ()
    stated: Stated | None = None

    def blocks(self, *roles: Role) -> tuple[Block, ...]:
        """The blocks in these roles, in reading order."""
        return tuple([part.block for part in self.parts if part.role in roles])


@dataclass(frozen=True, slots=True)
class Splitting:
    """A document's items as cuts, and what the splitter learnt and found about the document as a whole.

    `letters` are the messages of a mailbox in the form that was chosen, each with a splitting of its own.
    """

    cuts: tuple[Cut, ...]
    title: str | None = None
    publisher: str | None = None
    briefing: Briefing | None = None
    decisions: tuple[Decision, ...] = ()
    next_page: str | None = None
    letters: tuple[tuple[Document, Splitting], ...] = ()
    findings: tuple[Finding, ...] = ()


@swift
@dataclass(frozen=True, slots=True)
class Item:
    """One record inside a document. `text` has no title, metadata or credit lines.

    `private_names` are names of children and victims that stand in it: they may be read in the text of an
    item that an editor approved, but are never indexed, suggested or put in an address. From `id` on stands
    what only structured formats state: see `Stated`.
    """

    document: str
    place: Place
    title: str
    title_is_printed: bool
    kind: Kind
    credit: Credit = field(default_factory=Credit)
    published: When | None = None
    updated: When | None = None
    added: When | None = None
    categories: tuple[str, ...] = ()
    link: str | None = None
    links: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    text: str = ""
    html: str = ""
    summary: str = ""
    publisher: str | None = None
    section: str | None = None
    briefing: Briefing | None = None
    figures: tuple[Figure, ...] = ()
    promises: tuple[Promise, ...] = ()
    mentions: tuple[Mention, ...] = ()
    footnotes: tuple[FootnoteMark, ...] = ()
    private_names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    same_as: Sighting | None = None
    decisions: tuple[Decision, ...] = ()
    id: str | None = None
    effective: When | None = None
    opens: When | None = None
    closes: When | None = None
    times: tuple[NamedTime, ...] = ()
    status: Status | None = None
    moved_to: str | None = None
    changes: tuple[ChangeNote, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    licence: str | None = None
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one snapshot. `captured` is the snapshot's."""

    document: Document
    items: tuple[Item, ...]
    captured: str = ""
    briefing: Briefing | None = None
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
