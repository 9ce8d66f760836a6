"""A picture of ours with an item: uploaded as those of pages are, or one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from almoner.newsroom.items.views import WithReasonView
from almoner.newsroom.picture_files import ACCEPTED, FILE_HELP, drawn
from almoner.products.pages.models import ItemPicture, Picture
from almoner.products.pages.queries import picture_with
from almoner.products.pages.services import keep_sizes, put_with, take_from


class ItemPictureForm(forms.Form):
    """A file, or a picture that there is, and what is said of it."""

    file = forms.FileField(
        label="A new picture",
        required=False,
        help_text=FILE_HELP,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    picture = forms.ModelChoiceField(
        label="Or one that there is",
        queryset=Picture.objects.all(),
        required=False,
        empty_label="None of them",
    )
    alternative = forms.CharField(
        label="What it shows",
        required=False,
        max_length=300,
        help_text="For those who do not see it: what a reader would miss. Not “picture of”.",
    )
    decorative = forms.BooleanField(
        label="It only decorates: it says nothing that the words do not say", required=False
    )
    caption = forms.CharField(required=False, max_length=300)
    credit = forms.CharField(
        label="Whose it is",
        required=False,
        max_length=200,
        help_text="Of a new picture: who made it, and by what right it is used. Readers see it below.",
    )

    def clean_file(self) -> Any:
        """The picture drawn anew; why not, where it is none."""
        sent = self.cleaned_data["file"]
        return drawn(sent) if sent else None

    def clean(self) -> dict[str, Any]:
        """Demand a picture; a file is taken rather than the one that stands there."""
        given = super().clean() or {}
        if "file" not in self.errors and not (given.get("file") or given.get("picture")):
            self.add_error("file", "Choose a file, or one of the pictures that there are.")
        return given


class ItemPictureView(WithReasonView):
    """Puts a picture with an item, or takes it away."""

    page_title = "Picture"
    header_icon = "image"
    template_name = "newsroom/items/picture.html"
    form_class = ItemPictureForm

    def get_initial(self) -> dict[str, Any]:
        """What stands there."""
        stands = ItemPicture.objects.filter(item=self.item).first()
        named = ("picture", "alternative", "decorative", "caption")
        return {name: getattr(stands, name) for name in named} if stands else {}

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The item, and the picture that stands there."""
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"stands": picture_with(self.item)}

    def post(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        """Take it away, where that is asked for."""
        if "remove" not in request.POST:
            response: HttpResponse = super().post(request, *arguments, **named)
            return response
        with transaction.atomic():
            if take_from(self.item, timezone.now()):
                log(self.item, "almoner.picture_taken", user=self.editor)
        messages.success(request, "The picture no longer stands with it.")
        return self.back()

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep it, unless its words may name a child or a victim."""
        given = dict(form.cleaned_data)
        file, credit = given.pop("file"), given.pop("credit")
        try:
            with transaction.atomic():
                if file:
                    given["picture"] = Picture.objects.create(
                        title=f"With “{self.item.title}”"[:120], credit=credit, uploaded_by=self.editor
                    )
                    keep_sizes(given["picture"], file)
                put_with(self.item, **given, now=timezone.now())
                log(self.item, "almoner.picture", user=self.editor)
        except ValidationError as fault:
            for name, faults in fault.message_dict.items():
                form.add_error(name, faults)
            return self.form_invalid(form)
        said = "Readers see it." if self.item.status == "published" else "Kept with the item."
        messages.success(self.request, said)
        return self.back()
