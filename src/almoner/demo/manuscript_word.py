"""A manuscript as a Word file (ECMA-376, WordprocessingML), with real headings, a table, links and footnotes."""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from almoner.demo.manuscript import Line, Manuscript, Piece

_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The time that files in the archive bear, so that the same manuscript is the same file."""
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES: Final = f'xmlns:w="{_WORD}" xmlns:r="{_RELATION}"'
_TYPES: Final = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}.footnotes+xml"/></Types>'
)
_STYLES: Final = (
    f'{_XML}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{36 - 4 * level}"/></w:rPr></w:style>'
        for level in (1, 2, 3)
    )
    + "</w:styles>"
)


def as_word(written: Manuscript) -> bytes:
    """The whole manuscript as a .docx."""
    links = list(dict.fromkeys(piece.href for line in written.lines for piece in line.pieces if piece.href))
    body = ""
    for is_row, lines in groupby(written.lines, key=lambda line: bool(line.cells)):
        blocks = (_row(line) if is_row else _paragraph(line, links) for line in lines)
        body += f"<w:tbl>{''.join(blocks)}</w:tbl>" if is_row else "".join(blocks)
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p>{_run(" " + text)}</w:p></w:footnote>'
        for number, text in written.notes.items()
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations([("officeDocument", "word/document.xml", "")]),
        "word/_rels/document.xml.rels": _relations(
            [("styles", "styles.xml", ""), ("footnotes", "footnotes.xml", "")]
            + [("hyperlink", link, ' TargetMode="External"') for link in links]
        ),
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": f"{_XML}<w:footnotes {_SPACES}>{notes}</w:footnotes>",
        "word/document.xml": f"{_XML}<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _relations(relations: list[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{count}" Type="{_RELATION}/{kind}" Target={quoteattr(target)}{mode}/>'
        for count, (kind, target, mode) in enumerate(relations, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _row(line: Line) -> str:
    cells = "".join(f"<w:tc><w:p>{_run(cell)}</w:p></w:tc>" for cell in line.cells)
    return f"<w:tr>{cells}</w:tr>"


def _paragraph(line: Line, links: list[str]) -> str:
    style = f'<w:pPr><w:pStyle w:val="Heading{line.level}"/></w:pPr>' if line.level else ""
    mark = _run(f"{line.mark} ") if line.mark else ""
    return f"<w:p>{style}{mark}{''.join(_piece(piece, links) for piece in line.pieces)}</w:p>"


def _piece(piece: Piece, links: list[str]) -> str:
    if piece.note:
        return (
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{piece.note}"/></w:r>'
        )
    if piece.href:
        # The first two relations are those of the styles and the footnotes.
        return f'<w:hyperlink r:id="rId{links.index(piece.href) + 3}">{_run(piece.text)}</w:hyperlink>'
    return _run(piece.text)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
