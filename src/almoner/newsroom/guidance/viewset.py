"""Works as Wagtail knows them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views import generic

from almoner.newsroom.guidance.adding import AddEditionView
from almoner.newsroom.guidance.changes import ChangesView
from almoner.newsroom.guidance.editions import EditionView
from almoner.newsroom.guidance.forms import PANELS
from almoner.newsroom.guidance.proposals import DecideView
from almoner.newsroom.records import RecordPageView, RecordViewSet
from almoner.newsroom.sources.listing import WIDE
from almoner.records.guidance.models import Edition, Work
from almoner.records.guidance.proposals import waiting
from almoner.records.guidance.queries import editions, works
from almoner.records.guidance.standing import Standing, in_force, standings


class WorkColumn(TitleColumn):  # type: ignore[misc]
    """The title; on a narrow screen also what would stand in columns of its own."""

    cell_template_name = "newsroom/guidance/title_cell.html"


class WorkIndexView(generic.IndexView):  # type: ignore[misc]
    """The list of works."""

    table_classname = "listing newsroom-items"
    default_ordering = "title"

    @cached_property
    def columns(self) -> list[Column]:
        """What stands in the list."""
        return [
            WorkColumn("title", get_url=self.get_edit_url, sort_key="title"),
            Column("holds", label="In force", accessor="holds", classname=WIDE),
            Column("kept", label="Editions", accessor="kept", classname=WIDE),
            Column("announced", label="Announcements waiting", accessor="announced", classname=WIDE),
        ]

    def get_base_queryset(self) -> QuerySet[Work]:
        """The works with their editions."""
        return works()

    def get_table(self, object_list: Any) -> Table:
        """The table; what waits for the works on this page is counted at once."""
        rows, today = list(object_list), timezone.localdate()
        proposed = list(waiting().filter(work__in=rows).values_list("work", flat=True))
        for work in rows:
            kept = list(work.editions.all())
            work.kept, work.holds = len(kept), getattr(in_force(kept, today), "name", "none")
            work.announced = proposed.count(work.pk)
        return super().get_table(rows)


class WorkEditView(RecordPageView):
    """One work: its editions, what waits, what is known of it."""

    template_name = "newsroom/guidance/work.html"
    object: Work

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """The form, and what stands beside it."""
        context: dict[str, Any] = super().get_context_data(**named)
        kept = list(editions().filter(work=self.object.pk))
        told: dict[int, Standing] = standings(kept, timezone.localdate())
        rows: list[tuple[Edition, Standing]] = [(one, told[one.pk]) for one in kept]
        return context | {
            "work": self.object,
            "rows": rows,
            "proposals": waiting().filter(work=self.object.pk),
        }


class WorkViewSet(RecordViewSet):
    """The list of works, one work's page, its editions, and what is done with them."""

    model = Work
    name = "works"
    url_prefix = "guidance"
    menu_label = "Guidance"
    icon = "doc-full-inverse"
    menu_order = 28
    index_view_class = WorkIndexView
    edit_view_class = WorkEditView
    search_fields = ("title", "short_title")
    edit_handler = PANELS

    def get_urlpatterns(self) -> list[URLPattern]:
        """The pages of every record, and our own."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/editions/new/", AddEditionView.as_view(), name="add_edition"),
            path("editions/<int:pk>/", EditionView.as_view(), name="edition"),
            path("editions/<int:pk>/changes/", ChangesView.as_view(), name="changes"),
            path("announcements/<int:pk>/", DecideView.as_view(), name="decide"),
        ]
