"""What editors write, as mark-up."""

from __future__ import annotations

import pytest

from almoner.lib.markdown import to_html
from almoner.lib.prose import source_html


def test_markdown_makes_what_prose_needs() -> None:
    written = "## What to do\n\nCall **now**,\nor write.\n\n- one\n- two\n\n> “Quite.”\n\n| a | b |\n|-|-|\n| 1 | 2 |"
    html = source_html(to_html(written), "")
    for piece in (
        "<h3>What to do</h3>",
        "<p>Call <strong>now</strong>,<br>\nor write.</p>",
        "<li>two</li>",
        "<blockquote>",
        "<td>2</td>",
    ):
        assert piece in html


def test_bare_addresses_become_links_without_the_full_stop() -> None:
    html = to_html(
        "See https://example.org/a_b_c, or (https://example.org/x?y=1). [words](https://example.org/z)"
    )
    assert html.count("<a ") == 3
    for address in ("https://example.org/a_b_c", "https://example.org/x?y=1", "https://example.org/z"):
        assert f'href="{address}"' in html


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.example/pixel.gif)",
        "    <script>alert(1)</script>",
        "```\n<script>alert(1)</script>\n```",
    ],
)
def test_nothing_runs_or_calls_out_of_what_is_written(written: str) -> None:
    html = source_html(to_html(written), "")
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
