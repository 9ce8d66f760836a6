"""An issue from its first draft to its publication. Each step is done once, whoever asks again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from almoner.products.briefing import candidates, searching
from almoner.products.briefing.composing import Proposal, propose
from almoner.products.briefing.enums import CAME_OUT, IssueState, Rhythm, SectionKind
from almoner.products.briefing.letters import messages_of
from almoner.products.briefing.models import Briefing, Entry, Issue, Section
from almoner.records.accounts.models import Person
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.moments import LONDON
from almoner.records.catalogue.signals import issue_published, issue_withdrawn

_log = structlog.get_logger("almoner.briefing")


def start_issue(briefing: Briefing, on: date, *, now: datetime) -> Issue:
    """The draft of the next issue, for the day `on`: the one that is there, else a new one with the plan's sections. It
    looks back to where the last one ended."""
    with transaction.atomic():
        Briefing.objects.select_for_update().get(pk=briefing.pk)
        open_one = briefing.issues.exclude(state__in=CAME_OUT).order_by("number").first()
        if open_one is not None:
            return open_one
        last = briefing.issues.order_by("-number").first()
        issue = Issue.objects.create(
            briefing=briefing,
            number=1 + (briefing.issues.aggregate(last=Max("number"))["last"] or 0),
            title=f"{briefing.name}, {on.day} {on:%B %Y}",
            on=on,
            since=last.until if last else now - timedelta(days=Rhythm(briefing.rhythm).days),
            until=now,
            sign_off=briefing.sign_off,
            changed_at=now,
        )
        known = dict(SectionKind.choices)
        Section.objects.bulk_create(
            Section(issue=issue, kind=kind, heading=known[kind], position=at)
            for at, kind in enumerate(briefing.plan, 1)
            if kind in known
        )
    return issue


def compose(issue: Issue, *, now: datetime) -> int:
    """Propose entries for what is new up to now; how many came in. What an editor did stays as it is, and what was
    removed does not come back; what was withdrawn by its publisher or by us, and no editor touched, is taken out."""
    with transaction.atomic():
        issue = _open(issue)
        issue.until = now
        issue.entries.filter(touched=False, removed=False, item__status=Status.WITHDRAWN).delete()
        sections = {SectionKind(one.kind): one for one in issue.sections.all()}
        found = propose(
            candidates.candidates(issue, now=now), list(sections), candidates.standing(issue), issue.on
        )
        for proposal in found:
            section = sections[proposal.section]
            _entry(issue, section, proposal, last_position(section) + 1).save()
        _changed(issue, now, "until")
    return len(found)


def _entry(issue: Issue, section: Section, proposal: Proposal, position: int) -> Entry:
    one = proposal.candidate
    return Entry(
        issue=issue,
        section=section,
        position=position,
        kind=one.kind,
        about=one.about,
        item_id=one.item,
        comparison_id=one.comparison,
        question_id=one.question,
        title="" if one.item and one.about.startswith("item:") else one.title[:300],
        words=one.words,
        link=one.link,
        day=one.day,
        why=proposal.why[:500],
        audiences=list(proposal.audiences),
    )


def last_position(section: Section) -> int:
    """The position of the last entry of a section; 0 where it has none."""
    last: int | None = section.entries.aggregate(last=Max("position"))["last"]
    return last or 0


def describe(
    issue: Issue, *, title: str, on: date, words: str, sign_off: str, telling: str, now: datetime
) -> None:
    """Give an issue its title, date, opening words, sign-off and telling subject. `ValidationError` without a title."""
    if not title.strip():
        raise ValidationError("Give the issue a title.")
    with transaction.atomic():
        found = _open(issue)
        found.title, found.on, found.words = title.strip()[:200], on, words.strip()
        found.sign_off, found.telling = sign_off.strip(), " ".join(telling.split())[:150]
        _changed(found, now, "title", "on", "words", "sign_off", "telling")


def approve(issue: Issue, by: Person | None, *, now: datetime) -> None:
    """Say that the issue may come out as it stands. `ValidationError` where it holds nothing."""
    with transaction.atomic():
        issue = _open(issue)
        if not issue.entries.filter(removed=False).exists():
            raise ValidationError("Nothing stands in this issue yet: compose it, or put something in.")
        Issue.objects.filter(pk=issue.pk, state=IssueState.DRAFT).update(
            state=IssueState.APPROVED, approved_at=now, approved_by=by, problem=""
        )


def schedule(issue: Issue, day: date, clock: time, *, now: datetime) -> datetime:
    """Let an approved issue come out by itself on a day, at a time of the clock in London; the moment in UTC. A time that
    the clock leaves out in March is the one an hour later, and of one that it shows twice in October the first is meant.
    """
    at = london(day, clock)
    if at <= now:
        raise ValidationError("That time is over. Choose one that is to come, or publish it now.")
    done = Issue.objects.filter(pk=issue.pk, state__in=(IssueState.APPROVED, IssueState.SCHEDULED)).update(
        state=IssueState.SCHEDULED, publish_at=at, problem=""
    )
    if not done:
        raise ValidationError("Approve it first.")
    return at


def london(day: date, clock: time) -> datetime:
    """The moment at which the clock in London shows this time on this day."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def reopen(issue: Issue, *, now: datetime) -> None:
    """Make an approved or scheduled issue a draft again."""
    with transaction.atomic():
        _changed(_open(issue), now)


