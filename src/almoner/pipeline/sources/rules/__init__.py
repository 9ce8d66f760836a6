"""Rules: what is known of the pages of single sources, as TOML. docs/rules.md tells how to write one."""

from almoner.pipeline.sources.rules.apply import apply
from almoner.pipeline.sources.rules.compare import FIELDS, Change, Pair, compare, filled
from almoner.pipeline.sources.rules.load import Fault, InvalidRule, load
from almoner.pipeline.sources.rules.rule import PageKind, Rule, choose
from almoner.pipeline.sources.rules.suggest import Suggestion, suggest

__all__ = [
    "FIELDS",
    "Change",
    "Fault",
    "InvalidRule",
    "PageKind",
    "Pair",
    "Rule",
    "Suggestion",
    "apply",
    "choose",
    "compare",
    "filled",
    "load",
    "suggest",
]
