"""The rule with which a source's documents are read, where it has one."""

from __future__ import annotations

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.sources import rules
from almoner.records.ingest.models import Source

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
    return rules.choose([rule], address) if address else rule
