"""Reading lists in the newsroom: made as rows, and added to from an item's page."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.newsroom.items.fields import RowsField
from almoner.newsroom.records import RecordViewSet
from almoner.products.library.models import ReadingList, ReadingListEntry
from almoner.products.library.services import set_entries
from almoner.records.catalogue.models import KEY_ALPHABET, Item

_LONGEST: Final = ReadingListEntry._meta.get_field("comment").max_length or 0
_KEY: Final = re.compile(rf"(?:\S*/items/)?([{KEY_ALPHABET}]{{10}})(?![\w-])")


class ReadingListForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A list with its items, an entry each."""

    items = RowsField(
        {"item": "Item: its address or key", "comment": "Why it is here"},
        "Entry",
        needed="item",
        help_text="In order; empty an entry to take it off. The title behind an address is for you, it is not read.",
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.instance.pk:
            self.initial["items"] = [
                {"item": f"{entry.item.key} {entry.item.title}", "comment": entry.comment}
                for entry in self.instance.entries.select_related("item")
            ]

    def clean_items(self) -> list[tuple[Item, str]] | None:
        """The items with their comments; every entry that names none is said."""
        rows = self.cleaned_data["items"]
        if rows is None:
            return None
        keys = [found[1] if (found := _KEY.match(row["item"])) else "" for row in rows]
        known = {item.key: item for item in Item.objects.filter(key__in=keys)}
        faults = [
            f"“{row['item'][:80]}” names no item."
            for row, key in zip(rows, keys, strict=True)
            if key not in known
        ]
        faults += [
            f"“{row['comment'][:40]}…” is over {_LONGEST} characters long."
            for row in rows
            if len(row["comment"]) > _LONGEST
        ]
        if faults:
            raise forms.ValidationError(faults)
        return [(known[key], row["comment"]) for row, key in zip(rows, keys, strict=True)]

    def save(self, commit: bool = True) -> Any:
        """Save, the items with it."""
        made = super().save(commit)
        if self.cleaned_data["items"] is not None:
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
