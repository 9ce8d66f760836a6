"""How text falls into words, and which words are the same: SQLite's FTS5 decides, in memory, whichever database holds
the index. So a search has the same answers on all of them.

The tokenizer folds case and diacritics and takes words back to their stems (Porter's algorithm, 1980), so that
"Safeguarded" finds "safeguarding" and "Climbie" finds "Climbié". FTS5's own language stands here and in `fts5`.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from django.views.decorators.debug import sensitive_variables

from almoner.records.search.entries import FIELDS, SNIPPET_WORDS, Marked, Row

TOKENIZER: Final = "porter unicode61 remove_diacritics 2"
READ: Final = 10_000
"""Characters of a text in which a match is looked for to show the words around it."""
LONGEST: Final = 100
"""Characters of a stem that count. What is longer is an address or a blob."""
_RUN: Final = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
_of_thread: Final = threading.local()
START, END = "\x02", "\x03"
"""Marks around a match. `words.plain` keeps control characters out of the index, so no text holds them."""


def _expression(phrases: Iterable[str], beginnings: Iterable[str]) -> str:
    """What FTS5 is asked for texts that have one of the phrases, or a word that begins so."""
    return " OR ".join([*map(quoted, phrases), *(f"{quoted(beginning)}*" for beginning in beginnings)])


def quoted(text: str) -> str:
    """Text as a string of FTS5's language, in which nothing but a quotation mark means anything."""
    return '"' + text.replace('"', '""') + '"'


def stems(texts: Sequence[str]) -> list[list[str]]:
    """The stems of the words of each text, in order.

    FTS5 takes every ASCII character but letters and digits for a gap, so each run between two such gaps has its
    stems whatever stands beside it, and is asked about once.
    """
    runs = [_RUN.findall(text.lower() if text.isascii() else text) for text in texts]
    unique = list({run for each in runs for run in each})
    known = dict(zip(unique, _stems_of_runs(unique), strict=True)) if unique else {}
    return [[stem for run in each for stem in known[run]] for each in runs]


@sensitive_variables()
def _stems_of_runs(texts: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in texts]
    with _scratch(1) as page:
        page.executemany("INSERT INTO page (rowid, field_0) VALUES (?, ?)", enumerate(texts))
        for number, stem in page.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[number].append(stem[:LONGEST])
    return found


def marked_names(fields: Sequence[str], phrases: Iterable[str], prefixes: Iterable[str]) -> list[str]:
    """The fields with marks around the phrases and the words that begin with a prefix, found by the very rules by
    which a search would find them."""
    asked = _expression(phrases, prefixes)
    marks = ", ".join(f"highlight(page, {number}, ?, ?)" for number in range(len(fields)))
    with _scratch(len(fields)) as page:
        page.execute(f"INSERT INTO page VALUES ({', '.join('?' * len(fields))})", list(fields))  # noqa: S608
        marked = page.execute(
            f"SELECT {marks} FROM page WHERE page MATCH ?",  # noqa: S608
            [*[START, END] * len(fields), asked],
        ).fetchone()
    return list(marked or fields)


@sensitive_variables()  # error reports show no search words
def marked_rows(rows: Sequence[Row], phrases: Iterable[str], beginnings: Iterable[str]) -> list[Marked]:
    """The rows as they are shown, with marks around the phrases and the words that begin so. A text is looked at where
    there is nothing in the summary, and no further than `READ`. Where nothing of that has any of them, what was found
    stands elsewhere: the beginnings are shown."""
    asked = _expression(phrases, beginnings)
    found = _marked([replace(row, text="") for row in rows], asked)
    unmarked = [
        replace(row, text=row.text[:READ])
        for row in rows
        if row.text and (row.item_id not in found or START not in found[row.item_id].summary)
    ]
    found |= _marked(unmarked, asked)
    return [found.get(row.item_id) or _beginning(row) for row in rows]


def _beginning(row: Row) -> Marked:
    summary, text = (
        f"{' '.join(words[:SNIPPET_WORDS])}…" if len(words := field.split()) > SNIPPET_WORDS else field
        for field in (row.summary, row.text[:READ])
    )
    return Marked(row.item_id, row.title, summary, text)


def _marked(rows: Sequence[Row], asked: str) -> dict[int, Marked]:
    if not rows:
        return {}
    width = len(FIELDS)
    with _scratch(width) as page:
        page.executemany(
            f"INSERT INTO page (rowid, {_columns(width)}) VALUES ({', '.join('?' * (width + 1))})",  # noqa: S608
            [(row.item_id, *row.fields) for row in rows],
        )
        selected = page.execute(f"SELECT {marks_of('page')} FROM page WHERE page MATCH ?", [asked])  # noqa: S608
        return {marked[0]: Marked(*marked) for marked in selected}


def marks_of(table: str) -> str:
    """What to select of an FTS5 table of `FIELDS` for a `Marked`."""
    marks = f"char({ord(START)}), char({ord(END)})"
    return (
        f"{table}.rowid, highlight({table}, 0, {marks}), "
        f"snippet({table}, 1, {marks}, '…', {SNIPPET_WORDS}), snippet({table}, 2, {marks}, '…', {SNIPPET_WORDS})"
    )


@contextmanager
def _scratch(fields: int) -> Iterator[sqlite3.Connection]:
    """A table `page` in memory, and its `words`. Nothing of what is put there is kept; the table itself is, as making it
    takes longer than most of what it is asked. Each thread has its own."""
    made: dict[int, sqlite3.Connection] = _of_thread.__dict__.setdefault("made", {})
    if fields not in made:
        made[fields] = sqlite3.connect(":memory:", isolation_level=None)
        made[fields].execute(
            f"CREATE VIRTUAL TABLE page USING fts5({_columns(fields)}, tokenize='{TOKENIZER}')"
        )
        made[fields].execute("CREATE VIRTUAL TABLE words USING fts5vocab(page, 'instance')")
    scratch = made[fields]
    scratch.execute("BEGIN")
    try:
        yield scratch
    finally:
        scratch.execute("ROLLBACK")


def _columns(fields: int) -> str:
    return ", ".join(f"field_{number}" for number in range(fields))
