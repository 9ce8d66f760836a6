"""Publishers and categories in the newsroom."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from almoner.newsroom.records import RecordViewSet
from almoner.records.catalogue.models import Category, Publisher
from almoner.records.catalogue.names import categories_named, publishers_named

_MAKERS: Final[dict[type, Any]] = {Publisher: publishers_named, Category: categories_named}


class NamedForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A record that is known by its name. Its address on the site is made once, and stays."""

    def clean_name(self) -> str:
        """The name, unless another has it in whatever case and spacing."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        others = type(self.instance).objects.exclude(pk=self.instance.pk)
        if any(name.casefold() == other.casefold() for other in others.values_list("name", flat=True)):
            raise forms.ValidationError("There is one of this name already.")
        return name

    def save(self, commit: bool = True) -> Any:
        """Save; a new one gets its address on the site first."""
        if self.instance._state.adding:
            made = _MAKERS[type(self.instance)]([self.instance.name])[self.instance.name]
            self.instance.pk, self.instance.slug, self.instance._state.adding = made.pk, made.slug, False
        return super().save(commit)


class PublisherViewSet(RecordViewSet):
    """Organisations that publish."""

    model = Publisher
    name = "publishers"
    icon = "group"
    menu_order = 30
    list_display = ("name", "website")
    search_fields = ("name",)
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("website")], base_form_class=NamedForm)


class CategoryViewSet(RecordViewSet):
    """Categories as publishers print them."""

    model = Category
    name = "categories"
    icon = "tag"
    menu_order = 40
    list_display = ("name",)
    search_fields = ("name",)
    edit_handler = ObjectList([FieldPanel("name")], base_form_class=NamedForm)
