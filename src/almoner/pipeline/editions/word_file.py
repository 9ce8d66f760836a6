"""A comparison as a Word file with tracked changes, which Word and LibreOffice accept and reject one by one.

WordprocessingML (ECMA-376, part 1): `w:ins` and `w:del` around runs, and `w:ins` or `w:del` in a paragraph mark's
properties where a whole paragraph came or went. All changes accepted give the new edition, all rejected the old one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from almoner.pipeline.editions.hunks import by_type
from almoner.pipeline.editions.model import Comparison, Hunk, Op, Paragraph
from almoner.pipeline.model import BlockKind

_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The time that files in the archive bear, so that the same comparison is the same file."""
_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/></Relationships>'
)
_STYLES: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{_NAMESPACE}">'
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{36 - 3 * level}"/></w:rPr></w:style>'
        for level in range(1, 7)
    )
    + "</w:styles>"
)
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML 1.0 cannot hold."""


def word_file(comparison: Comparison, *, author: str, date: str) -> bytes:
    """The new edition as a .docx with every difference from the old one tracked.

    `author` and `date` (ISO 8601, UTC) are what Word shows beside each change.
    """
    body = "".join(_Writer(comparison, author, date).paragraphs())
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_NAMESPACE}">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _RELATIONS.format("styles", "styles.xml"),
        "word/styles.xml": _STYLES,
        "word/document.xml": document,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Writer:
    """Writes passages as paragraphs, each change with a number of its own."""

    def __init__(self, comparison: Comparison, author: str, date: str) -> None:
        self._old, self._new = comparison.old, comparison.new
        self._passages = comparison.passages
        self._by = f"w:author={quoteattr(author)} w:date={quoteattr(date)}"
        self._count = 0

    def paragraphs(self) -> Iterator[str]:
        """The paragraphs of the document in order. What moved is written as gone where it stood and come where it
        stands, what was split or merged as gone and come: whoever rejects all gets the old paragraphs back."""
        leaving = sorted(index for one in self._passages if one.match.moved for index in one.match.olds)
        for passage in self._passages:
            match = passage.match
            while leaving and match.olds and not match.moved and leaving[0] < match.olds[0]:
                yield self._gone(leaving.pop(0))
            if len(match.olds) == 1 and len(match.news) == 1 and not match.moved:
                hunks = [piece for one in (*passage.number, *passage.words) for piece in by_type(one)]
                yield self._paragraph(self._new.paragraphs[match.news[0]], Op.SAME, hunks)
                continue
            if not match.moved:
                yield from (self._gone(index) for index in match.olds)
            yield from (self._come(index) for index in match.news)
        yield from (self._gone(index) for index in leaving)

    def _gone(self, index: int) -> str:
        paragraph = self._old.paragraphs[index]
        return self._paragraph(paragraph, Op.DEL, [Hunk(Op.DEL, paragraph.text, "")])

    def _come(self, index: int) -> str:
        paragraph = self._new.paragraphs[index]
        return self._paragraph(paragraph, Op.INS, [Hunk(Op.INS, "", paragraph.text)])

    def _paragraph(self, paragraph: Paragraph, fate: Op, hunks: Iterable[Hunk]) -> str:
        heading = paragraph.kind is BlockKind.HEADING
        style = f'<w:pStyle w:val="Heading{min(6, max(1, paragraph.level))}"/>' if heading else ""
        mark = f"<w:rPr><w:{fate.value} {self._numbered()}/></w:rPr>" if fate is not Op.SAME else ""
        properties = f"<w:pPr>{style}{mark}</w:pPr>" if style or mark else ""
        return f"<w:p>{properties}{''.join(map(self._run, hunks))}</w:p>"

    def _run(self, hunk: Hunk) -> str:
        if hunk.op is Op.DEL:
            return f"<w:del {self._numbered()}><w:r>{_text(hunk.old, 'delText')}</w:r></w:del>"
        if hunk.op is Op.INS:
            return f"<w:ins {self._numbered()}><w:r>{_text(hunk.new, 't')}</w:r></w:ins>"
        return f"<w:r>{_text(hunk.new, 't')}</w:r>"

    def _numbered(self) -> str:
        self._count += 1
        return f'w:id="{self._count}" {self._by}'


def _text(text: str, tag: str) -> str:
    return f'<w:{tag} xml:space="preserve">{escape(_FORBIDDEN.sub("", text))}</w:{tag}>'
