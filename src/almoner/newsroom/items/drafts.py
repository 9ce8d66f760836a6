"""What an editor typed into an item's form and has not saved: kept as it is typed, taken up again or dropped."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone

from almoner.newsroom.items.access import ForContributors
from almoner.newsroom.models import Draft
from almoner.newsroom.templatetags.newsroom_tags import at
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item

MOST: Final = 1_000_000
"""Characters of a draft. A longer one is not kept, and the page says so."""
_NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "action-approve", "action-settle"})


def draft_of(item: Item, by: Person) -> Draft | None:
    """What this editor left unsaved, if anything."""
    return Draft.objects.filter(item=item, by=by).first()


def as_sent(draft: Draft) -> QueryDict:
    """A draft as a browser would send it."""
    sent = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        sent.setlist(name, values)
    return sent


def drop(item: Item, by: Person) -> None:
    """Forget it: it was saved, or is not wanted."""
    Draft.objects.filter(item=item, by=by).delete()


class DraftView(ForContributors):
    """Keeps what was typed so far, or drops it."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Keep it, and say when; or, if `drop` was pressed, forget it and go back."""
        if "drop" in request.POST:
            drop(self.item, self.editor)
            return self.back()
        typed = {name: values for name, values in request.POST.lists() if name not in _NOT_TYPED}
        if sum(len(value) for values in typed.values() for value in values) > MOST:
            return JsonResponse({"said": "This is too long to be kept while you type. Save it."}, status=413)
        now = timezone.now()
        Draft.objects.update_or_create(item=self.item, by=self.editor, defaults={"typed": typed, "at": now})
        return JsonResponse({"said": f"Kept for you {at(now)}, not saved yet"})
