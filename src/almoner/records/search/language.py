"""How text falls into words, and which words are the same: SQLite's FTS5 decides, in memory, whichever database holds
the index. So a search has the same answers on all of them.

The tokenizer folds case and diacritics and takes words back to their stems (Porter's algorithm, 1980), so that
"Safeguarded" finds "safeguarding" and "Climbie" finds "Climbié". FTS5's own language stands here and in `fts5`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.search.entries import FIELDS, SNIPPET_WORDS, Marked, Row
from almoner.records.search.words import Query, Term

TOKENIZER: Final = "porter unicode61 remove_diacritics 2"
START, END = "\x02", "\x03"
"""Marks around a match. `words.plain` keeps control characters out of the index, so no text holds them."""


def expression(query: Query, *, every: bool) -> str:
    """What FTS5 is asked: items that have every wanted term, or else at least one, and no unwanted one.

    Beginnings of words count only where every term is wanted: elsewhere, on Cranfield's questions, they cost 1.4
    points of average precision.
    """
    if every:
        wanted = " AND ".join(_term(term) for term in query.wanted)
    else:
        wanted = " OR ".join(quoted(term.text) for term in query.wanted)
    unwanted = " OR ".join(quoted(term.text) for term in query.unwanted)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    text = quoted(term.text)
    # The word itself counts beside its longer forms, so that "car" puts cars above care.
    return f"({text} OR {text}*)" if term.is_prefix else text


def quoted(text: str) -> str:
    """Text as a string of FTS5's language, in which nothing but a quotation mark means anything."""
    return '"' + text.replace('"', '""') + '"'


def stems(texts: Sequence[str]) -> list[list[str]]:
    """The stems of the words of each text, in order."""
    found: list[list[str]] = [[] for _ in texts]
    with _scratch(1) as page:
        page.executemany("INSERT INTO page (rowid, field_0) VALUES (?, ?)", enumerate(texts))
        for number, stem in page.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[number].append(stem)
    return found


def places(texts: Sequence[str], *, furthest: int, longest: int) -> list[str]:
    """The stems of each text with the numbers of their places, which begin with 2 and go no further than `furthest`:
    `'car':2,7 'driver':3`. Stems are cut to `longest` characters."""
    found = [""] * len(texts)
    with _scratch(1) as page:
        page.executemany("INSERT INTO page (rowid, field_0) VALUES (?, ?)", enumerate(texts))
        listed = page.execute(
            "SELECT doc, group_concat(stem, ' ') FROM (SELECT doc, '''' || substr(term, 1, ?) || ''':' || "
            "group_concat(min(offset + 2, ?)) AS stem FROM words GROUP BY doc, term) GROUP BY doc",
            [longest, furthest],
        )
        for number, stems_and_places in listed:
            found[number] = stems_and_places
    return found


def marked_names(fields: Sequence[str], phrases: Iterable[str], prefixes: Iterable[str]) -> list[str]:
    """The fields with marks around the phrases and the words that begin with a prefix, found by the very rules by
    which a search would find them."""
    asked = " OR ".join([*map(quoted, phrases), *(f"{quoted(prefix)}*" for prefix in prefixes)])
    marks = ", ".join(f"highlight(page, {number}, ?, ?)" for number in range(len(fields)))
    with _scratch(len(fields)) as page:
        page.execute(f"INSERT INTO page VALUES ({', '.join('?' * len(fields))})", list(fields))  # noqa: S608
        marked = page.execute(
            f"SELECT {marks} FROM page WHERE page MATCH ?",  # noqa: S608
            [*[START, END] * len(fields), asked],
        ).fetchone()
    return list(marked or fields)


@sensitive_variables()  # error reports show no search words
def marked_rows(rows: Sequence[Row], asked: str) -> list[Marked]:
    """The rows as they are shown, with marks where they match what FTS5 is asked."""
    width = len(FIELDS)
    with _scratch(width) as page:
        page.executemany(
            f"INSERT INTO page (rowid, {_columns(width)}) VALUES ({', '.join('?' * (width + 1))})",  # noqa: S608
            [(row.item_id, *row.fields) for row in rows],
        )
        found = {
            marked[0]: Marked(*marked)
            for marked in page.execute(f"SELECT {marks_of('page')} FROM page WHERE page MATCH ?", [asked])  # noqa: S608
        }
    return [found.get(row.item_id) or Marked(row.item_id, row.title, row.summary, "") for row in rows]


def marks_of(table: str) -> str:
    """What to select of an FTS5 table of `FIELDS` for a `Marked`."""
    marks = f"char({ord(START)}), char({ord(END)})"
    return (
        f"{table}.rowid, highlight({table}, 0, {marks}), "
        f"snippet({table}, 1, {marks}, '…', {SNIPPET_WORDS}), snippet({table}, 2, {marks}, '…', {SNIPPET_WORDS})"
    )


@contextmanager
def _scratch(fields: int) -> Iterator[sqlite3.Connection]:
    """A table `page` in memory, and its `words`: nothing of what is put there is kept."""
    with closing(sqlite3.connect(":memory:")) as scratch:
        scratch.execute(f"CREATE VIRTUAL TABLE page USING fts5({_columns(fields)}, tokenize='{TOKENIZER}')")
        scratch.execute("CREATE VIRTUAL TABLE words USING fts5vocab(page, 'instance')")
        yield scratch


def _columns(fields: int) -> str:
    return ", ".join(f"field_{number}" for number in range(fields))
