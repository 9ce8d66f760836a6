"""A manuscript as a page of HTML, as a publisher would put it on the web."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from almoner.demo.manuscript import Line, Manuscript, Piece


def as_page(written: Manuscript) -> bytes:
    """The whole manuscript as one page, its notes at the end."""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
            f"<title>{escape(written.title)}</title>\n</head>\n<body>\n<main>",
            *_body(written),
            '<section aria-label="Notes">\n<ol>',
            *(
                f'<li id="note-{number}">{escape(text, quote=False)}</li>'
                for number, text in written.notes.items()
            ),
            "</ol>\n</section>\n</main>\n</body>\n</html>\n",
        )
    ).encode()


def _body(written: Manuscript) -> Iterator[str]:
    for is_row, lines in groupby(written.lines, key=lambda line: bool(line.cells)):
        if is_row:
            head, *rows = lines
            yield "<table>"
            yield f"<thead>{_row(head, 'th')}</thead>"
            yield from (_row(row, "td") for row in rows)
            yield "</table>"
        else:
            yield from map(_block, lines)


def _row(line: Line, tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell, quote=False)}</{tag}>' for cell in line.cells)}</tr>"


def _block(line: Line) -> str:
    tag = f"h{line.level}" if line.level else "p"
    address = f' id="paragraph-{line.mark.rstrip(".")}"' if line.mark and not line.is_item else ""
    words = "".join(map(_piece, line.pieces))
    return f"<{tag}{address}>{line.mark} {words}</{tag}>" if line.mark else f"<{tag}>{words}</{tag}>"


def _piece(piece: Piece) -> str:
    if piece.note:
        return f'<sup><a href="#note-{piece.note}">{piece.note}</a></sup>'
    words = escape(piece.text, quote=False)
    return f'<a href="{escape(piece.href)}">{words}</a>' if piece.href else words
