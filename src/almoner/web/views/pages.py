"""Pages that the office wrote, and the pictures on them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from almoner.products.pages.pictures import MEDIA_TYPES
from almoner.products.pages.queries import page_at, pages_below, size_of
from almoner.web.headers import keep_from_search_engines
from almoner.web.views.items import may_edit
from almoner.web.views.standing import withdrawn


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page; from a former address the way to it; what was taken away says so (410)."""
    found = page_at(slug)
    if found is None or not (found.live or found.was_shown):
        raise Http404("no such page")
    if not found.live:
        return withdrawn(request, "page")
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    context = {
        "title": found.title,
        "description": found.lead,
        "page": found,
        "crumbs": [each for each in found.above() if each.live],
        "below": pages_below(found),
    }
    answer = render(request, "pages/office.html", context)
    if found.private_names:
        keep_from_search_engines(answer)
    return answer


@require_safe
def picture(request: HttpRequest, key: str, width: int, form: str) -> HttpResponse:
    """A picture in one width, while a page that readers see has it; editors get it always."""
    found = size_of(key, width, form, for_editor=may_edit(request))
    if found is None:
        raise Http404("no such picture")
    answer = HttpResponse(bytes(found.content), content_type=MEDIA_TYPES[found.form])
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
