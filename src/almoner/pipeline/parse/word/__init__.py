"""Word → Document. Runs in a child process (`parse.apart`); pure otherwise.

package → styles, numbering, notes → paragraphs and tables in order → headings, lists, rows
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from almoner.pipeline.errors import Malformed, TooLarge
from almoner.pipeline.findings import finding
from almoner.pipeline.lines import moments
from almoner.pipeline.model import Decision, Document, Finding, Footnote, MediaType, Place
from almoner.pipeline.parse import properties, xml
from almoner.pipeline.parse.nodes import Node, nodes
from almoner.pipeline.parse.word.body import Body
from almoner.pipeline.parse.word.numbering import Numbering
from almoner.pipeline.parse.word.package import STAGE, Package
from almoner.pipeline.parse.word.runs import Changes, Reader
from almoner.pipeline.parse.word.styles import attribute, styles

MAX_PARAGRAPHS: Final = 100_000
_CORE: Final = {
    "dc:title": "title", "dc:creator": "author", "dc:subject": "subject", "keywords": "keywords",
    "created": "created", "modified": "modified",
}  # fmt: skip


def read_word(content: bytes) -> Document:
    """Read a Word file (.docx): its words in order, with the numbers that Word prints.

    Tracked insertions are taken as accepted and deletions left out, with the finding `changes_tracked`; comments,
    running heads and feet are left out. Raises what `Package` raises.
    """
    package = Package(content)
    main = package.part(package.main)
    if main is None:
        raise Malformed("", STAGE, "lacks its main part.", advice="Ask its publisher for another copy.")
    findings: list[Finding] = []
    fault = xml.problem(main)
    if fault is not None:
        message = f"The file is damaged ({fault[1]}); it was read as far as that."
        findings.append(finding("markup_mended", message, Place()))
    reader = Reader(package.links())
    body = Body(
        styles(package.part(package.beside("styles"))),
        Numbering(package.part(package.beside("numbering"))),
        reader,
        laid_out=b"lastRenderedPageBreak" in main,
    )
    for count, node in enumerate(nodes(main, frozenset({"p", "tbl"}))):
        if count > MAX_PARAGRAPHS:
            raise TooLarge(
                "", STAGE, f"has more than {MAX_PARAGRAPHS:,} paragraphs.",
                advice="Split it into smaller files; nothing of it was read.",
            )  # fmt: skip
        body.take(node)
    body.finish()
    stated = _stated(package)
    made = body.blocks(properties.title(stated.get("title", "")))
    if reader.changes.kept or reader.changes.dropped:
        findings.append(_tracked(reader.changes))
    return Document(
        "",
        MediaType.WORD,
        made.blocks,
        title=made.title,
        metadata=properties.said(stated),
        findings=tuple(findings),
        decisions=tuple(_decisions(body, len(made.blocks), reader.changes)),
        notes=tuple(_notes(package, body, reader)),
        pages=body.page if body.page > 1 else None,
    )


def _stated(package: Package) -> dict[str, str]:
    """What the file says of itself (ECMA-376, part 2, 11: core properties)."""
    content = package.part("docProps/core.xml")
    found: dict[str, str] = {}
    for node in nodes(content, frozenset(_CORE)) if content else ():
        text = " ".join(node.text.split())
        name = _CORE[node.name]
        if name in {"created", "modified"}:
            moment = moments.read(text, "the file's properties")
            text = moment.when.value if moment is not None and moment.when is not None else ""
        if text:
            found.setdefault(name, text[:500])
    return found


def _tracked(changes: Changes) -> Finding:
    message = f"The file tracks changes: {changes.kept} insertion(s) were kept and {changes.dropped} deletion(s) left out."
    return finding("changes_tracked", message, Place())


def _decisions(body: Body, blocks: int, changes: Changes) -> Iterator[Decision]:
    yield Decision(
        STAGE, f"{blocks} blocks from {body.count} paragraphs", "styles, numbering and outline levels"
    )
    if body.contents:
        yield Decision(STAGE, f"a list of contents set aside ({body.contents} lines)", "their styles say so")
    if changes.kept or changes.dropped:
        what = f"{changes.kept} tracked insertions kept, {changes.dropped} deletions left out"
        yield Decision(STAGE, what, "the text is read as if all changes were accepted")
    if changes.comments:
        yield Decision(STAGE, f"{changes.comments} comments left out", "they are not part of the text")
    if body.notes:
        yield Decision(
            STAGE, f"{len(body.notes)} footnotes and endnotes set aside", "the text refers to them"
        )


def _notes(package: Package, body: Body, reader: Reader) -> Iterator[Footnote]:
    """The notes that the text refers to, in the order in which it does."""
    written: dict[tuple[str, str], Node] = {}
    for kind in ("footnote", "endnote"):
        content = package.part(package.beside(f"{kind}s"))
        for node in nodes(content, frozenset({kind})) if content else ():
            written[kind, attribute(node, "id")] = node
    for kind, identifier, mark, place in body.notes:
        found = written.get((kind, identifier))
        if found is None:
            continue
        words = [reader.read(one) for one in found.children if one.name == "p"]
        text = " ".join(" ".join(one.text.split()) for one in words).strip()
        yield Footnote(mark, text, place, tuple(link for one in words for link in one.links))
