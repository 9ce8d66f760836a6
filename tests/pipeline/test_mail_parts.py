"""Messages taken apart: fields, encodings, parts."""

from __future__ import annotations

import base64

import pytest

from almoner.pipeline.parse.mail.charsets import decoded
from almoner.pipeline.parse.mail.mailboxes import Mailbox, read_mailboxes
from almoner.pipeline.parse.mail.message import text_of
from almoner.pipeline.parse.mail.parameters import read_value
from almoner.pipeline.parse.mail.parts import MAX_DEPTH, MAX_PARTS, open_parts
from almoner.pipeline.parse.mail.transfer import from_base64, transferred
from almoner.pipeline.parse.mail.words import with_words
from tests.pipeline.mails import HEAD, TEXT, multipart, opened


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?UTF-8?B?Y2Fmw6k=?= au lait", "café au lait"),
        ("=?utf-8?q?caf?= =?utf-8?q?=C3=A9?=", "café"),
        ("=?utf-8?b?Y2Fmww==?= =?utf-8?b?qQ==?=", "café"),
        ("=?utf-8*en?q?help?= for =?iso-8859-1?q?fr=E8res?=", "help for frères"),
        ("=?utf-8?q?two words, unquoted?=", "two words, unquoted"),
        ("=?utf-8?q?what=3F?", "what?"),
        ("=?utf-8?b?Y2Fmw6", "caf\ufffd"),
        ("=?klingon?q?caf=C3=A9?=", "café"),
        ("=?utf-8?q?=E9t=E9?=", "été"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?b?!!!!!!!!?=", "=?utf-8?b?!!!!!!!!?="),
        ("a =? b ?= c", "a =? b ?= c"),
    ],
)
def test_encoded_words_are_decoded_as_far_as_they_go(printed: str, meant: str) -> None:
    assert with_words(printed).replace("Ã", "\ufffd") == meant


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ('attachment; filename="a b.pdf"', "filename", "a b.pdf"),
        ("attachment; filename=a b.pdf; size=3", "filename", "a b.pdf"),
        ("attachment; filename*=UTF-8''Model%20policy%20%E2%80%93.pdf", "filename", "Model policy –.pdf"),
        ("attachment; filename*1=b.pdf; filename*0=a-", "filename", "a-b.pdf"),
        ("attachment; filename*0*=UTF-8''%C3; filename*1*=%A9.pdf", "filename", "é.pdf"),
        ("attachment; filename=x.pdf; filename*=utf-8''y.pdf", "filename", "y.pdf"),
        ('attachment; filename="=?utf-8?q?caf=C3=A9.pdf?="', "filename", "café.pdf"),
        ('multipart/mixed boundary="x"', "boundary", "x"),
        ('text/plain (a comment); CHARSET="utf-8', "charset", "utf-8"),
        ("attachment; filename*0=a; filename*2=c", "filename", "a"),
    ],
)
def test_parameters_are_read_in_every_form(line: str, name: str, value: str) -> None:
    assert read_value(line).parameters[name] == value


def test_media_types_are_lower_case_without_comments() -> None:
    assert read_value("Text/HTML (page); charset=utf-8").value == "text/html"


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ('"Stone, Leah" <leah@example.org>', [("Stone, Leah", "leah@example.org")]),
        ("leah@example.org (Leah Stone)", [("Leah Stone", "leah@example.org")]),
        ("Leah Stone", [("Leah Stone", "")]),
        ("a@example.org, B <b@example.org>", [("", "a@example.org"), ("B", "b@example.org")]),
        ("Board: Ann <a@example.org>, b@example.org;", [("Ann", "a@example.org"), ("", "b@example.org")]),
        ('"Unclosed <u@example.org>', [("Unclosed", "u@example.org")]),
        ("=?utf-8?q?Gr=C3=B4d?= Hub <h@example.org>", [("Grôd Hub", "h@example.org")]),
        ("", []),
    ],
)
def test_mailboxes_are_read_in_every_form(line: str, people: list[tuple[str, str]]) -> None:
    assert read_mailboxes(line) == tuple(Mailbox(name, address) for name, address in people)


@pytest.mark.parametrize(
    ("content", "declared", "text", "mended"),
    [
        (b"caf\xc3\xa9", "us-ascii", "café", False),
        (b"caf\xc3\xa9", "iso-8859-1", "café", False),
        (b"caf\xe9", "utf-8", "café", True),
        (b"caf\xe9", "iso-8859-1", "café", False),
        (b"it\x92s", "iso-8859-1", "it’s", False),
        (b"caf\xe9", "", "café", True),
        (b"caf\xe9", "no-such-thing", "café", True),
        (b"\xff\xfeh\x00i\x00", "utf-16", "hi", False),
        (b"h\x00i\x00", "utf-16le", "hi", False),
        (b"Fr+APY-sche", "utf-7", "Frösche", False),
        (b"\x1b$B@$3&\x1b(B", "iso-2022-jp", "世界", False),
        (b"AAAA", "base64", "AAAA", False),
    ],
)
def test_charsets_that_lie_are_found_out(content: bytes, declared: str, text: str, mended: bool) -> None:
    found = decoded(content, declared)
    assert (found.text, found.mended) == (text, mended)


