"""The pages on which a source's rule is mended."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.log_actions import log

from almoner.newsroom.sources.actions import OfSource, Question
from almoner.newsroom.sources.rule import draft as drafts
from almoner.newsroom.sources.rule import lessons
from almoner.newsroom.sources.rule.draft import Draft
from almoner.newsroom.sources.rule.outline import Outline, outline
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.page.view import PageView
from almoner.pipeline.parse import parse
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules import Rule, candidates, selector
from almoner.records.ingest import trials
from almoner.records.ingest.archive import captured_as
from almoner.records.ingest.care import plain
from almoner.records.ingest.models import Document
from almoner.records.ingest.rules import keep_rule

FRAME_POLICY: Final = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""In the frame nothing runs, loads, is sent or leads away. It keeps our origin so that our page may mark items in it."""
VERSIONS: Final = 30
"""Earlier rules that are listed."""
PROPOSED: Final = 6
"""Selectors that are proposed for an element."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page on which the rule is tried: the document, what came of it, how it is drawn; or why it cannot be read."""

    document: Document
    trial: trials.Trial | None
    drawn: Outline | None
    fault: str


class RuleView(Question):
    """A captured page, the rule, and the items as the rule reads them."""

    page_title = "Rule"
    header_icon = "code"

    def get(self, request: HttpRequest, **_: int) -> HttpResponse:
        """The rule in use; with `version` an earlier one, ready to be put back; with `correction` what an editor's
        correction of an item would teach the source."""
        version = request.GET.get("version", "")
        if "correction" in request.GET:
            return self._taught(request.GET["correction"])
        if not version:
            return self._page(drafts.read(self.source.rule))
        if not version.isdecimal() or len(version) > 18:
            raise Http404
        earlier = get_object_or_404(self.source.rule_versions, pk=version)
        return self._page(drafts.read(earlier.text), earlier=earlier)

    def post(self, request: HttpRequest, **_: int) -> HttpResponse:
        """Try a rule, have one proposed, or keep one."""
        written = drafts.read(request.POST.get("rule", ""))
        action = request.POST.get("action")
        if action == "suggest":
            return self._suggest(written)
        if action in {"save", "save_and_read"}:
            return self._save(request, written, reads_again=action == "save_and_read")
        return self._page(written, asks_past=True)

    def _taught(self, key: str) -> HttpResponse:
        lesson = lessons.lesson(key, self.source) if key.isdecimal() and len(key) < 18 else None
        document, written = self._chosen(), drafts.read(self.source.rule)
        if lesson is None or document is None:
            raise Http404
        try:
            taught = rules.teach(captured_as(document), lesson, self.source.rule)
        except PipelineError as error:
            return self._page(written, said=f"Nothing could be learnt. {plain(error)}")
        if taught is None:
            said = "Nothing could be learnt: the corrected words stand nowhere on this page, or in nothing that has a name."
            return self._page(written, said=said)
        said = lessons.said(lesson, taught)
        return self._page(drafts.read(taught.text), said=said, replaced=written.text, asks_past=True)

    def _suggest(self, written: Draft) -> HttpResponse:
        document = self._chosen()
        if document is None:
            return self._page(written)
        try:
            made = rules.suggest(captured_as(document))
        except PipelineError as error:
            return self._page(written, said=f"Nothing could be proposed. {plain(error)}")
        said = f"This was proposed. With it, {made.reproduced:.0%} of the items come out as without a rule: correct what was wrong."
        return self._page(drafts.read(made.text), said=said, replaced=written.text)

    def _save(self, request: HttpRequest, written: Draft, *, reads_again: bool) -> HttpResponse:
        if written.faults:
            return self._page(written)
        newest = self.source.rule_versions.first()
        if request.POST.get("newest", "") != str(newest.pk if newest else ""):
            who = f"{newest.saved_by or 'somebody'}" if newest else "somebody"
            return self._page(
                written,
                said=f"Another rule was saved meanwhile, by {who}. It stands under “Earlier rules”. Save again to put this one in its place.",
            )
        former = drafts.read(self.source.rule).rule
        with transaction.atomic():
            is_new = keep_rule(self.source, written.text, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            if is_new:
                log(self.source, "almoner.rule", user=request.user, data={"empty": not written.text.strip()})
            again = 0
            if is_new and reads_again:
                found = trials.past(self._documents, written.rule, former)
                again = trials.read_again(found, timezone.now())
        if again:
            messages.info(request, f"{again} item{'' if again == 1 else 's'} in the queue read again.")
        messages.success(
            request,
            "Saved. It holds for what is read from now on; the former rule can be put back."
            if is_new
            else "This rule is in use already.",
        )
        return redirect(
            f"{reverse('sources:rule', args=[self.source.pk])}?document={request.POST.get('document', '')}"
        )

    def _page(
        self,
        written: Draft,
        *,
        said: str = "",
        replaced: str = "",
        earlier: Any = None,
        asks_past: bool = False,
    ) -> HttpResponse:
        now = drafts.read(self.source.rule)
        in_use = written.text.strip() == self.source.rule.strip()
        beside = None if in_use else now.rule
        document = self._chosen()
        page = _page(document, written, beside) if document is not None else None
        others = [other for other in self._documents if other != document]
        versions = list(self.source.rule_versions.select_related("saved_by")[:VERSIONS])
        context = self.get_context_data() | {
            "source": self.source,
            "draft": written,
            "in_use": in_use,
            "has_rule": bool(self.source.rule.strip()),
            "now_is_wrong": now.faults and not in_use,
            "said": said,
            "replaced": replaced,
            "earlier": earlier,
            "documents": self._documents,
            "page": page,
            "newest": versions[0].pk if versions else "",
            "versions": versions,
        }
        if page is not None and page.trial is not None and page.drawn is not None and not written.faults:
            context |= {
                "trial": page.trial,
                "items": drafts.told(page.trial, page.drawn),
                "more": max(0, len(page.trial.pairs) - drafts.SHOWN),
                "counts": drafts.counts(page.trial),
                "filled": drafts.filled(page.trial),
            }
            if asks_past and not in_use:
                found = trials.past(others, written.rule, beside)
                context |= {
                    "past": found,
                    "past_items": [(one, drafts.tell(one.pair)) for one in found.different[: drafts.SHOWN]],
                }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if written.faults else HTTPStatus.OK
        return render(self.request, "newsroom/sources/rule.html", context, status=status)

    @property
    def _documents(self) -> list[Document]:
        if not hasattr(self, "_pages"):
            self._pages = trials.pages_of(self.source)
        return self._pages

    def _chosen(self) -> Document | None:
        asked = self.request.POST.get("document") or self.request.GET.get("document", "")
        found = (document for document in self._documents if document.key == asked)
        return next(found, self._documents[0] if self._documents else None)


def _page(document: Document, written: Draft, beside: Rule | None) -> Page:
    try:
        trial = trials.attempt(captured_as(document), written.rule, beside)
    except PipelineError as error:
        return Page(document, None, None, plain(error))
    return Page(document, trial, outline(trial.after.document), "")


class FrameView(OfSource):
    """The captured page as it is drawn for the frame."""

    def get(self, request: HttpRequest, key: str, **_: int) -> HttpResponse:
        """The drawing. What cannot be read says so in the frame."""
        document = _document(self.source.pk, key)
        context: dict[str, Any] = {"document": document}
        try:
            read = parse(captured_as(document))
        except PipelineError as error:
            context["fault"] = plain(error)
        else:
            context |= {"outline": outline(read), "language": read.language}
        answer = render(request, "newsroom/sources/rule_page.html", context)
        answer.headers["Content-Security-Policy"] = FRAME_POLICY
        return answer


class SelectorsView(OfSource):
    """Selectors that would choose an element of a page, the sturdiest first, as JSON."""

    def get(self, request: HttpRequest, key: str, **_: int) -> HttpResponse:
        """`{"selectors": [{"selector", "matches"}]}` for the element `node`."""
        asked = request.GET.get("node", "")
        try:
            tree = parse(captured_as(_document(self.source.pk, key))).tree
        except PipelineError as error:
            raise Http404 from error
        if tree is None or not asked.isdecimal() or len(asked) > 9 or int(asked) >= len(tree.tags):
            raise Http404
        view = PageView(tree)
        node = int(asked)
        proposed = [
            {"selector": printed, "matches": len(selector.parse(printed).find(view))}
            for printed in candidates.for_all(view, [node])[:PROPOSED]
        ]
        return JsonResponse({"selectors": proposed})


def _document(source: int, key: str) -> Document:
    return get_object_or_404(
        Document.objects.select_related("snapshot__source"),
        key=key,
        snapshot__source=source,
        snapshot__removed_at=None,
        snapshot__size__lte=trials.LARGEST,
    )
