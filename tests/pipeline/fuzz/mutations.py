"""How a document is bent: the usual ways of mutation fuzzers (AFL's havoc stage), and those that hurt parsers of
mark-up: nesting, repetition, and words that mean something to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from almoner.pipeline.model import MediaType

MAX_SIZE: Final = 40_000
"""Bytes: size alone is tried by `test_bad_input`; here many shapes matter more than long ones."""
_MARKUP: Final = (
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-16'?>",
    b"&a;", b"&#0;", b"&#x110000;", b"&#xD800;", b"&amp;amp;", b"&", b"\"", b"'", b"=", b" xmlns='x'", b" xml:base='http://[::1'", b" href='", b"javascript:",
)  # fmt: skip
_HTML: Final = (
    b"<div>", b"</div>", b"<p>", b"<ul><li>", b"</li>", b"<table><tr><td>", b"</table>", b"<h2>", b"<a href=/a>", b"</a>", b"<script>", b"</script>",
    b"<style>", b"<template>", b"<svg>", b"<math>", b"<select>", b"<textarea>", b"<title>", b"<noscript>", b"<form>", b"<base href='//x/'>", b"<br>", b"<time datetime='9999-99-99'>",
    b"<meta charset=utf-7>", b"<meta property='article:published_time' content='", b"<link rel=canonical href='", b"<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":[{}]}</script>",
    b" class='item card news post' ", b" hidden", b" style='display:none'", b"<main>", b"<article>", b"<nav>", b"<body>", b"<html>", b"<plaintext>", b"<frameset>", b"<dl><dt>x<dd>",
)  # fmt: skip
_FEED: Final = (
    b"<item>", b"</item>", b"<entry>", b"</entry>", b"<title type='xhtml'>", b"<content type='html'>", b"<pubDate>", b"<updated>", b"<link href='", b"<rss>", b"<channel>", b"<feed xmlns='http://www.w3.org/2005/Atom'>",
    b"<outline text='x'>", b"<content:encoded>", b"<wp:post_type>", b"</rss>", b"<guid isPermaLink='true'>", b"<dc:date>", b"<author><name>",
)  # fmt: skip
_JSON: Final = (
    b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"1e999", b"-0", b"\"\\ud800\"", b"\"\\u0000\"", b"\"items\":", b"\"details\":", b"\"body\":", b"\"title\":[1]", b"\"document_type\":\"consultation\"",
    b"\"content_html\":", b"\"date_published\":", b"\"change_history\":[{}]", b"\"links\":{\"organisations\":[null]}", b"\"attachments\":{}", b"NaN", b"99999999999999999999",
)  # fmt: skip
_TABLE: Final = (b",", b'"', b'""', b"\n", b"\r", b";", b"\t", b"|", b"Title", b"Date", b"=1+1", b"\x00")
_MAIL: Final = (
    b"\n", b"\r\n\r\n", b"From ", b"\nFrom x@example.org Mon Jan  1 00:00:00 2025\n", b"Content-Type: multipart/mixed; boundary=b\n", b"\n--b\n", b"\n--b--\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n", b"=?utf-8?B?", b"?=", b"=?x?q?=00?=", b"charset=", b"utf-7", b"Subject: ", b"Date: ", b"message/rfc822", b"begin 644 x\n", b"=\n", b"Content-Type: text/html; charset=\"", b"\nContent-Disposition: attachment; filename*=utf-8''%00\n",
)  # fmt: skip
_WORDS: Final = (
    b"3 March 2025", b"31 February 2025", b"9999-12-31T23:59:59+99:99", b"0000-00-00", b"next month", b"We will publish it within 99999 years", b"more than", b"1,000,000,000,000,000,000,000,000,000", b"one in eight", b"\xc2\xa3",
    b"12.5%", b"between 1 and 2", b"Source: ", b"Posted by ", b"Added: 17/08/2020 at 9:21 am Category: ", b"Credit: ", b"\n\n", b"\r", b"\x00", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"\xf0\x9f\x90\xa6",
    b"http://[::1/", b"https://example.org/?utm_source=", b"www.", b"seven-year-old Robin Sample", b"(((((", b"- ", b"1. ", b"# ", b"| ", b"> ", b"\xc2\xa0", b"\xe2\x80\x8b", b"\xc2\xad",
)  # fmt: skip
DICTIONARY: Final[dict[MediaType, tuple[bytes, ...]]] = {
    MediaType.TEXT: _WORDS,
    MediaType.HTML: (*_MARKUP, *_HTML, *_WORDS),
    MediaType.XML: (*_MARKUP, *_FEED, *_HTML, *_WORDS),
    MediaType.JSON: (*_JSON, *_HTML, *_WORDS),
    MediaType.CSV: (*_TABLE, *_WORDS),
    MediaType.MAIL: (*_MAIL, *_HTML, *_WORDS),
}

Mutation = Callable[[bytes, Random, Sequence[bytes], bytes], bytes]
"""(content, chance, dictionary, another document) → content."""


def mutated(content: bytes, chance: Random, kind: MediaType, other: bytes) -> bytes:
    """`content` after one to eight mutations, at most `MAX_SIZE` long."""
    words = DICTIONARY.get(kind, _WORDS)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        content = chance.choice(_MUTATIONS)(content, chance, words, other)[:MAX_SIZE]
    return content


def _span(content: bytes, chance: Random, longest: int = 2_000) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.randrange(1, longest))


def _flip(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 4, 32))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    start, end = _span(content, chance, 20)
    return content[:start] + chance.randbytes(end - start) + content[end:]


def _truncate(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _behead(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    return content[chance.randrange(len(content) + 1) :]


def _cut(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _repeat(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    start, end = _span(content, chance, chance.choice((4, 40, 400, 4_000)))
    times = chance.choice((2, 5, 50, 500, 5_000))
    return (
        content[:start] + content[start:end] * min(times, 1 + MAX_SIZE // max(1, end - start)) + content[end:]
    )


def _move(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    start, end = _span(content, chance)
    rest = content[:start] + content[end:]
    to = chance.randrange(len(rest) + 1)
    return rest[:to] + content[start:end] + rest[to:]


def _insert(content: bytes, chance: Random, words: Sequence[bytes], _other: bytes) -> bytes:
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(words) + content[at:]
    return content


def _nest(content: bytes, chance: Random, words: Sequence[bytes], _other: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    opening = b"".join(chance.choice(words) for _ in range(chance.choice((1, 1, 2, 3))))
    return content[:at] + opening * chance.choice((10, 300, 3_000)) + content[at:]


def _splice(content: bytes, chance: Random, _words: Sequence[bytes], other: bytes) -> bytes:
    start, end = _span(other, chance, 20_000)
    at = chance.randrange(len(content) + 1)
    return content[:at] + other[start:end] + (content[at:] if chance.random() < 0.5 else b"")


def _numbers(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    digits = [at for at, byte in enumerate(content) if 48 <= byte <= 57]
    changed = bytearray(content)
    for at in chance.sample(digits, min(len(digits), 10)):
        changed[at] = chance.choice(b"0123456789-.e")
    return bytes(changed)


def _reencode(content: bytes, chance: Random, _words: Sequence[bytes], _other: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "shift_jis")), "replace"
    )


_MUTATIONS: Final[tuple[Mutation, ...]] = (
    _flip, _overwrite, _truncate, _behead, _cut, _repeat, _move, _insert, _insert, _nest, _splice, _numbers, _reencode,
)  # fmt: skip