def test_damaged_base64_gives_what_can_be_had() -> None:
    words = b"The helpline is open from six until midnight."
    whole = base64.b64encode(words)
    assert from_base64(whole[:20] + b"\r\n!" + whole[20:]).content == words
    assert from_base64(whole.rstrip(b"=")[:-1]).content == words[:-1] + b""
    assert from_base64(base64.b64encode(words) + base64.b64encode(words)).content == words + words
    assert from_base64(b"This was never in Base64, was it?").encoded


def test_quoted_printable_survives_trailing_space_and_wrong_escapes() -> None:
    assert transferred(b"a=  \nb=C3=A9=ZZ=", "Quoted-Printable").content == b"ab\xc3\xa9=ZZ"


def test_unknown_transfer_encodings_leave_a_text_as_it_is() -> None:
    assert transferred(b"x", "8-bit").content == b"x"


def test_a_field_that_stands_twice_counts_as_the_last_one_that_says_something() -> None:
    message = opened("Subject: one\nSubject: two\nSubject:\nFrom: a@example.org\n\nx")
    assert message.subject == "two"


def test_folded_and_8_bit_fields_are_read() -> None:
    message = opened(
        b"Subject: The\r\n  parents\x92\r\n\tevening\r\nnot a field\r\nFrom: a@example.org\r\n\r\nx"
    )
    assert message.subject == "The parents’ evening"
    assert message.senders[0].address == "a@example.org"


def test_a_text_without_header_is_all_body() -> None:
    (part,) = opened("no header here\nat all\n").bodies.text
    assert text_of(part).text == "no header here\nat all\n"


def test_an_outer_boundary_ends_an_inner_part_that_is_not_closed() -> None:
    inner = 'Content-Type: multipart/alternative; boundary="i"\n\n--i\n\nfirst'
    message = opened(multipart(inner, "\nsecond"))
    assert [part.content for part in message.bodies.text] == [b"first", b"second"]


def test_a_boundary_that_begins_like_the_outer_one_parts_only_its_own() -> None:
    inner = 'Content-Type: multipart/alternative; boundary="b1"\n\n--b1\n\nplain\n--b1 \nContent-Type: text/html\n\npage\n--b1--'
    message = opened(multipart(inner, "\nfooter"))
    assert [part.content for part in message.bodies.text] == [b"plain", b"footer"]
    assert [part.content for part in message.bodies.html] == [b"page", b"footer"]


def test_lines_that_only_begin_with_the_boundary_part_where_no_other_does() -> None:
    message = opened(f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\n--bcd\n\none\n--bcd--\n')
    assert [part.content for part in message.bodies.text] == [b"one"]


def test_a_boundary_that_is_nowhere_leaves_one_text_that_breaks_off() -> None:
    message = opened(HEAD + 'Content-Type: multipart/mixed; boundary="q"\n\nwords\n')
    assert not message.bodies.text
    assert [file.media_type for file in message.files] == ["multipart/mixed"]
    assert not message.files[0].part.closed


def test_parts_are_sorted_into_text_html_and_files() -> None:
    both = 'Content-Type: multipart/alternative; boundary="i"\n\n--i\n\nplain\n--i\nContent-Type: text/html\n\n<p>page</p>\n--i--'
    named = 'Content-Type: text/plain; name="list.txt"\n\nnamed'
    picture = "Content-Type: image/png\nContent-Disposition: inline\n\nP"
    message = opened(multipart(both, named, picture, "\nfooter"))
    assert [part.content for part in message.bodies.text] == [b"plain", b"footer"]
    assert [part.content for part in message.bodies.html] == [b"<p>page</p>", b"footer"]
    assert [(file.name, file.media_type, file.size) for file in message.files] == [
        ("list.txt", "text/plain", 5), ("", "image/png", 1),
    ]  # fmt: skip


def test_messages_within_are_opened_also_when_they_are_encoded() -> None:
    inner = base64.b64encode(b"Subject: inside\n\n" + TEXT.encode()).decode()
    part = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}"
    (attached,) = opened(multipart(part)).attached()
    assert attached.subject == "inside"


def test_depth_is_bounded() -> None:
    content = b"".join(
        b'Content-Type: multipart/mixed; boundary="%04d"\n\n--%04d\n' % (n, n) for n in range(1_000)
    )
    found = open_parts(content)
    deepest, depth = found.root, 0
    while deepest.children:
        deepest, depth = deepest.children[0], depth + 1
    assert depth == MAX_DEPTH
    assert "deep" in found.left


def test_number_of_parts_is_bounded() -> None:
    found = open_parts(b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 20_000)
    assert len(found.root.children) < MAX_PARTS


def test_lines_of_the_file_are_counted() -> None:
    message = opened(multipart("Content-Type: text/plain\n\none\ntwo", "\nthree"))
    first, second = message.bodies.text
    content = multipart("Content-Type: text/plain\n\none\ntwo", "\nthree").split("\n")
    assert content[first.lines[0] - 1] == "one"
    assert content[second.lines[0] - 1] == "three"
