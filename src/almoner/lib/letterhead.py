"""What stands around the words of a message: masthead, foot and style, in HTML and in plain text.

The HTML keeps to what mail programs show alike (tables for the frame, styles on the elements), asks nothing of any
other host, reads in order where styles are taken out, and follows a dark scheme where the program has one.
Method: caniemail.com's table of what clients support, and Gmail's cut at 102 kB of mark-up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from almoner.lib.helplines import FIRST_NUMBERS, Line
from almoner.lib.message import CHANGE, LEAVE
from almoner.lib.written import WIDTH, wrapped


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a message: of links and lines by day, and by night. Both are read on their ground with a contrast
    of 7 to 1 or more."""

    accent: str = "#0b4a4f"
    night: str = "#8ed1ca"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes (`site`, `address`), what sort of message it is (`kind`), its title, the line that mail programs show
    beside the subject, why it came, and its place on the web ("" where it has none). All are plain text."""

    site: str
    address: str
    kind: str
    title: str
    preview: str
    why: str
    page: str = ""
    look: Look = Look()


_SERIF: Final = "Georgia,'Times New Roman',serif"
_SANS: Final = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_STYLES: Final = {
    "h1": f"margin:0 0 8px;font:400 28px/1.2 {_SERIF}",
    "h2": f"margin:32px 0 8px;padding-top:12px;border-top:2px solid ACCENT;font:600 20px/1.3 {_SERIF}",
    "h3": f"margin:20px 0 4px;font:600 17px/1.35 {_SERIF}",
    "h4": f"margin:16px 0 4px;font:600 15px/1.4 {_SANS}",
    "p": "margin:0 0 12px",
    "ul": "margin:0 0 12px;padding-left:22px",
    "ol": "margin:0 0 12px;padding-left:22px",
    "li": "margin:0 0 6px",
    "a": "color:ACCENT",
    "small": "font-size:14px;color:#4f4b43",
}
_OPENING: Final = re.compile(rf"<({'|'.join(_STYLES)})(?=[\s>])(?![^>]*\sstyle=)")
_PAGE: Final = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>{title}</title>
<style>
@media (prefers-color-scheme: dark) {{
  .ground {{ background: #181b1a !important; color: #ece7dc !important; }}
  a {{ color: {night} !important; }}
  h2 {{ border-color: {night} !important; }}
  small {{ color: #cfcac0 !important; }}
}}
</style>
</head>
<body class="ground" style="margin:0;background:#f9f5ec;color:#1d1b17;font:400 16px/1.55 {sans};overflow-wrap:break-word">
<div style="display:none;max-height:0;overflow:hidden">{preview}</div>
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f9f5ec;color:#1d1b17">
<tr><td align="center" style="padding:16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:left">
<tr><td style="font:400 16px/1.55 {sans}"><div role="main" lang="en-GB">
{body}</div>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""


def letter_html(head: Letterhead, body: str) -> str:
    """The whole message as HTML. `body` is mark-up that is safe already, its sections begin with `h2`; its elements get
    their styles here."""
    title, page = escape(head.title), escape(head.page)
    opening = [
        f'<p><small><a href="{escape(head.address)}/help/">Get help now</a></small></p>',
        f"<p><small>{escape(head.kind)} · {escape(head.site)}</small></p>",
        f"<h1>{title}</h1>",
    ]
    if page:
        opening.append(f'<p><small><a href="{page}">Read it on the web</a></small></p>')
    numbers = "".join(
        f'<li><a href="{line.dial}">{line.number}</a> {escape(line.name)}: {escape(line.what_for.lower())}</li>'
        for line in FIRST_NUMBERS
    )
    closing = [
        f"<h2>Get help now</h2><ul>{numbers}</ul>",
        f'<p><small>{escape(head.why)} <a href="{CHANGE}">Change what you get</a>, or '
        f'<a href="{LEAVE}">leave with one click</a>. Nobody counts whether you open this or what you follow in it.</small></p>',
        f"<p><small>{escape(head.site)} is an information service. Nobody there can take a report of abuse.</small></p>",
    ]
    whole = "\n".join((*opening, body, *closing))
    return _PAGE.format(
        title=title,
        preview=escape(head.preview),
        night=head.look.night,
        sans=_SANS,
        body=styled(whole, head.look),
    )


def letter_text(head: Letterhead, body: str) -> str:
    """The whole message as plain text; `body` comes with its lines as they shall stand."""
    lines = [f"Get help now: {head.address}/help/", "", f"{head.kind} · {head.site}", head.title]
    lines.append("=" * min(len(head.title), WIDTH))
    if head.page:
        lines += ["", f"Read it on the web: {head.page}"]
    lines += ["", body.strip(), "", "GET HELP NOW", *map(_number, FIRST_NUMBERS), "", "-- "]
    lines += [wrapped(head.why), "Change what you get:", CHANGE, "Leave with one click:", LEAVE]
    lines.append(wrapped(f"{head.site} is an information service. Nobody there can take a report of abuse."))
    return "\n".join(lines) + "\n"


def styled(html: str, look: Look) -> str:
    """Mark-up whose elements have their styles on them, as far as they have none."""
    return _OPENING.sub(
        lambda found: f'<{found[1]} style="{_STYLES[found[1]].replace("ACCENT", look.accent)}"', html
    )


def _number(line: Line) -> str:
    return wrapped(f"{line.number}  {line.name}: {line.what_for.lower()}")
