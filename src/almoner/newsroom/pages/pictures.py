"""Pictures in the newsroom: uploaded, found, and chosen for a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from almoner.newsroom.picture_files import ACCEPTED, FILE_HELP, drawn
from almoner.newsroom.records import RecordViewSet
from almoner.products.pages.models import Picture
from almoner.products.pages.services import keep_sizes


class PictureForm(WagtailAdminModelForm):  # type: ignore[misc]
    """What is said of a picture, and its file while it is new."""

    file = forms.FileField(
        label="Picture", help_text=FILE_HELP, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.instance.pk:
            self.fields.pop("file", None)

    class Meta:
        model = Picture
        fields = ("title", "credit")

    def clean_file(self) -> Any:
        """The picture drawn anew; why not, where it is none."""
        return drawn(self.cleaned_data["file"])

    def save(self, commit: bool = True) -> Picture:
        """Keep it, with its sizes."""
        is_new = self.instance._state.adding
        if is_new:
            self.instance.uploaded_by = self.for_user
        picture: Picture = super().save(commit)
        if is_new:
            keep_sizes(picture, self.cleaned_data["file"])
        return picture


def thumbnail(picture: Picture) -> str:
    """The picture at its narrowest."""
    size = picture.sizes.defer("content").first()
    if size is None:
        return ""
    address = reverse("web:picture", args=[picture.key, size.width, size.form])
    return format_html('<img class="newsroom-thumbnail" src="{}" alt="" loading="lazy">', address)


class PictureViewSet(RecordViewSet):
    """The pictures."""

    model = Picture
    name = "pictures"
    icon = "image"
    menu_label = "Pictures"
    menu_order = 47
    list_display = ("title", Column("picture", accessor=thumbnail), "credit", "uploaded_at")
    search_fields = ("title", "credit")
    edit_handler = ObjectList(
        [FieldPanel("title"), FieldPanel("file"), FieldPanel("credit")], base_form_class=PictureForm
    )


class _ByItsLook:
    """Shows each picture beside its title."""

    title_column: TitleColumn

    @property
    def columns(self) -> list[Column]:
        """The title, which chooses it, and the picture."""
        return [self.title_column, Column("picture", accessor=thumbnail)]


class ChoosePictureView(_ByItsLook, chooser.ChooseView):  # type: ignore[misc]
    """All of it."""


class ChoosePictureResultsView(_ByItsLook, chooser.ChooseResultsView):  # type: ignore[misc]
    """A further page of it."""


class PictureChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    """Choosing a picture for a page, or uploading one on the way."""

    model = Picture
    name = "picture_chooser"
    url_prefix = "pictures/choose"
    icon = "image"
    page_title = "Choose a picture"
    choose_one_text = "Choose a picture"
    creation_form_class = PictureForm
    creation_tab_label = "Upload"
    create_action_label = "Upload"
    search_tab_label = "Those that there are"
    per_page = 12
    register_widget = False
    choose_view_class = ChoosePictureView
    choose_results_view_class = ChoosePictureResultsView
