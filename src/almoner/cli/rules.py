"""`almoner rules`: check a rule for a source's pages, try it on a page, or have one proposed. Django is not imported."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any, Final

from almoner.cli.item_json import item_json
from almoner.cli.output import Printing, complain
from almoner.cli.rule_file import UnusableRule, rule_file
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch.files import file
from almoner.pipeline.model import Item, Reading, Snapshot
from almoner.pipeline.run import read
from almoner.pipeline.sources import rules
from almoner.pipeline.sources.rules import Pair, Rule

EXIT_GOOD: Final = 0
EXIT_BAD: Final = 1
WIDEST: Final = 72


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="rules_verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="say what is wrong with rule files")
    check.add_argument("files", nargs="+", metavar="FILE", help="a rule in TOML (docs/rules.md)")
    attempt = verbs.add_parser("try", help="read a page with a rule, and say what the rule changes")
    attempt.add_argument("file", metavar="FILE", help="a rule in TOML")
    attempt.add_argument("page", metavar="PAGE", help="a document of the source, as it was saved")
    attempt.add_argument("--json", action="store_true", help="as one JSON object, with all items")
    suggest = verbs.add_parser("suggest", help="propose a rule for a page, from how it is read without one")
    suggest.add_argument("page", metavar="PAGE", help="a document of the source, as it was saved")
    for one in (attempt, suggest):
        one.add_argument("--date-order", choices=("dmy", "mdy"), help="how to read 3/4/2025 without a rule")


def run(arguments: argparse.Namespace) -> int:
    """Do it. 0: the rule is good, or fits the page; 1: it is not, does not, or something could not be read."""
    try:
        if arguments.rules_verb == "check":
            return _check(arguments.files)
        return _try(arguments) if arguments.rules_verb == "try" else _suggest(arguments)
    except (PipelineError, UnusableRule) as error:
        complain(str(error))
        return EXIT_BAD


def _check(files: list[str]) -> int:
    good = True
    printing = Printing(for_machines=False)
    for path in files:
        try:
            rule = rule_file(path)
        except UnusableRule as error:
            good = False
            complain(str(error))
        else:
            printing.print([f"{path}: good. “{rule.name}”, for {' and '.join(rule.match)}\n"])
    printing.finish()
    return EXIT_GOOD if good else EXIT_BAD


def _try(arguments: argparse.Namespace) -> int:
    rule = rule_file(arguments.file)
    snapshot = _page(arguments.page)
    before = read(snapshot, order=arguments.date_order)
    after = read(snapshot, order=arguments.date_order, rule=rule)
    pairs = rules.compare(before.items, after.items)
    printing = Printing(for_machines=arguments.json)
    if arguments.json:
        printing.print([json.dumps(_as_json(rule, before, after, pairs), ensure_ascii=False) + "\n"])
    else:
        printing.print(f"{line}\n" for line in _told(rule, before, after, pairs))
    printing.finish()
    unfit = any(found.code == "rule_unmatched" for found in after.findings)
    return EXIT_BAD if unfit or not printing.whole else EXIT_GOOD


def _suggest(arguments: argparse.Namespace) -> int:
    made = rules.suggest(_page(arguments.page), arguments.date_order)
    printing = Printing(for_machines=True)
    printing.print([made.text])
    printing.finish()
    print(
        f"almoner: read with this rule, {made.reproduced:.0%} of the items come out as without one.",
        file=sys.stderr,
    )
    return EXIT_GOOD if printing.whole else EXIT_BAD


def _page(path: str) -> Snapshot:
    found = file(path)
    if isinstance(found, PipelineError):
        raise found
    return found


def _told(rule: Rule, before: Reading, after: Reading, pairs: tuple[Pair, ...]) -> Iterator[str]:
    count = len(after.items)
    yield f"{after.document.source}: {count} record(s) with the rule “{rule.name}”, {len(before.items)} without."
    for found in after.findings:
        yield f"  ! {found.code}: {found.message}"
    filled = rules.filled(after.items)
    if count:
        yield "  " + " · ".join(f"{name} {filled[name]} of {count}" for name in rules.FIELDS)
        empty = [name for name in rules.FIELDS if not filled[name]]
        yield f"  empty everywhere: {', '.join(empty) or 'nothing'}"
    alike = sum(pair.same for pair in pairs)
    yield f"  {alike} the same, {sum(bool(pair.changes) for pair in pairs)} changed, " + (
        f"{sum(pair.before is None for pair in pairs)} new, {sum(pair.after is None for pair in pairs)} gone"
    )
    for number, pair in enumerate(pairs, 1):
        if pair.same:
            continue
        item = pair.after or pair.before
        assert item is not None
        sort = "gone" if pair.after is None else "new" if pair.before is None else "changed"
        yield f"  {number:>3} {sort:<7}  {_short(item.title)}"
        for change in pair.changes:
            yield f"        {change.field}: {_short(change.before)} → {_short(change.after)}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return "(none)" if not words else words if len(words) <= WIDEST else f"{words[: WIDEST - 1]}…"


def _as_json(rule: Rule, before: Reading, after: Reading, pairs: tuple[Pair, ...]) -> dict[str, Any]:
    filled = rules.filled(after.items)

    def item(one: Item | None) -> dict[str, Any] | None:
        return item_json(one, after.document.media_type) if one is not None else None

    return {
        "rule": rule.name,
        "page": after.document.source,
        "records": len(after.items),
        "records_without": len(before.items),
        "filled": {name: filled[name] for name in rules.FIELDS},
        "empty": [name for name in rules.FIELDS if not filled[name]],
        "findings": [{"code": found.code, "message": found.message} for found in after.findings],
        "items": [
            {
                "item": item(pair.after),
                "without": item(pair.before) if pair.after is None else None,
                "new": pair.before is None,
                "changes": [
                    {"field": change.field, "before": change.before, "after": change.after}
                    for change in pair.changes
                ],
            }
            for pair in pairs
        ],
    }
