"""Sources, publishers and categories in the newsroom."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views import generic

from almoner.newsroom.records import RecordViewSet
from almoner.records.catalogue.models import Category, Publisher
from almoner.records.catalogue.names import categories_named, publishers_named
from almoner.records.ingest.models import Source

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


class SourceIndexView(generic.IndexView):  # type: ignore[misc]
    """The list of sources."""

    def get_base_queryset(self) -> QuerySet[Source]:
        """The sources, with their publishers."""
        sources: QuerySet[Source] = super().get_base_queryset()
        return sources.select_related("publisher")


class SourceViewSet(RecordViewSet):
    """Where documents come from, and how far it is trusted."""

    model = Source
    name = "sources"
    icon = "download"
    menu_order = 20
    index_view_class = SourceIndexView
    list_display = ("name", "publisher", "trust", "licence")
    list_filter = ("trust", "licence")
    search_fields = ("name",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("publisher"),
            FieldPanel("address"),
            FieldPanel("trust", help_text="Holds for what is read from now on."),
            FieldPanel("licence", help_text="What readers may be shown of items that are read from now on."),
            FieldPanel("keep_months"),
        ]
    )


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
