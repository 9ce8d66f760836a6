"""Stories in the newsroom: which items are told as one, taking one out of it, and what became of its promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic

from almoner.newsroom import decisions
from almoner.newsroom.items.access import PUBLISH, ForEditors
from almoner.newsroom.records import PagesViewSet, number_sent
from almoner.pipeline.model import Promise
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import Item
from almoner.records.catalogue.promises import kept, key, later_items, promises_of, proposals
from almoner.records.catalogue.queries import IN_TIME
from almoner.records.catalogue.relations import KeptPromise, Story, StoryItem

A_PAGE: Final = 25


class StoriesView(ForEditors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """The stories that more than one item tells, newest first."""

    page_title = "Stories"
    header_icon = "link"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of them; `before` is where the page above ended. They are not counted, which would take longer
        than the rest of the page."""
        told = StoryItem.objects.filter(story=OuterRef("story")).exclude(pk=OuterRef("pk"))
        several = StoryItem.objects.filter(Exists(told), story=OuterRef("pk"))
        asked = request.GET.get("before", "")
        stories = Story.objects.filter(Exists(several)).order_by("-pk")
        if asked.isdecimal() and len(asked) < 18:
            stories = stories.filter(pk__lt=int(asked))
        found = list(stories[: A_PAGE + 1])
        members: dict[int, list[Item]] = {story.pk: [] for story in found[:A_PAGE]}
        rows = Item.objects.filter(in_story__story__in=members).annotate(of=F("in_story__story"))
        for item in rows.select_related("publisher").order_by(IN_TIME, "pk"):
            members[item.of].append(item)
        context = self.get_context_data() | {
            "rows": [(story, members[story.pk]) for story in found[:A_PAGE]],
            "before": found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
        }
        return render(request, "newsroom/stories/list.html", context)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Where this is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class StoryView(ForEditors, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """One story: its items, and taking some of them out."""

    page_title = "Story"
    header_icon = "link"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        story = get_object_or_404(Story, pk=pk)
        members = sorted(
            story.members.select_related("item__publisher"),
            key=lambda member: (member.item.in_time_at, member.item_id),
        )
        context = self.get_context_data() | {
            "story": story,
            "members": members,
            "promises": _promises([member.item for member in members]),
        }
        return render(request, "newsroom/stories/story.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the chosen items out, into a story of their own; or say what became of a promise."""
        story = get_object_or_404(Story, pk=pk)
        if "promise" in request.POST:
            self._say_of_promise(request, story)
            return redirect("stories:story", pk)
        wanted = [key for key in request.POST.getlist("item") if key.isdecimal() and len(key) < 18]
        items = list(Item.objects.filter(in_story__story=story, pk__in=wanted).order_by("sorts_at", "pk"))
        if not items:
            messages.warning(request, "Choose the items that do not belong to it.")
        elif len(items) == story.members.count():
            messages.warning(request, "That would leave nothing in it. Leave one item where it is.")
        else:
            decisions.take_apart(items, self.editor)
            messages.success(
                request, "Taken out of this story. What was taken out stands together, apart from it."
            )
        return redirect("stories:story", pk)

    def _say_of_promise(self, request: HttpRequest, story: Story) -> None:
        sentence = request.POST["promise"]
        item = get_object_or_404(Item, in_story__story=story, pk=number_sent(request.POST.get("promised_in")))
        by = Item.objects.filter(pk=number_sent(request.POST.get("kept_by"))).first()
        try:
            decisions.say_kept(item, sentence, by, self.editor, timezone.now())
        except ValidationError as fault:
            messages.warning(request, " ".join(fault.messages))
        else:
            messages.success(request, "Marked as kept." if by else "It is open again.")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("stories:index"), "label": StoriesView.page_title},
            {"url": "", "label": self.page_title},
        ]


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that an item of a story makes, the mark that it was kept, what may tell so, and all that came later."""

    item: Item
    promise: Promise
    mark: KeptPromise | None
    proposed: list[Item]
    later: list[Item]


def _promises(items: list[Item]) -> list[Promised]:
    marks = kept(items)
    found: list[Promised] = []
    for item in items:
        promises = promises_of(item) if item.status == Status.PUBLISHED else ()
        later = later_items(item) if promises else []
        found += [
            Promised(
                item, promise, marks.get((item.pk, key(promise.sentence))), proposals(promise, later), later
            )
            for promise in promises
        ]
    return found


class StoryViewSet(PagesViewSet):
    """The pages of stories, and their place in the menu."""

    name = "stories"
    concerns = Item
    permission = PUBLISH
    menu_label = "Stories"
    icon = "link"
    menu_order = 15

    def get_urlpatterns(self) -> list[URLPattern]:
        """Their addresses."""
        return [
            path("", StoriesView.as_view(), name="index"),
            path("<int:pk>/", StoryView.as_view(), name="story"),
        ]
