"""Looking at once whether the links of an item work."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin import messages

from almoner.newsroom.items.access import ForEditors
from almoner.newsroom.items.reading import addresses
from almoner.records.ingest import link_checks, running
from almoner.records.ingest.links import note_links

MOST: Final = 20
"""Links that are looked at while an editor waits; the others are in the days after publishing."""


class CheckLinksView(ForEditors):
    """Asks the servers now."""

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Look, and say how many are broken."""
        wanted = addresses(self.item)[:MOST]
        note_links([self.item], timezone.now())
        with running.fetcher() as web:
            broken = link_checks.check_now(wanted, web, running.now)
        if not wanted:
            messages.info(request, "It has no links.")
        elif broken:
            messages.warning(
                request, f"{len(broken)} of {len(wanted)} links did not work: {', '.join(broken)}"
            )
        else:
            messages.success(
                request, f"All {len(wanted)} links work." if len(wanted) > 1 else "The link works."
            )
        return self.back()
