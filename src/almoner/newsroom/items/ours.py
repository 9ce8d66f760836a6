"""The form of an item that we wrote ourselves: what was printed elsewhere has no place in it."""

from __future__ import annotations

from typing import Final

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from almoner.newsroom.items.fields import TIME_HELP
from almoner.newsroom.items.forms import ItemForm

WRITING_HELP: Final = (
    "An empty line begins a paragraph. ## A heading, **bold**, *italic*, - an item of a list, > a quotation, "
    "[words](https://address) for a link."
)


class OwnForm(ItemForm):
    """The fields of an item, without those that only what was gathered has."""

    added = None  # type: ignore[assignment]
    links = None  # type: ignore[assignment]


OURS: Final = ObjectList(
    [
        FieldPanel("title", widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel(
            "summary",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="One or two sentences for lists and feeds. Taken from the text until you write one.",
        ),
        FieldPanel(
            "written", heading="Text", widget=forms.Textarea(attrs={"rows": 18}), help_text=WRITING_HELP
        ),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("publisher", heading="Published by")]),
        FieldRowPanel(
            [
                FieldPanel("credit_author", heading="Written by"),
                FieldPanel("link", heading="Address it is about", help_text="If there is one."),
            ]
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("published"), FieldPanel("updated")])],
            heading="Dates",
            help_text=f"Left empty, it is dated when it is published. {TIME_HELP}",
        ),
        MultiFieldPanel([FieldPanel("topics")], heading="Topics"),
        MultiFieldPanel([FieldPanel("audiences", heading="Whom it concerns")], heading="Audiences"),
        MultiFieldPanel(
            [FieldPanel("categories", widget=forms.CheckboxSelectMultiple)], heading="Categories"
        ),
        MultiFieldPanel([FieldPanel("events")], heading="Events it announces"),
        MultiFieldPanel([FieldPanel("private_names")], heading="Names"),
        FieldPanel("opened", classname="w-hidden"),
    ],
    base_form_class=OwnForm,
)
