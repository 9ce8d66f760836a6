"""PDF → Document. Runs in a child process (`parse.apart`); pure otherwise.

file → pages (pieces of lines) → tables · running heads · contents → columns → footnotes → paragraphs → headings
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from almoner.pipeline.errors import Malformed, NoWords, TooLarge
from almoner.pipeline.findings import finding
from almoner.pipeline.model import Decision, Document, Finding, Footnote, MediaType, Place
from almoner.pipeline.parse import properties
from almoner.pipeline.parse.pdf import blocks
from almoner.pipeline.parse.pdf.columns import Flow, as_row, flows
from almoner.pipeline.parse.pdf.contents import without_contents
from almoner.pipeline.parse.pdf.file import STAGE, File
from almoner.pipeline.parse.pdf.footnotes import set_aside
from almoner.pipeline.parse.pdf.headings import Headings
from almoner.pipeline.parse.pdf.lines import Piece, Sheet
from almoner.pipeline.parse.pdf.page import read_page
from almoner.pipeline.parse.pdf.paragraphs import Paragraph, Setting, joined, paragraphs
from almoner.pipeline.parse.pdf.repeats import without_repeats
from almoner.pipeline.parse.pdf.tables import Table, ruled_tables, within
from almoner.pipeline.parse.pdf.wording import Wording

MAX_LETTERS: Final = 12_000_000
"""Of a document: four times the Bible. More is text that was made to be long."""
MAX_SIDE: Final = 200_000.0
"""Points; 70 metres. A sheet may measure 200 inches (ISO 32000-1, annex C)."""
FEW_LETTERS: Final = 8
"""Letters on a page with pictures that make it a picture of a page: a stamp, a page number."""
UNKNOWN: Final = 0.03
"""The share of letters without a meaning from which on an editor should look."""


@dataclass(slots=True)
class _Notes:
    findings: list[Finding] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def find(self, code: str, message: str, page: int | None = None) -> None:
        self.findings.append(finding(code, message, Place(page=page)))

    def decide(self, what: str, why: str) -> None:
        self.decisions.append(Decision(STAGE, what, why))


def read_pdf(content: bytes) -> Document:
    """Read a PDF file: its words in reading order, without what is repeated on every page.

    Raises `Locked`, `Malformed` and `TooLarge` as `File` does, and `NoWords` for a scan.
    """
    notes = _Notes()
    file = File(content)
    if b"%%EOF" not in content[-2_048:]:
        notes.find("text_cut", "The file is cut off: its end is missing. What could be had of it was read.")
    try:
        metadata, bookmarks, language = file.metadata(), file.bookmarks(), file.language()
        sheets = _sheets(file, notes)
    finally:
        file.close()
    _check_words(sheets, file.pages, notes)
    tables = [ruled_tables(sheet) for sheet in sheets]
    fixed = [within(found) for found in tables]
    repeated = without_repeats(sheets, fixed)
    if repeated:
        notes.decide(
            f"{len(repeated)} running heads and feet set aside",
            f"they repeat: {'; '.join(repeated[:5])}"[:300],
        )
    contents, listed = without_contents(sheets, fixed)
    if contents:
        where = ", ".join(map(str, contents))
        notes.decide(
            f"a list of contents set aside (page {where})", f"{len(listed)} titles with rising numbers"
        )
    wording = Wording(piece.text for sheet in sheets for piece in sheet.pieces)
    laid = [flows(_with_tables(sheet, found)) for sheet, found in zip(sheets, tables, strict=True)]
    setting = Setting.of(flow for page in laid for flow in page)
    asides = _footnotes(sheets, laid, setting)
    found, broken = joined([paragraphs(flow, setting) for flow in _whole(laid)])
    blocks.fill_cells(found, wording)
    texts = [wording.joined(paragraph.texts) for paragraph in found]
    headings = Headings(found, texts, setting, bookmarks, listed, repeated, metadata.get("title", ""))
    made = blocks.blocks(
        found, texts, headings.levels, headings.title_span, headings.title, tagged=setting.tagged
    )
    _decide(
        notes,
        made_of=len(made),
        headings=headings,
        bookmarks=len(bookmarks),
        tagged=setting.tagged,
        broken=broken,
        wording=wording,
        asides=asides,
    )
    return Document(
        "",
        MediaType.PDF,
        tuple(made),
        title=headings.title,
        language=language,
        metadata=properties.said(metadata),
        findings=tuple(notes.findings),
        decisions=tuple(notes.decisions),
        notes=tuple(
            Footnote(mark, wording.joined(aside.texts), Place(page=aside.pages[0]), aside.links)
            for mark, aside in asides
        ),
        pages=file.pages,
    )


def _sheets(file: File, notes: _Notes) -> list[Sheet]:
    sheets: list[Sheet] = []
    letters = 0
    for number, page in file.numbered_pages():
        if not page:
            notes.find("text_cut", "A page is damaged and could not be read.", number)
            continue
        sheet = read_page(file.handle, page, number)
        if max(sheet.width, sheet.height) > MAX_SIDE:
            notes.find(
                "text_cut",
                f"Page {number} claims to be {sheet.width / 72 * 0.0254:,.0f} m wide; it was left out.",
                number,
            )
            continue
        letters += sheet.letters
        if letters > MAX_LETTERS:
            raise TooLarge(
                "", STAGE, f"has more than {MAX_LETTERS:,} letters.",
                advice="Split it into smaller files; nothing of it was read.",
            )  # fmt: skip
        if sheet.cut:
            notes.find(
                "text_cut", f"Page {number} has more letters than a page can; the rest was left out.", number
            )
        sheets.append(sheet)
    if not sheets:
        raise Malformed(
            "", STAGE, "has no page that can be read.", advice="Ask its publisher for another copy."
        )
    return sheets


def _check_words(sheets: Sequence[Sheet], pages: int, notes: _Notes) -> None:
    """Raise where nothing but pictures stands in the file; say which pages are pictures, or hold unknown letters."""
    pictures = [sheet.page for sheet in sheets if _letters(sheet) < FEW_LETTERS and sheet.pictures]
    if pictures and len(pictures) == len(sheets):
        raise NoWords(
            "", STAGE, f"is a scan: {pages} page(s) of pictures without words.",
            advice="Have its text recognised (OCR) with a scanner's program, or ask its publisher for the original file.",
        )  # fmt: skip
    if pictures:
        where = ", ".join(map(str, pictures[:20])) + (" …" if len(pictures) > 20 else "")
        notes.find("text_cut", f"Pictures without words on {len(pictures)} page(s): {where}.", pictures[0])
    letters = sum(sheet.letters for sheet in sheets)
    unknown = sum(sheet.unknown for sheet in sheets)
    if letters and unknown > UNKNOWN * letters:
        worst = max(sheets, key=lambda sheet: sheet.unknown)
        share = min(1.0, unknown / letters)
        notes.find(
            "letters_unknown", f"The file does not say what {share:.0%} of its letters are.", worst.page
        )


def _letters(sheet: Sheet) -> int:
    """Letters of a page, as far as it matters how many there are."""
    return sum(letter.isalnum() for piece in sheet.pieces[:FEW_LETTERS] for letter in piece.text)


def _with_tables(sheet: Sheet, tables: Sequence[Table]) -> list[Piece]:
    """The page's pieces, with each row of a table as one."""
    inside = within(tables)
    pieces = [piece for piece in sheet.pieces if piece.order not in inside and not piece.turned]
    for table in tables:
        pieces += [as_row(row, table.box[0], table.box[2]) for row in table.rows if any(row)]
    return pieces


