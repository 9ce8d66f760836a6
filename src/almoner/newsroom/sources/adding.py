"""Adding a source: an address is pasted, what stands there is shown, and only then is anything kept.

What was found travels with the form, signed, so that saving asks the publisher's server nothing a second time, and
what is saved is what was shown.
"""

from __future__ import annotations

from typing import Any, Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log

from almoner.newsroom.records import Permitted
from almoner.newsroom.sources.forms import AddressForm, NewInboxForm, NewSourceForm
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.findings import FINDINGS
from almoner.pipeline.model import Item
from almoner.records.ingest import care, running
from almoner.records.ingest.models import Source

SHOWN: Final = 8
"""Items that are shown of what stands at an address."""
LONGEST: Final = 240
"""Characters that are shown of a summary."""
_SALT: Final = "newsroom.sources.found"
NOTHING: Final = (
    "Nothing there can be watched: it is no feed or sitemap, names none, and lists no items. Try the page on which the "
    "publisher lists its news."
)


class AddView(Permitted, generic.WagtailAdminTemplateMixin):  # type: ignore[misc]
    """Look at an address, then watch what was found there."""

    concerns = Source
    permission = "add"
    page_title = "Add a source"
    header_icon = "download"
    template_name = "newsroom/sources/add.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for an address; one in the address of this page is filled in, and not fetched."""
        return self._page(request, AddressForm(initial={"address": request.GET.get("address", "")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look, or save what was looked at."""
        if request.POST.get("address", "").strip().lower().startswith(("imaps:", "file:")):
            return self._inbox(request)
        return self._save(request) if "found" in request.POST else self._look(request)

    def _look(self, request: HttpRequest) -> HttpResponse:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        try:
            with running.fetcher() as web:
                seen = care.look(form.cleaned_data["address"], web)
        except PipelineError as error:
            form.add_error("address", care.plain(error))
            return self._page(request, form)
        if not seen.proposals:
            form.add_error("address", NOTHING)
            return self._page(request, form)
        found = _found(seen)
        new = NewSourceForm(
            proposals=found["proposals"],
            initial={"name": found["title"], "publisher": seen.reading.document.publisher or ""},
        )
        return self._page(request, form, new, found)

    def _save(self, request: HttpRequest) -> HttpResponse:
        address = AddressForm({"address": request.POST.get("address", "")})
        try:
            found: dict[str, Any] = signing.loads(request.POST["found"], salt=_SALT)
        except signing.BadSignature:
            address.add_error("address", "What was found got lost on the way. Please look once more.")
            return self._page(request, address)
        form = NewSourceForm(request.POST, proposals=found["proposals"])
        if form.is_valid():
            chosen = found["proposals"][form.cleaned_data.pop("proposal")]
            try:
                source = care.add(
                    address=chosen["address"],
                    adapter=chosen["adapter"],
                    now=timezone.now(),
                    **form.cleaned_data,
                )
            except ValidationError as fault:
                for name, faults in fault.message_dict.items():
                    form.add_error(name if name in form.fields else "proposal", faults)
            else:
                return self._watched(request, source)
        return self._page(request, address, form, found)

    def _inbox(self, request: HttpRequest) -> HttpResponse:
        """Ask what is known of a mailbox or folder, or save it."""
        address = AddressForm(request.POST)
        if not address.is_valid():
            return self._page(request, address)
        where = address.cleaned_data["address"]
        if "name" not in request.POST:
            return self._page(request, address, inbox=NewInboxForm(address=where))
        form = NewInboxForm(request.POST, address=where)
        if form.is_valid():
            try:
                return self._watched(
                    request, care.add(address=where, now=timezone.now(), **form.cleaned_data)
                )
            except ValidationError as fault:
                for name, faults in fault.message_dict.items():
                    (form if name in form.fields else address).add_error(name, faults)
        return self._page(request, address, inbox=form)

    def _watched(self, request: HttpRequest, source: Source) -> HttpResponse:
        log(source, "wagtail.create", user=request.user)
        messages.success(request, f"{source} is watched. Its first check is due now.")
        return redirect("sources:edit", source.pk)

    def _page(
        self,
        request: HttpRequest,
        address: AddressForm,
        form: NewSourceForm | None = None,
        found: dict[str, Any] | None = None,
        inbox: NewInboxForm | None = None,
    ) -> HttpResponse:
        context = self.get_context_data() | {"address": address, "form": form, "found": found, "inbox": inbox}
        if found is not None:
            context["signed"] = signing.dumps(found, salt=_SALT, compress=True)
        faults = any(each is not None and each.errors for each in (address, form, inbox))
        return render(request, self.template_name, context, status=422 if faults else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The way back."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("sources:index"), "label": "Sources"},
            {"url": "", "label": self.page_title},
        ]


def _found(seen: care.Discovery) -> dict[str, Any]:
    """What was found, as it travels with the form."""
    name = Source._meta.get_field("name").max_length or 200
    return {
        "title": (seen.reading.document.title or "")[:name],
        "proposals": [
            {"adapter": way.adapter, "address": way.address, "why": way.why} for way in seen.proposals
        ],
        "items_shown": [_shown(item) for item in seen.reading.items[:SHOWN]],
        "more": max(0, len(seen.reading.items) - SHOWN),
    }


def _shown(item: Item) -> dict[str, Any]:
    words = item.summary or item.text
    return {
        "title": item.title,
        "published": item.published.value if item.published else "",
        "summary": words[:LONGEST] + ("…" if len(words) > LONGEST else ""),
        "findings": list(dict.fromkeys(FINDINGS[found.code].name for found in item.findings)),
    }
