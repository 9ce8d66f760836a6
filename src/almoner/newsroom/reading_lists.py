"""Reading lists in the newsroom: made as lines, and added to from an item's page."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.newsroom.items.fields import SEPARATOR, LinesField
from almoner.newsroom.records import RecordViewSet
from almoner.products.library.models import ReadingList
from almoner.products.library.services import set_entries
from almoner.records.catalogue.models import KEY_ALPHABET, Item

_KEY: Final = re.compile(rf"(?:\S*/items/)?([{KEY_ALPHABET}]{{10}})(?![\w-])")


class ReadingListForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A list with its items, one a line."""

    items = LinesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="One a line, in order: an item's address or key, then a bar, then why it is here. The title between "
        "them is for you; it is not read.",
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.instance.pk:
            self.initial["items"] = [
                f"{entry.item.key} {entry.item.title}{SEPARATOR}{entry.comment}"
                for entry in self.instance.entries.select_related("item")
            ]

    def clean_items(self) -> list[tuple[Item, str]]:
        """The items with their comments; every line that names none is said."""
        lines: list[tuple[str, str]] = []
        unknown: list[str] = []
        for line in self.cleaned_data["items"]:
            said, _, comment = (
                line.rpartition(SEPARATOR.strip()) if SEPARATOR.strip() in line else (line, "", "")
            )
            found = _KEY.match(said.strip())
            if found is None:
                unknown.append(line)
            else:
                lines.append((found[1], comment.strip()))
        known = {item.key: item for item in Item.objects.filter(key__in=[key for key, _ in lines])}
        unknown += [key for key, _ in lines if key not in known]
        if unknown:
            raise forms.ValidationError([f"“{line[:80]}” names no item." for line in unknown])
        if long := next((comment for _, comment in lines if len(comment) > 500), ""):
            raise forms.ValidationError(f"“{long[:40]}…” is over 500 characters long.")
        return [(known[key], comment) for key, comment in lines]

    def save(self, commit: bool = True) -> Any:
        """Save, the items with it."""
        made = super().save(commit)
        set_entries(made, self.cleaned_data["items"])
        return made


class ReadingListViewSet(RecordViewSet):
    """Reading lists."""

    model = ReadingList
    name = "reading_lists"
    url_prefix = "reading-lists"
    icon = "list-ul"
    menu_label = "Reading lists"
    menu_order = 45
    list_display = ("title", "is_public", "changed_at")
    search_fields = ("title",)
    edit_handler = ObjectList(
        [FieldPanel("title"), FieldPanel("description"), FieldPanel("is_public"), FieldPanel("items")],
        base_form_class=ReadingListForm,
    )
