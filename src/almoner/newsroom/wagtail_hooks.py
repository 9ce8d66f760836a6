"""Where Wagtail finds the newsroom: pages, menus and style. What it brings for other sites is taken out."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.viewsets.base import ViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.permissions import register_permission_policy

from almoner.newsroom import history  # noqa: F401, registers how decisions read
from almoner.newsroom.briefings import history as briefing_history  # noqa: F401, how deeds with issues read
from almoner.newsroom.briefings.desk import IssuesPanel
from almoner.newsroom.briefings.plans import BriefingViewSet, QuestionViewSet
from almoner.newsroom.briefings.viewset import IssueViewSet
from almoner.newsroom.bringing.pages import BringingViewSet
from almoner.newsroom.desk import DecisionsPanel, DuePanel, NewPanel, PlansPanel, SourcesPanel, WaitingPanel
from almoner.newsroom.feedback import FeedbackViewSet
from almoner.newsroom.guidance import history as guidance_history  # noqa: F401, how deeds with guidance read
from almoner.newsroom.guidance.viewset import WorkViewSet
from almoner.newsroom.items import bulk, bulk_dates, bulk_stories  # noqa: F401, registers what is done to many at once
from almoner.newsroom.items.viewset import ItemViewSet
from almoner.newsroom.letters import LetterViewSet
from almoner.newsroom.pages.pictures import PictureChooserViewSet, PictureViewSet
from almoner.newsroom.pages.rich_text import register_text
from almoner.newsroom.pages.viewset import OfficePageViewSet
from almoner.newsroom.publishers import CategoryViewSet, PublisherViewSet
from almoner.newsroom.reading_lists import ReadingListViewSet
from almoner.newsroom.records import GatheredPolicy, KeptPolicy
from almoner.newsroom.review.views import ReviewViewSet
from almoner.newsroom.runs import RunViewSet, SendingPanel
from almoner.newsroom.sources.viewset import SourceViewSet
from almoner.newsroom.statements import StatementsViewSet
from almoner.newsroom.stories import StoryViewSet
from almoner.newsroom.subscribers import SubscriberViewSet
from almoner.newsroom.writing import WritingViewSet
from almoner.products.alerts.models import Subscriber
from almoner.products.briefing.models import Briefing, Issue, Question
from almoner.products.library.models import ReadingList
from almoner.products.pages.models import OfficePage, Picture
from almoner.products.statements.models import Answer
from almoner.records.catalogue.models import Category, Item, Publisher
from almoner.records.guidance.models import Work
from almoner.records.ingest.models import Source

register_permission_policy(Item, GatheredPolicy(Item))
for _model in (
    Source,
    Publisher,
    Category,
    ReadingList,
    Work,
    Subscriber,
    Briefing,
    Issue,
    Question,
    Answer,
    OfficePage,
    Picture,
):
    register_permission_policy(_model, KeptPolicy(_model))

NOT_USED: Final = frozenset(
    {"explorer", "reports", "help", "collections", "groups", "workflows", "workflow-tasks", "snippets"}
)
"""Menu items of Wagtail that lead to what there is none of here, or off this site."""


def our_viewsets() -> list[ViewSet]:
    """The lists of records."""
    return [
        ReviewViewSet(),
        ItemViewSet(),
        WritingViewSet(),
        StoryViewSet(),
        FeedbackViewSet(),
        SourceViewSet(),
        BringingViewSet(),
        LetterViewSet(),
        WorkViewSet(),
        StatementsViewSet(),
        OfficePageViewSet(),
        PictureViewSet(),
        PictureChooserViewSet(),
        PublisherViewSet(),
        CategoryViewSet(),
        ReadingListViewSet(),
        SubscriberViewSet(),
        RunViewSet(),
        IssueViewSet(),
        BriefingViewSet(),
        QuestionViewSet(),
    ]


def desk_menu_item() -> MenuItem:
    """What waits."""
    return MenuItem("Desk", reverse("wagtailadmin_home"), name="desk", icon_name="home", order=1)


def history_menu_item() -> MenuItem:
    """Who did what when."""
    address = reverse("wagtailadmin_reports:site_history")
    return MenuItem("History", address, name="history", icon_name="history", order=50)


def drop_what_is_not_used(_request: HttpRequest, items: list[Any]) -> None:
    """Take out of the menus what leads nowhere here."""
    items[:] = [item for item in items if item.name not in NOT_USED]


def search_items() -> SearchArea:
    """The search in the menu looks for items: it takes the first area there is."""
    return SearchArea("Items", reverse("items:index"), name="items", icon_name="doc-full", order=-1)


def our_panels(_request: HttpRequest, panels: list[Any]) -> None:
    """The desk instead of Wagtail's panels."""
    panels[:] = [
        SendingPanel(),
        WaitingPanel(),
        IssuesPanel(),
        NewPanel(),
        SourcesPanel(),
        PlansPanel(),
        DuePanel(),
        DecisionsPanel(),
    ]


def no_summary(_request: HttpRequest, items: list[Any]) -> None:
    """No count of pages."""
    items.clear()


def our_style() -> SafeString:
    """Our colours over Wagtail's, and the style of our own templates."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/newsroom.css"))


def name_media_listings(router: WagtailAPIRouter) -> None:
    """Wagtail's pages name the listings of its image and document apps, which are not installed. These names
    are all there is to them: `urls.UNUSED` keeps the addresses shut."""
    for name in ("documents", "images"):
        router.register_endpoint(name, PagesAdminAPIViewSet)


for _hook, _function in (
    ("construct_admin_api", name_media_listings),
    ("register_admin_viewset", our_viewsets),
    ("register_admin_menu_item", desk_menu_item),
    ("register_admin_menu_item", history_menu_item),
    ("construct_main_menu", drop_what_is_not_used),
    ("construct_settings_menu", drop_what_is_not_used),
    ("register_admin_search_area", search_items),
    ("construct_homepage_panels", our_panels),
    ("construct_homepage_summary_items", no_summary),
    ("insert_global_admin_css", our_style),
):
    hooks.register(_hook, _function)
hooks.register("register_rich_text_features", register_text, order=100)  # after Wagtail's own
