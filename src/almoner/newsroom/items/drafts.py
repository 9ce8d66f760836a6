"""What an editor typed into an item's form and has not saved: kept as it is typed, taken up again or dropped.

Each form that is opened keeps its own, under a key of its own: in two windows, two. Who takes one up again goes on under
a new key, so that two windows that take up the same one do not write over each other either.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone

from almoner.newsroom.items.access import ForContributors
from almoner.newsroom.models import Draft
from almoner.newsroom.templatetags.newsroom_tags import at
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item

MOST: Final = 1_000_000
"""Characters of a draft. A longer one is not kept, and the page says so."""
KEY: Final = "draft"
"""The field with a form's own key."""
CONTINUES: Final = "continues"
"""The field with the key of the draft that was taken up in it."""
_NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "action-approve", "action-settle", KEY, CONTINUES})
_IS_KEY: Final = re.compile(r"[\w-]{1,32}")


def new_key() -> str:
    """The key of a form that is opened."""
    return secrets.token_urlsafe(9)


def drafts_of(item: Item, by: Person) -> QuerySet[Draft]:
    """What this editor left unsaved, in how many windows ever, the newest first."""
    return Draft.objects.filter(item=item, by=by)


def as_sent(draft: Draft) -> QueryDict:
    """A draft as a browser would send it."""
    sent = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        sent.setlist(name, values)
    return sent


def drop(item: Item, by: Person, sent: Mapping[str, str]) -> None:
    """Forget the draft of a form that was saved, and the one that was taken up in it. What was typed in another window
    stays."""
    drafts_of(item, by).filter(key__in=[sent.get(KEY, ""), sent.get(CONTINUES, "")]).delete()


class DraftView(ForContributors):
    """Keeps what was typed so far, or drops it."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Keep it, and say when; or, if `drop` was pressed, forget that one and go back."""
        if "drop" in request.POST:
            drafts_of(self.item, self.editor).filter(key=request.POST["drop"]).delete()
            return self.back()
        typed = {name: values for name, values in request.POST.lists() if name not in _NOT_TYPED}
        key = request.POST.get(KEY, "")
        if not _IS_KEY.fullmatch(key):
            return JsonResponse({"said": "Not kept: open this page once more."}, status=400)
        if sum(len(value) for values in typed.values() for value in values) > MOST:
            return JsonResponse({"said": "This is too long to be kept while you type. Save it."}, status=413)
        now = timezone.now()
        Draft.objects.update_or_create(
            item=self.item, by=self.editor, key=key, defaults={"typed": typed, "at": now}
        )
        others = drafts_of(self.item, self.editor).exclude(key__in=[key, request.POST.get(CONTINUES, "")])
        beside = "; beside it, what you typed here in another window" if others.exists() else ""
        return JsonResponse({"said": f"Kept for you {at(now)}, not saved yet{beside}"})
