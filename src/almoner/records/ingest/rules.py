"""The rule with which a source's documents are read, where it has one, and what it was before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.sources import rules
from almoner.records.accounts.models import Person
from almoner.records.ingest.models import RuleVersion, Source

STAGE = "rule"


def rule_for(source: Source, address: str = "") -> rules.Rule | None:
    """The source's rule, where it is for this address; a document without an address is taken for one of its pages.

    Raises `PipelineError` where what is kept as the rule is none: to read without it could publish what it leaves out.
    """
    if not source.rule.strip():
        return None
    try:
        rule = rules.load(source.rule, f"the rule of “{source.name}”")
    except rules.InvalidRule as error:
        raise PipelineError(
            source.name,
            STAGE,
            f"cannot be used. {error}",
            advice="Correct the source's rule, or empty it; its documents wait.",
            permanent=False,
        ) from error
    return fitting(rule, address)


def fitting(rule: rules.Rule | None, address: str) -> rules.Rule | None:
    """The rule where it is for this address; a document without an address is taken for one of its pages."""
    return rules.choose([rule], address) if rule is not None and address else rule


def keep_rule(source: Source, text: str, *, by: Person, now: datetime) -> bool:
    """Put a rule in use, "" for none, and note who did so; False if it was in use already. What replaced one can be
    put back: nothing is lost. The next check looks at the whole page again, whether or not it changed.

    Raises `rules.InvalidRule` where it is none.
    """
    text = text.strip() + "\n" if text.strip() else ""
    if text:
        rules.load(text)
    with transaction.atomic():
        source.refresh_from_db(from_queryset=Source.objects.select_for_update())
        if text.strip() == source.rule.strip():
            return False
        newest = source.rule_versions.first()
        if source.rule.strip() and (newest is None or newest.text != source.rule):
            RuleVersion.objects.create(source=source, text=source.rule, saved_at=now)
        RuleVersion.objects.create(source=source, text=text, saved_at=now, saved_by=by)
        source.rule, source.etag, source.last_modified = text, "", ""
        source.save(update_fields=["rule", "etag", "last_modified"])
    return True
