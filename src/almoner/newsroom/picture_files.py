"""Pictures as they are sent, for pages and for items."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from almoner.products.pages.pictures import LARGEST, Drawn, NotAPicture, draw

ACCEPTED: Final = ".jpg,.jpeg,.png,.webp"
FILE_HELP: Final = (
    f"JPEG, PNG or WebP, up to {LARGEST // 2**20} MB. It is drawn anew, so that nothing tells where and by whom it was "
    "taken. Is somebody to be recognised who has not agreed? Then take another."
)


def drawn(sent: UploadedFile[Any]) -> tuple[Drawn, ...]:
    """A file that was sent, drawn anew; `ValidationError`, where it is no picture, says why."""
    if (sent.size or 0) > LARGEST:
        raise ValidationError(f"It is larger than {LARGEST // 2**20} MB. Save it smaller, then try again.")
    try:
        return draw(sent.read(), sent.name or "")
    except NotAPicture as fault:
        raise ValidationError(str(fault)) from fault
