"""Pictures as they are uploaded: drawn anew without what came along, and refused where they are none."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from almoner.products.pages.pictures import LARGEST, WIDTHS, NotAPicture, draw


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photograph(width: int = 1000, height: int = 500) -> bytes:
    """A JPEG with all that a telephone writes into one: place, device, words, a comment, and that it lies on its side."""
    image = Image.new("RGB", (width, height), "teal")
    notes = image.getexif()
    notes[0x010E], notes[0x0110], notes[0x0112] = "Elm Road Primary School", "Telephone 9", 6
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (54.0, 58.0, 12.0), "W", (2.0, 1.0, 3.0)
    return saved(
        image,
        "JPEG",
        exif=notes,
        comment=b"taken by Ann",
        xmp=b"<x:xmpmeta>Ann</x:xmpmeta>",
        icc_profile=b"Ann" * 50,
    )


def test_picture_keeps_nothing_of_where_and_by_whom_it_was_taken() -> None:
    sent = photograph()
    assert b"Elm Road" in sent
    drawn = draw(sent, "IMG_1.JPG")
    assert [one.width for one in drawn] == [480, 500], "it was turned upright: 500 wide"
    for one in drawn:
        assert one.form == "jpg"
        for trace in (b"Elm Road", b"Ann", b"Telephone", b"Exif", b"xmp", b"ICC_PROFILE"):
            assert trace not in one.content
        with Image.open(BytesIO(one.content)) as again:
            assert (again.format, again.size) == ("JPEG", (one.width, one.height))
            assert not again.getexif()


def test_picture_is_drawn_in_the_widths_that_it_fills() -> None:
    assert [one.width for one in draw(photograph(2000, 3000), "a.jpeg")] == list(WIDTHS)
    assert [(one.width, one.height) for one in draw(saved(Image.new("L", (40, 20)), "WEBP"), "a.webp")] == [
        (40, 20)
    ]


def test_picture_that_can_be_seen_through_stays_so() -> None:
    image = Image.new("RGBA", (600, 10), (1, 2, 3, 100))
    drawn = draw(saved(image, "PNG"), "a.png")
    assert {one.form for one in drawn} == {"png"}
    with Image.open(BytesIO(drawn[-1].content)) as again:
        assert again.getpixel((0, 0)) == (1, 2, 3, 100)


def moving() -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "svg": (lambda: b'<?xml version="1.0"?><svg xmlns="x" onload="alert(1)"/>', "a.svg", "SVG"),
    "svg by another name": (lambda: b"  <svg onload=alert(1)>", "a.png", "SVG"),
    "page": (lambda: b"<!doctype html><script>alert(1)</script>", "a.jpg", "not a JPEG, PNG or WebP"),
    "gif": (lambda: saved(Image.new("P", (9, 9)), "GIF"), "a.gif", "not a JPEG, PNG or WebP"),
    "tiff": (lambda: saved(Image.new("RGB", (9, 9)), "TIFF"), "a.jpg", "not a JPEG, PNG or WebP"),
    "nothing": (lambda: b"", "a.jpg", "not a JPEG, PNG or WebP"),
    "wrong name": (photograph, "a.png", "ends in “.png”, but it is a JPEG"),
    "two names": (photograph, "a.jpg.html", "ends in “.html”"),
    "page behind it": (lambda: photograph() + b"<ScRiPt>alert(1)</script>", "a.jpg", "something else"),
    "page in its notes": (
        lambda: saved(Image.new("RGB", (9, 9)), "JPEG", comment=b"<script>alert(1)</script>"),
        "a.jpg",
        "something else",
    ),
    "archive behind it": (lambda: photograph() + b"PK\x05\x06" + b"\x00" * 18, "a.jpg", "something else"),
    "document behind it": (lambda: photograph() + b"\n%PDF-1.7\n", "a.jpg", "something else"),
    "bomb": (lambda: saved(Image.new("1", (6000, 6000)), "PNG"), "a.png", "more than 16 million pixels"),
    "cut": (lambda: photograph()[:-300], "a.jpg", "damaged"),
    "signature alone": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, "a.png", "damaged"),
    "moving": (moving, "a.webp", "moves"),
    "large": (lambda: b"\xff\xd8\xff" + b"\x00" * LARGEST, "a.jpg", "larger than 10 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_file_that_is_no_harmless_picture_is_refused_in_plain_words(name: str) -> None:
    content, called, said = HOSTILE[name]
    with pytest.raises(NotAPicture, match=said):
        draw(content(), called)