def _footnotes(
    sheets: Sequence[Sheet], laid: Sequence[list[Flow]], setting: Setting
) -> list[tuple[str, Paragraph]]:
    found: list[tuple[str, Paragraph]] = []
    for sheet, page in zip(sheets, laid, strict=True):
        marks = {mark for piece in sheet.pieces for mark, _ in piece.marks}
        found += set_aside(page, setting, marks)
    return found


def _whole(laid: Sequence[Sequence[Flow]]) -> list[Flow]:
    return [flow for page in laid for flow in page if flow.lines]


def _decide(
    notes: _Notes, *, made_of: int, headings: Headings, bookmarks: int, tagged: bool, broken: int, wording: Wording,
    asides: Sequence[tuple[str, Paragraph]],
) -> None:  # fmt: skip
    levels = Counter(headings.levels.values())
    shape = ", ".join(f"{levels[level]} of rank {level}" for level in sorted(levels)) or "no headings"
    why = "size, weight, number"
    why += (f", {bookmarks} bookmarks" if bookmarks else "") + (", the file's own tags" if tagged else "")
    notes.decide(f"{made_of} blocks; headings: {shape}", why)
    if broken:
        notes.decide(
            f"{broken} paragraphs joined over columns and pages", "they break off and go on in the same type"
        )
    if wording.mended:
        notes.decide(
            f"{wording.mended} hyphens at line ends taken out", "the document has the whole word elsewhere"
        )
    if asides:
        notes.decide(f"{len(asides)} footnotes set aside", "small type at the foot of a page, with a mark")
