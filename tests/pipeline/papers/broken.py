"""PDF files that are encrypted, damaged, endless or made to do harm."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable
from typing import Final

from tests.pipeline.papers.pdf import Page, Paper

_PAD: Final = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)


def small(words: str = "Records are kept for seven years.") -> Paper:
    """A paper of one page with one line."""
    paper = Paper()
    paper.page().text(70, 100, words)
    return paper


def locked(password: str) -> bytes:
    """A paper encrypted as PDF 1.4 does (ISO 32000-1, 7.6.3, revision 2) with a password to open it, or with none."""
    identity = b"almoner-test-file"
    user = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(user).digest()[:5], user)
    key = hashlib.md5(user + owner + (0xFFFFFFFC).to_bytes(4, "little") + identity).digest()[:5]
    check = _rc4(key, _PAD)
    content = small().content()

    def closed(found: re.Match[bytes]) -> bytes:
        number, body = int(found[1]), found[2]
        head, mark, rest = body.partition(b"stream\n")
        if not mark:
            return found[0]
        stream = rest.removesuffix(b"\nendstream")
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return b"%d 0 obj\n%sstream\n%s\nendstream\nendobj" % (number, head, _rc4(own, stream))

    body = _OBJECT.sub(closed, content)
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        owner.hex().encode(), check.hex().encode(), identity.hex().encode(), identity.hex().encode(),
    )  # fmt: skip
    return body.replace(b"trailer<<", b"trailer<<" + lock)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    at = 0
    for n in range(256):
        at = (at + box[n] + key[n % len(key)]) % 256
        box[n], box[at] = box[at], box[n]
    out = bytearray()
    n = at = 0
    for byte in data:
        n = (n + 1) % 256
        at = (at + box[n]) % 256
        box[n], box[at] = box[at], box[n]
        out.append(byte ^ box[(box[n] + box[at]) % 256])
    return bytes(out)


def scan() -> bytes:
    """Two pages, each of a picture and of no words."""
    paper = Paper()
    for _ in range(2):
        page = paper.page()
        page.drawn.append("q 500 0 0 700 40 70 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    return paper.content()


def many_pages(count: int) -> bytes:
    """So many pages, all of them the same object."""
    content = small().content()
    kid = re.search(rb"/Kids\[(\d+ 0 R)\]", content)
    assert kid is not None
    kids = b" ".join([kid[1]] * count)
    return content.replace(b"/Count 1/Kids[%s]" % kid[1], b"/Count %d/Kids[%s]" % (count, kids))


def circles() -> bytes:
    """A cross-reference table whose older version is itself, and bookmarks that follow themselves."""
    paper = small()
    paper.bookmarks = [("One", 1, 0), ("Two", 1, 0)]
    content = paper.content()
    start = content.rindex(b"xref\n0 ")
    content = re.sub(
        rb"/Next \d+ 0 R", lambda found: b"/Next %d 0 R" % (int(found[0].split()[1]) - 1), content
    )
    return content.replace(b"trailer<<", b"trailer<</Prev %d" % start)


def swelling() -> bytes:
    """A page whose content is two megabytes that become two gigabytes."""
    paper = small()
    content = paper.content()
    squeezer = zlib.compressobj(9)
    block = b" " * 1_000_000
    packed = b"".join(squeezer.compress(block) for _ in range(2_000)) + squeezer.flush()
    return re.sub(
        rb"<</Length \d+/Filter/FlateDecode>>stream\n.*?\nendstream",
        lambda _: b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        content, count=1, flags=re.DOTALL,
    )  # fmt: skip


def nested_kids() -> bytes:
    """A tree of pages that contains itself."""
    content = small().content()
    return re.sub(rb"/Kids\[\d+ 0 R\]", b"/Kids[2 0 R]", content)


def vast() -> bytes:
    """A page many kilometres wide."""
    paper = Paper()
    page = Page(box=(1e9, 1e9))
    paper.pages.append(page)
    page.text(70, 100, "Far and wide.")
    return paper.content()


def nameless_letters() -> bytes:
    """A font whose letters nobody can name: codes that its own table maps to the private area."""
    content = small("abcdefghijklmnop qrstuv").content()
    mapping = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <E020> endbfrange endcmap end"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(mapping), mapping)
    number = max(int(found[1]) for found in _OBJECT.finditer(content)) + 1
    content = content.replace(b"/BaseFont/Helvetica/", b"/ToUnicode %d 0 R/BaseFont/Helvetica/" % number)
    return content.replace(b"xref\n0 ", b"%d 0 obj\n%s\nendobj\nxref\n0 " % (number, stream), 1)


BROKEN: Final[dict[str, Callable[[], bytes]]] = {
    "no more than a name": lambda: b"%PDF-1.7\n",
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "pages within themselves": nested_kids,
}
"""Files of which nothing can be had."""
