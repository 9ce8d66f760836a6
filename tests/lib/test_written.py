"""What an editor types, as blocks, mark-up and plain text, and back."""

import re

import pytest

from almoner.lib.written import Form, as_html, as_text, from_html, read

TYPED = """First line
goes on here. See [the report](https://www.example.org/a), or https://www.example.org/b.

## Under a heading
- one
- two [of ours](/help/)
Last words"""


def test_marks_are_read_and_everything_else_stays_as_it_was_typed() -> None:
    blocks = read(TYPED)
    assert [block.form for block in blocks] == [
        Form.PARAGRAPH, Form.HEADING, Form.ITEM, Form.ITEM, Form.PARAGRAPH,
    ]  # fmt: skip
    assert blocks[0].words == "First line goes on here. See the report, or https://www.example.org/b."
    assert [piece.href for piece in blocks[0].pieces if piece.href] == [
        "https://www.example.org/a",
        "https://www.example.org/b",
    ]
    assert as_html(read("<b>1 < 2</b> & [so](javascript:alert)"), level=3) == (
        "<p>&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; [so](javascript:alert)</p>"
    )


def test_blocks_become_markup_with_lists_closed_and_own_addresses_whole() -> None:
    html = as_html(read(TYPED), level=4, base="https://almoner.example")
    assert html.endswith(
        '<h4>Under a heading</h4><ul><li>one</li><li>two <a href="https://almoner.example/help/">of ours</a></li></ul>'
        "<p>Last words</p>"
    )
    assert as_html(read("- a"), level=3) == "<ul><li>a</li></ul>"


def test_blocks_become_lines_that_never_break_an_address() -> None:
    address = "https://www.example.org/" + "a" * 90
    text = as_text(read(f"{'word ' * 30}[this]({address})\n- one\n- two"))
    assert f"\n  {address}\n" in text
    assert max(len(line) for line in text.splitlines() if address not in line) <= 72
    assert text.endswith("\n\n- one\n- two")


def test_markup_comes_back_as_it_would_be_typed() -> None:
    html = as_html(read(TYPED), level=3)
    assert as_html(read(from_html(html)), level=3) == html
    assert from_html("<table><tr><th>Year</th><td>12</td></tr></table>") == "Year · 12"


@pytest.mark.parametrize(
    "typed",
    [
        "<script>x</script>",
        "[<img>](https://x.example/)",
        "## <b>",
        '- <i\n- [a](/b"c)',
        "https://x.example/<p",
        "\x00<",
    ],
)
def test_whatever_is_typed_makes_no_markup_of_its_own(typed: str) -> None:
    assert set(re.findall(r"<(\w+)", as_html(read(typed), level=3))) <= {"p", "h3", "ul", "li", "a"}
