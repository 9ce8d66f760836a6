"""Rules: what is known of the pages of single sources, as TOML. docs/rules.md tells how to write one."""

from almoner.pipeline.sources.rules.apply import apply
from almoner.pipeline.sources.rules.compare import FIELDS, Change, Pair, compare, filled
from almoner.pipeline.sources.rules.load import Fault, InvalidRule, load
from almoner.pipeline.sources.rules.rule import PageKind, Rule, choose
from almoner.pipeline.sources.rules.suggest import Suggestion, suggest
from almoner.pipeline.sources.rules.teach import TAUGHT, Lesson, Taught, teach

__all__ = [
    "FIELDS",
    "TAUGHT",
    "Change",
    "Fault",
    "InvalidRule",
    "Lesson",
    "PageKind",
    "Pair",
    "Rule",
    "Suggestion",
    "Taught",
    "apply",
    "choose",
    "compare",
    "filled",
    "load",
    "suggest",
    "teach",
]
