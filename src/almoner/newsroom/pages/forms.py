"""The form of a page."""

from __future__ import annotations

from itertools import chain, count
from typing import Any, Final

from django import forms
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TitleFieldPanel,
)

from almoner.products.pages.models import FormerPage, OfficePage

DECIDE: Final = "catalogue.decide_item"
"""Who may say that the name of a child or a victim may stand in an item may say so of a page."""


class PageForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A page, with the answer to the question whether a name may stand."""

    names_may_stand = forms.BooleanField(
        label="I have looked: the name may stand here, and nobody is put in danger by it", required=False
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        under = self.fields.get("under")
        if under is not None and self.instance.pk:
            under.queryset = under.queryset.exclude(pk=self.instance.pk)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if not (self.for_user and self.for_user.has_perm(DECIDE)):
            for name in ("names_may_stand", "names_reason"):
                self.fields.pop(name, None)

    def clean_slug(self) -> str:
        """The address, or one made of the title where none was typed."""
        typed: str = self.cleaned_data["slug"]
        return typed or free_slug(self.cleaned_data.get("title", ""))


def free_slug(title: str) -> str:
    """An address of a page that no page has or had, by its title."""
    wanted = slugify(title)[:50].strip("-") or "page"
    taken = set(OfficePage.objects.values_list("slug", flat=True))
    taken.update(FormerPage.objects.values_list("slug", flat=True))
    others = (f"{wanted}-{number}" for number in count(2))
    return next(one for one in chain([wanted], others) if one not in taken)


PAGE: Final = ObjectList(
    [
        TitleFieldPanel("title", targets=["slug"], placeholder=False),
        FieldPanel("lead", widget=forms.Textarea(attrs={"rows": 2})),
        FieldPanel("body", heading="What it says"),
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("position")]),
                FieldPanel("under", widget=forms.Select),
            ],
            heading="Where it stands",
        ),
        MultiFieldPanel(
            [FieldPanel("names_may_stand"), FieldPanel("names_reason")],
            heading="Names of children and victims",
        ),
        PublishingPanel(),
    ],
    base_form_class=PageForm,
)