def publish(issue: Issue, *, now: datetime) -> bool:
    """Publish an approved or scheduled issue, and tell whoever sends it, in one transaction; False if it is published
    already. Of two who ask at once one does it. `ValidationError` where it was not approved."""
    with transaction.atomic():
        done = Issue.objects.filter(
            pk=issue.pk, state__in=(IssueState.APPROVED, IssueState.SCHEDULED)
        ).update(state=IssueState.PUBLISHED, published_at=now, problem="")
        found = Issue.objects.select_related("briefing").get(pk=issue.pk)
        if not done:
            if found.state in CAME_OUT:
                return False
            raise ValidationError("Approve it first.")
        searching.index(found)
        issue_published.send(
            sender=Issue, briefing=found.briefing.key, issue=found.key, messages=messages_of(found)
        )
    return True


def withdraw(issue: Issue) -> bool:
    """Take a published issue from readers, for good, and tell whoever sends it; False where it was taken before. Its page
    says that it was withdrawn. `ValidationError` where it never came out."""
    with transaction.atomic():
        done = Issue.objects.filter(pk=issue.pk, state=IssueState.PUBLISHED).update(
            state=IssueState.WITHDRAWN
        )
        found = Issue.objects.get(pk=issue.pk)
        if found.state != IssueState.WITHDRAWN:
            raise ValidationError("It did not come out: nobody has seen it.")
        if done:
            searching.forget(found)
            issue_withdrawn.send(sender=Issue, issue=found.key)
    return bool(done)


def publish_due(*, now: datetime) -> int:
    """Publish every scheduled issue whose time has come; how many. One that cannot be published keeps the reason, and
    keeps none of the others."""
    count = 0
    for issue in Issue.objects.filter(state=IssueState.SCHEDULED, publish_at__lte=now).order_by("publish_at"):
        try:
            count += publish(issue, now=now)
        except Exception as fault:
            _log.exception("issue_not_published", issue=issue.key)
            Issue.objects.filter(pk=issue.pk).update(problem=f"It did not come out: {fault}"[:500])
    return count


def _open(issue: Issue) -> Issue:
    """The issue as it stands now, for this transaction alone. `ValidationError` where it came out: that stays."""
    found = Issue.objects.select_for_update(of=("self",)).select_related("briefing").get(pk=issue.pk)
    if found.state in CAME_OUT:
        raise ValidationError("This issue is published, and stays as it is.")
    return found


def change_to(issue: Issue, now: datetime) -> None:
    """Note within a transaction that an issue is being changed: it is a draft again. `ValidationError` where it is
    published."""
    _changed(_open(issue), now)


def _changed(issue: Issue, now: datetime, *columns: str) -> None:
    issue.state, issue.changed_at, issue.publish_at, issue.approved_at = IssueState.DRAFT, now, None, None
    issue.save(update_fields=["state", "changed_at", "publish_at", "approved_at", *columns])
