"""A comparison as one page of HTML that stands by itself: no script, nothing fetched, fit for print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePath
from typing import Final

from almoner.pipeline.editions.kinds import swap_in_words
from almoner.pipeline.editions.model import Comparison, Kind, Op, Passage
from almoner.pipeline.editions.renumbering import in_sentences
from almoner.pipeline.editions.runs import joined, runs_of
from almoner.pipeline.model import BlockKind

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1d2422;--paper:#faf7f1;--come:#0b5a4f;--come-back:#d9efe9;--gone:#7a2e1d;--gone-back:#f6e2da;--line:#cfc8ba}
@media(prefers-color-scheme:dark){:root{--ink:#ece7dc;--paper:#171a19;--come:#9fe0d1;--come-back:#12352f;--gone:#f1b9a8;--gone-back:#43211a;--line:#45423b}}
body{margin:0 auto;padding:24px 16px;max-width:66ch;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif}
h1,h2,h3{font-family:Georgia,"Times New Roman",serif;line-height:1.25}
ins{background:var(--come-back);color:var(--come);text-decoration:underline;text-decoration-thickness:2px}
del{background:var(--gone-back);color:var(--gone)}
.passage{padding-left:12px;border-left:4px solid transparent}.changed{border-color:var(--line)}
.about{margin:0;font-size:.875rem}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
body{overflow-wrap:anywhere}a{color:inherit}h4,h5,h6{font-size:1.0625rem}@media print{body{max-width:none}.about a{display:none}}
"""
_WORDS: Final = {Op.INS: ("ins", "added: "), Op.DEL: ("del", "removed: ")}


def redline_page(comparison: Comparison) -> str:
    """The whole new edition with what came, went and moved; each change says of what kind it is and leads to the
    next. What is marked by colour is marked by words for screen readers too."""
    title = comparison.new.title or comparison.old.title or "Redline"
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}: what changed</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
            f"<h1>{escape(title)}: what changed</h1>",
            *_summary(comparison),
            *_passages(comparison),
            "</main>\n</body>\n</html>\n",
        )
    )


def _summary(comparison: Comparison) -> Iterator[str]:
    changed = sum(map(_is_marked, comparison.passages))
    old, new = PurePath(comparison.old.source).name, PurePath(comparison.new.source).name
    yield f"<p>From <b>{escape(old)}</b> to <b>{escape(new)}</b>."
    yield f"{comparison.alike:.0%} of the text stayed; {changed} passages changed.</p>"
    yield from (f"<p>{escape(found.message)}</p>" for found in comparison.findings)
    yield from (f"<p>{escape(sentence)}</p>" for sentence in in_sentences(comparison))
    if changed:
        yield '<nav aria-label="Changes"><a href="#change-1">To the first change</a></nav>'


def _is_marked(passage: Passage) -> bool:
    """Whether it is counted and led to. What only bears another number is said above, all at once."""
    return passage.change is not None and passage.change.kind is not Kind.RENUMBERING


def _passages(comparison: Comparison) -> Iterator[str]:
    count = 0
    last = sum(map(_is_marked, comparison.passages))
    for passage in comparison.passages:
        change = passage.change
        if change is None or not _is_marked(passage):
            yield f'<div class="passage">{_text(comparison, passage)}</div>'
            continue
        count += 1
        on = f' <a href="#change-{count + 1}">Next change</a>' if count < last else ""
        weight = "".join(f"; {escape(swap_in_words(gone, come))}" for gone, come in change.weight)
        yield f'<section class="passage changed" id="change-{count}">'
        yield f'<p class="about"><b>{change.kind.value.capitalize()}</b>: {escape(change.reason)}{weight}.{on}</p>'
        yield f"{_text(comparison, passage)}</section>"


def _text(comparison: Comparison, passage: Passage) -> str:
    match = passage.match
    first = (
        comparison.new.paragraphs[match.news[0]] if match.news else comparison.old.paragraphs[match.olds[0]]
    )
    tag = f"h{min(6, max(2, first.level + 1))}" if first.kind is BlockKind.HEADING else "p"
    said = "".join(_run(op, text) for op, text in joined(runs_of(passage)))
    note = "<span class='hidden'>moved here: </span>" if match.moved else ""
    return f"<{tag}>{note}{said.strip()}</{tag}>"


def _run(op: Op, text: str) -> str:
    words = escape(text).strip("\n").replace("\n\n", "<br>")
    if op not in _WORDS or not words:
        return words
    tag, said = _WORDS[op]
    return f'<{tag}><span class="hidden">{said}</span>{words}</{tag}>'
