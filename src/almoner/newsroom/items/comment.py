"""Our comment on an item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin import messages

from almoner.newsroom import decisions
from almoner.newsroom.items.ours import WRITING_HELP
from almoner.newsroom.items.views import WithReasonView
from almoner.records.catalogue.comments import unknown_names
from almoner.records.catalogue.models import Comment, Item


class CommentForm(forms.Form):
    """What we say, and who says it."""

    written = forms.CharField(
        label="Our comment",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=f"Emptied, it is taken away. {WRITING_HELP}",
    )
    author = forms.CharField(
        label="Who says it",
        required=False,
        max_length=Comment._meta.get_field("author").max_length,
        help_text="Empty: the service.",
    )
    names_may_stand = forms.BooleanField(
        label="I have looked: the name may stand here, and nobody is put in danger by it",
        required=False,
    )

    def __init__(self, item: Item, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not unknown_names(item, str(self.data.get("written", ""))):
            del self.fields["names_may_stand"]


class CommentView(WithReasonView):
    """Writes, changes or takes away the comment."""

    page_title = "Comment"
    header_icon = "comment"
    template_name = "newsroom/items/comment.html"
    form_class = CommentForm

    def get_initial(self) -> dict[str, Any]:
        """What stands there."""
        stands = Comment.objects.filter(item=self.item).first()
        return {"written": stands.written, "author": stands.author} if stands else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the item that it is about."""
        return {"item": self.item, **super().get_form_kwargs()}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep it; if it may name a child or a victim, ask first."""
        given = {"names_may_stand": False, **form.cleaned_data}
        try:
            changed = decisions.comment(self.item, **given, by=self.editor, now=timezone.now())
        except ValidationError as fault:
            for name, faults in fault.message_dict.items():
                form.add_error(name, faults)
            return self.form_invalid(form)
        said = "Readers see it beside the item." if self.item.status == "published" else "Kept with the item."
        messages.success(self.request, said if changed else "Nothing was changed.")
        return self.back()
