"""The Word files of the golden pairs: a guidance, a draft with tracked changes, tables, a newsletter, a letter."""

from __future__ import annotations

from typing import Final

from tests.pipeline.papers.word import document, paragraph, run, table
from tests.pipeline.papers.words import Author


def guidance() -> bytes:
    """Numbered paragraphs whose numbers stand nowhere in the text, parts of them, a contents list, notes, links."""
    author = Author(31)
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    body = (
        paragraph("Safer hosting of exchange students", style="Title")
        + paragraph("Non-statutory guidance for schools and host families")
        + paragraph("Published: 4 February 2026")
        + paragraph("Contents", style="TOCHeading")
        + paragraph("Before the visit\t2", style="toc1")
        + paragraph("During the visit\t3", style="toc1")
        + paragraph("Before the visit", style="heading1")
        + paragraph(author.paragraph(2), number=1)
        + paragraph(run(author.sentence()), note, run(" The school keeps a copy."), number=1)
        + paragraph("The school must know:", number=1)
        + paragraph("who lives in the house;", number=1, depth=1)
        + paragraph("which adult is", number=1, depth=1)
        + paragraph("at home overnight, and", number=1, depth=2)
        + paragraph("able to drive.", number=1, depth=2)
        + paragraph(author.paragraph(2), number=1)
        + paragraph("In the first week the school:", number=1)
        + paragraph("rings the family;", number=3)
        + paragraph("rings the child.", number=3)
        + paragraph("What to ask the family", style="heading2")
        + paragraph("House rules", style="ListBullet")
        + paragraph("Pets and allergies", style="ListBullet")
        + paragraph("dogs above all", number=2, depth=1)
        + paragraph("During the visit", style="heading1")
        + paragraph(
            run("The emergency sheet is on "),
            f'<w:hyperlink r:id="l1">{run("the exchange page")}</w:hyperlink>',
            run(", and in "),
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://www.estuary.example/pack" </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("the pack")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            run("."),
            number=4,
        )
        + paragraph(author.paragraph(2), number=4)
        + paragraph("Annex A: Check list", style="Annex")
        + paragraph("Ask for references.", number=5)
        + paragraph("From two people who are not relatives.", number=5, depth=1)
        + paragraph("Written, and not older than a year.", number=5, depth=1)
        + paragraph("Visit the house.", number=5)
    )
    form = f'<w:hyperlink r:id="l2">{run("the model form")}</w:hyperlink>'
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run(" See "), form, run(" of 2024."))}</w:footnote>'
    )
    return document(
        body,
        links={"l1": "https://www.estuary.example/exchange", "l2": "https://www.estuary.example/form"},
        core={"dc:title": "Guidance template v3.dotx", "dc:creator": "Estuary Council", "dcterms:created": "2026-01-30T09:00:00Z"},
        parts={"footnotes": notes, "header": paragraph("DRAFT – not for circulation"), "footer": paragraph("Page 1")},
    )  # fmt: skip


def tracked() -> bytes:
    """A draft with insertions, deletions, a move, a deleted paragraph end, and a comment."""
    insert = '<w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">{}</w:ins>'
    delete = '<w:del w:id="2" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:delText xml:space="preserve">{}</w:delText></w:r></w:del>'
    body = (
        paragraph("Policy on lone working", style="Title")
        + paragraph(
            run("Staff who visit families "),
            delete.format("should"),
            insert.format(run("must")),
            run(" tell the office where they are."),
        )
        + paragraph(run("They ring before the visit"), more='<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>')
        + paragraph(run(" and after it."))
        + f'<w:p><w:moveFrom w:id="4">{run("A visit after dark needs two people.")}</w:moveFrom></w:p>'
        + paragraph(
            '<w:commentRangeStart w:id="0"/>' + run("The lead reviews the log each month."),
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        )
        + f'<w:p><w:moveTo w:id="5">{run("A visit after dark needs two people.")}</w:moveTo></w:p>'
        + paragraph(insert.format(run("This policy is reviewed in March 2027.")))
    )
    comments = f'<w:comment w:id="0" w:author="B">{paragraph("Is that often enough?")}</w:comment>'
    return document(body, parts={"comments": comments})


