"""A Word writer of the smallest kind (ECMA-376): what is in a file is given part by part, in Word's own mark-up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS: Final = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")
STYLES: Final = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{more}</w:style>'
    for name, more in (
        ("Normal", ""), ("Title", ""), ("heading 1", ""), ("heading 2", '<w:basedOn w:val="heading1"/>'), ("TOC Heading", ""),
        ("toc 1", ""), ("List Bullet", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'), ("footnote text", ""),
        ("Annex", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    )
)  # fmt: skip
NUMBERING: Final = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="3">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="94"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def run(words: str, *, bold: bool = False, more: str = "") -> str:
    """A run of words."""
    properties = f"<w:rPr>{'<w:b/>' if bold else ''}{more}</w:rPr>" if bold or more else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", number: int = 0, depth: int = 0, more: str = "") -> str:
    """A paragraph of runs; plain words become one. `number` and `depth` put it into a list."""
    inside = "".join(one if one.startswith("<") else run(one) for one in content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{inside}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table; a cell is its words, or mark-up."""
    made = ""
    for row in rows:
        cells = "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        made += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def document(
    body: str,
    *,
    links: Mapping[str, str] | None = None,
    core: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
    styles: str = STYLES,
    numbering: str = NUMBERING,
) -> bytes:
    """A file with that body. `links` are addresses by their names, `core` its properties, `parts` further parts."""
    given = {"styles": styles, "numbering": numbering, **(parts or {})}
    names = [kind for kind in _KINDS if kind in given]
    relations = "".join(
        f'<Relationship Id="p{n}" Type="{_TYPE}/{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(names)
    ) + "".join(
        f'<Relationship Id="{name}" Type="{_TYPE}/hyperlink" Target="{escape(href)}" TargetMode="External"/>'
        for name, href in (links or {}).items()
    )
    said = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in (core or {}).items())
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{_TYPE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"<w:document {_W} {_R}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{said}</cp:coreProperties>',
    }
    files |= {f"word/{name}.xml": f"<w:{name} {_W} {_R}>{given[name]}</w:{name}>" for name in names}
    return packed(
        {
            name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
            for name, text in files.items()
        }
    )


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive with the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def swollen() -> bytes:
    """A file whose text unpacks to 300 MiB of blanks."""
    out = io.BytesIO()
    whole = document(paragraph("Short."))
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            with archive.open(part.filename, "w") as stream:
                if part.filename == "word/document.xml":
                    for _ in range(300):
                        stream.write(b" " * 2**20)
                stream.write(source.read(part))
    return out.getvalue()


def with_part(name: str, content: bytes = b"x", *, mode: int = 0) -> bytes:
    """A file with one further part. `mode` is that of a Unix file: 0o120777 for a link."""
    out = io.BytesIO(document(paragraph("Short.")))
    with zipfile.ZipFile(out, "a") as archive:
        part = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        part.external_attr = mode << 16
        archive.writestr(part, content)
    return out.getvalue()


def replaced(name: str, content: bytes) -> bytes:
    """A file with other content in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(document(paragraph("Short.")))) as source:
        files = {part.filename: source.read(part) for part in source.infolist()}
    return packed(files | {name: content})
