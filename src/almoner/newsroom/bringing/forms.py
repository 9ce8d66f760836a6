"""What an editor is asked who brings documents."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile

from almoner.newsroom.items.fields import DayField
from almoner.pipeline.fetch.files import FORMATS, MAX_BYTES
from almoner.records.catalogue.enums import Licence
from almoner.records.ingest import uploads
from almoner.records.ingest.models import Source

DEFAULT: Final = "Uploaded files"


class SeveralFiles(forms.ClearableFileInput):
    """A field for any number of files."""

    allow_multiple_selected = True


class SeveralField(forms.FileField):
    """Any number of files, at least one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each of them."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralField, self).clean(each, initial) for each in given or [None]]


class UploadForm(forms.Form):
    """The files, and whose they are."""

    documents = SeveralField(
        label="Files",
        help_text=(
            f"{FORMATS}; a WordPress export, an archive of a feed, or a ZIP archive with a folder of any of them. "
            f"Up to {uploads.MOST_FILES} files and {uploads.MOST_BYTES // 2**20} MiB, unpacked; a document has "
            f"{MAX_BYTES // 2**20} MiB at most, an export may be longer."
        ),
    )
    source = forms.CharField(
        max_length=Source._meta.get_field("name").max_length,
        initial=DEFAULT,
        help_text="What they belong to: “Our library”, “Newsletter to 2024”. The same name adds to it.",
    )
    publisher = forms.CharField(
        required=False, max_length=200, help_text="Who published them. Empty: as each document says."
    )
    licence = forms.ChoiceField(
        label="What readers may see of the words", choices=Licence, initial=Licence.UNKNOWN
    )
    undated = DayField(
        label="When entries without a date were published",
        required=False,
        help_text="A year is enough: 2014. It is marked as given by you. Empty: they stay without a date, and stand "
        "behind all that has one.",
    )
