"""`almoner guidance`: add editions of guidance, list what is kept, compare two editions."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare
from almoner.cli.output import Printing
from almoner.pipeline.errors import PipelineError

if TYPE_CHECKING:
    from almoner.records.guidance.models import Edition, Work

EXIT_DONE: Final = 0
EXIT_NOT: Final = 1
STATUSES: Final = ("draft", "information", "in_force", "superseded", "withdrawn")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="guidance_verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="read a file and keep it as an edition of a work")
    add.add_argument("work", metavar="WORK", help="its title or its name in addresses; a new one is made")
    add.add_argument("file", metavar="FILE", help="PDF, Word, HTML, Markdown, text, CLML or Akoma Ntoso")
    add.add_argument("--name", required=True, help="what tells the edition from the others: 2025")
    add.add_argument("--published", default="", metavar="DATE", help="2025-07-07, 2025-07 or 2025")
    add.add_argument(
        "--status", action="append", default=[], metavar="STATUS=DATE", type=_status,
        help=f"what it is, and from when: in_force=2025-09-01; one of {', '.join(STATUSES)}; may be given again",
    )  # fmt: skip
    add.add_argument("--licence", choices=("unknown", "ogl", "permission", "own"), default="unknown")
    add.add_argument("--address", default="", help="where its publisher has it")
    add.add_argument("--short-title", default="", help="of a new work: KCSIE")
    add.add_argument("--publisher", default="", help="of a new work")
    add.add_argument("--nations", default="", help="of a new work: letters of E, W, S and N")
    listing = verbs.add_parser("list", help="the works and their editions, with what each is today")
    listing.add_argument("work", metavar="WORK", nargs="?")
    compare = verbs.add_parser("compare", help="what changed between two editions of a work")
    compare.add_argument("work", metavar="WORK")
    compare.add_argument("old", metavar="OLD", help="the name of the older edition")
    compare.add_argument("new", metavar="NEW", help="the name of the newer one")
    compare.add_argument("--json", action="store_true", help="as docs/redline.schema.json says")


def run(arguments: argparse.Namespace) -> int:
    """Do it. 0: done; 1: it could not be done, and was said."""
    if not prepare.load_settings():
        return EXIT_NOT
    prepare.migrate()
    from django.core.exceptions import ValidationError

    try:
        return _VERBS[arguments.guidance_verb](arguments)
    except PipelineError as error:
        prepare.complain(str(error))
    except ValidationError as fault:
        for words in fault.messages:
            prepare.complain(words)
    return EXIT_NOT


def _status(value: str) -> tuple[str, str]:
    status, is_dated, since = value.partition("=")
    if not is_dated or status not in STATUSES:
        raise argparse.ArgumentTypeError(f"write STATUS=DATE with one of {', '.join(STATUSES)}")
    return status, since


def _add(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.pipeline.fetch.files import file
    from almoner.records.catalogue.enums import Licence
    from almoner.records.guidance.editions import MAX_BYTES, add_edition
    from almoner.records.guidance.enums import EditionStatus
    from almoner.records.guidance.works import add_work

    snapshot = file(arguments.file, MAX_BYTES)
    if isinstance(snapshot, PipelineError):
        raise snapshot
    work = _work(arguments.work) or add_work(
        arguments.work,
        short_title=arguments.short_title,
        publisher=arguments.publisher,
        nations=arguments.nations,
    )
    added = add_edition(
        work,
        snapshot,
        name=arguments.name,
        now=timezone.now(),
        published=arguments.published,
        statuses=[(EditionStatus(status), since) for status, since in arguments.status],
        licence=Licence(arguments.licence),
        address=arguments.address,
    )
    edition = added.edition
    how = "kept" if added.is_new else "is there already, and stays as it is"
    prepare.say(f"{edition}: {how}; {edition.paragraph_count} paragraphs.")
    for found in edition.findings:
        prepare.complain(f"warning: {found['message']}")
    return EXIT_DONE


def _list(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.records.guidance.queries import works
    from almoner.records.guidance.standing import standings

    kept = works()
    if arguments.work:
        work = _work(arguments.work)
        if work is None:
            return _no_work(arguments.work)
        kept = kept.filter(pk=work.pk)
    if not kept:
        prepare.say("no works yet: almoner guidance add WORK FILE --name 2025")
    for work in kept:
        print(f"{work.title}\n    {work.slug}  {', '.join(work.nation_names)}".rstrip())
        told = standings(work.editions.all(), timezone.localdate())
        for edition in work.editions.all():
            standing = told[edition.pk]
            since = f" since {standing.since}" if standing.since else ""
            print(f"    {edition.name}: {standing.label}{since}; {edition.paragraph_count} paragraphs")
    return EXIT_DONE


def _compare(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.cli.redline_table import redline_table
    from almoner.records.guidance.comparisons import compare, in_full

    work = _work(arguments.work)
    if work is None:
        return _no_work(arguments.work)
    old, new = _edition(work, arguments.old), _edition(work, arguments.new)
    if old is None or new is None:
        return EXIT_NOT
    kept = compare(old, new, now=timezone.now())
    for found in kept.redline["findings"]:
        prepare.complain(f"warning: {found['message']}")
    printing = Printing(for_machines=arguments.json)
    if arguments.json:
        printing.print([json.dumps(kept.redline, ensure_ascii=False), "\n"])
    else:
        printing.print([redline_table(in_full(old, new))])
    printing.finish()
    return EXIT_DONE if printing.whole else EXIT_NOT


def _work(name: str) -> Work | None:
    from django.db.models import Q

    from almoner.records.guidance.models import Work

    return Work.objects.filter(Q(slug=name) | Q(title__iexact=name) | Q(short_title__iexact=name)).first()


def _no_work(name: str) -> int:
    prepare.complain(f"there is no work “{name}”: see almoner guidance list.")
    return EXIT_NOT


def _edition(work: Work, name: str) -> Edition | None:
    edition = work.editions.filter(name=name).first()
    if edition is None:
        kept = ", ".join(work.editions.values_list("name", flat=True)) or "none"
        prepare.complain(f"{work} has no edition “{name}”. Kept: {kept}.")
    return edition


_VERBS: Final = {"add": _add, "list": _list, "compare": _compare}
