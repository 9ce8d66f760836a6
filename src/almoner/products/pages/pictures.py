"""Pictures as they are uploaded, made safe to show: read as what they are, drawn anew in a few widths, nothing else kept.

Drawing anew leaves behind where and by whom a photograph was taken (EXIF, XMP, IPTC), its thumbnail, and whatever was
hidden in the file. Method: OWASP, "File Upload Cheat Sheet" (allow-list, signature, limits, image rewriting).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from PIL import Image, ImageOps

LARGEST: Final = 10 * 2**20
"""Bytes of a file."""
MOST_PIXELS: Final = {"JPEG": 40_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""Pixels, by format. A JPEG is read at a part of its size, so that it may have more."""
WIDTHS: Final = (480, 960, 1600)
"""A picture is drawn in those that it fills, and in its own if that is less than the widest."""
QUALITY: Final = 82
MEDIA_TYPES: Final = {"jpg": "image/jpeg", "png": "image/png"}
"""Of what was drawn, by its form."""
_ENDINGS: Final = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_SIGNATURES: Final = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_FOREIGN: Final = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"<iframe", b"%pdf-")
"""What a picture never has, and a file that means to be two things at once does."""
_END_OF_ZIP: Final = b"PK\x05\x06"
_ZIP_TAIL: Final = 2**16 + 22


class NotAPicture(ValueError):
    """The file is refused, for this reason, in words for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in one width: pixels, format ("jpg" or "png") and bytes."""

    width: int
    height: int
    form: str
    content: bytes


def draw(content: bytes, name: str) -> tuple[Drawn, ...]:
    """A file of this name as pictures, the narrowest first. `NotAPicture` for all else than a still JPEG, PNG or WebP
    whose name says so, and for what is too large."""
    if len(content) > LARGEST:
        raise NotAPicture(f"It is larger than {LARGEST // 2**20} MB. Save it smaller, then try again.")
    form = _form_of(content)
    ending = PurePosixPath(name).suffix.lower()
    if _ENDINGS.get(ending) != form:
        raise NotAPicture(
            f"Its name ends in “{ending[:12]}”, but it is a {form} file. Give it its right name."
        )
    _refuse_two_in_one(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            whole = _read(content, form)
    except NotAPicture:
        raise
    except Exception as fault:  # the readers raise whatever a broken file leads them to
        raise NotAPicture("It is damaged: a programme cannot read it as a picture.") from fault
    widths = sorted({min(width, whole.width) for width in WIDTHS})
    return tuple(_in_width(whole, width) for width in widths)


def _form_of(content: bytes) -> str:
    for signature, form in _SIGNATURES:
        if content.startswith(signature):
            return form
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if b"<svg" in content[:4096].lower():
        raise NotAPicture("It is an SVG, which can hold programmes. Save it as PNG.")
    raise NotAPicture("It is not a JPEG, PNG or WebP picture, whatever its name says.")


def _refuse_two_in_one(content: bytes) -> None:
    lower = content.lower()
    if any(mark in lower for mark in _FOREIGN) or _END_OF_ZIP in content[-_ZIP_TAIL:]:
        raise NotAPicture("It holds something else besides a picture. Save it anew in a picture programme.")


def _read(content: bytes, form: str) -> Image.Image:
    """The first and only frame, upright, in plain colours, no wider than it is ever shown."""
    with Image.open(BytesIO(content), formats=[form]) as opened:
        if opened.width * opened.height > MOST_PIXELS[form]:
            most = MOST_PIXELS[form] // 1_000_000
            raise NotAPicture(f"It has more than {most} million pixels. Save it smaller, then try again.")
        if getattr(opened, "is_animated", False):
            raise NotAPicture("It moves. Moving pictures distract readers; save one still of it.")
        opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # at least as large as this; a JPEG alone knows it
        upright = ImageOps.exif_transpose(opened)
        has_alpha = upright.has_transparency_data
        plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((WIDTHS[-1], WIDTHS[-1] * 4), Image.Resampling.LANCZOS)
    return plain


def _in_width(whole: Image.Image, width: int) -> Drawn:
    height = max(1, round(whole.height * width / whole.width))
    sized = whole if width == whole.width else whole.resize((width, height), Image.Resampling.LANCZOS)
    # Onto a new sheet: what came along in the old one's notes stays there.
    fresh = Image.frombytes(sized.mode, sized.size, sized.tobytes())
    out = BytesIO()
    if fresh.mode == "RGBA":
        fresh.save(out, "PNG", optimize=True)
        return Drawn(width, height, "png", out.getvalue())
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Drawn(width, height, "jpg", out.getvalue())