def tables() -> bytes:
    """A table with merged cells, a table that only makes a box, and a table of contacts with links."""
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("North")
    goes_on = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("")
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("Closed in August")
    mail = paragraph(f'<w:hyperlink r:id="l1">{run("Write to the desk")}</w:hyperlink>')
    body = (
        paragraph("Where to turn in the county", style="heading1")
        + paragraph("The desks below answer within a day.")
        + table(
            [
                ["Area", "Desk", "Hours"],
                [merged, "Northgate", "9 to 5"],
                [goes_on, "Upper Dale", "10 to 4"],
                ["South", wide],
            ]
        )
        + table([[paragraph("Remember") + paragraph("In an emergency ring 999.")]])
        + table([["Who", "How"], ["Transport desk", mail], ["Hub", "01632 960 001"]])
    )
    return document(
        body,
        links={"l1": "mailto:desk@harbour.example"},
        core={"dc:title": "Where to turn", "dc:creator": "mw123"},
    )


def newsletter() -> bytes:
    """An issue of a newsletter written without styles: bold lines, dates, text."""
    items = (
        ("Walk-in sessions for foster carers", "3 March 2026", "Foster carers can bring questions to a walk-in session on the first Monday of each month. No appointment is needed, and a social worker and a health visitor will be there."),
        ("Charity opens a reading room", "10 March 2026", "A charity has opened a reading room beside the family court. Volunteers read with children while their parents wait, and 46 families came in the first week."),
        ("Council asks about out-of-school clubs", "17 March 2026", "The council wants to know which clubs children go to after school and who runs them. The survey takes five minutes and closes on 30 April 2026."),
    )  # fmt: skip
    body = paragraph(run("Harbour newsletter, March 2026", bold=True, more='<w:sz w:val="40"/>'))
    for title, date, text in items:
        body += paragraph(run(title, bold=True)) + paragraph(date) + paragraph(text)
    return document(body, styles="", numbering="", core={"dc:title": "Harbour newsletter"})


def letter() -> bytes:
    """A letter to schools, with a text box, hidden words and a page that ends."""
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('Closing date: 12 June 2026')}</w:txbxContent></w:pict></w:r>"
    body = (
        paragraph("Changes to the school transport form", style="heading1")
        + paragraph("Published: 11 May 2026")
        + paragraph(run("Dear colleagues,"), box)
        + paragraph(run("From 1 September 2026 the form for school transport asks for an emergency contact. "), run("INTERNAL", more="<w:vanish/>"), run("Please send us the old form until then."))
        + paragraph('<w:r><w:br w:type="page"/></w:r>' + run("The council will publish the new form in July."))
        + paragraph("Yours sincerely,")
        + paragraph("Transport desk")
    )  # fmt: skip
    return document(body, core={"dc:title": "Letter", "dcterms:modified": "2026-05-10T08:00:00Z"})


def outline() -> bytes:
    """Headings of three ranks with numbers of their own, notes at the end, and numbers that begin anew."""
    author = Author(41)
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Part %1"/><w:pStyle w:val="heading1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/><w:pStyle w:val="heading2"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="heading{n}"><w:name w:val="heading {n}"/>{numbered}</w:style>'
        for n in (1, 2)
    )
    end = '<w:r><w:endnoteReference w:id="{}"/></w:r>'
    body = paragraph("Handbook for volunteers", more='<w:outlineLvl w:val="9"/>')
    for part in ("Beginning", "Going on"):
        body += paragraph(part, style="heading1")
        for section in ("Roles", "Records"):
            body += paragraph(section, style="heading2")
            body += "".join(paragraph(author.sentence(), number=1, depth=2) for _ in range(2))
    body += paragraph(run("Thanks are due to many"), end.format(3), run(" people"), end.format(2), run("."))
    notes = f'<w:endnote w:id="2">{paragraph("Forty-one of them.")}</w:endnote><w:endnote w:id="3">{paragraph("Listed on the web.")}</w:endnote>'
    return document(
        body,
        styles=styles,
        numbering=numbering,
        parts={"endnotes": notes},
        core={"dc:title": "Handbook for volunteers"},
    )


LETTERS: Final = {
    "guidance": guidance,
    "tracked-changes": tracked,
    "tables": tables,
    "newsletter": newsletter,
    "letter": letter,
    "numbered-headings": outline,
}
