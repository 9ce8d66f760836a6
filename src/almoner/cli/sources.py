"""`almoner sources`: list, add, try, check, pause, import and export the sources."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare
from almoner.pipeline.errors import PipelineError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from almoner.records.ingest.models import Source

EXIT_DONE: Final = 0
EXIT_NOT: Final = 1
SHOWN: Final = 10
"""Items that are shown of what stands at an address."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="sources_verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the sources, how they are doing and when they are checked next")
    listing.add_argument(
        "--broken", action="store_true", help="only those that fail, are held or were paused"
    )
    attempt = verbs.add_parser("try", help="look at an address: how it might be watched, and the items there")
    attempt.add_argument("address", metavar="ADDRESS")
    add = verbs.add_parser("add", help="watch an address, a mailbox or a folder of this machine")
    add.add_argument(
        "address", metavar="ADDRESS", help="https://…, imaps://user@host/Folder, or file:///folder"
    )
    add.add_argument("--name", help="what it is called here (default: what it calls itself)")
    add.add_argument("--publisher", help="who publishes there")
    add.add_argument("--adapter", help="how to watch it (default: as `try` proposes)")
    add.add_argument("--trust", choices=("review", "auto"), default="review")
    add.add_argument("--licence", choices=("unknown", "ogl", "permission", "own"), default="unknown")
    add.add_argument(
        "--sender", action="append", default=[], metavar="ADDRESS",
        help="of a newsletter: who may send it, as ann@example.org or @example.org; may be given again",
    )  # fmt: skip
    add.add_argument(
        "--receiver",
        default="",
        metavar="HOST",
        help="of a mailbox: the host whose word about signatures is taken",
    )
    check = verbs.add_parser("run", help="check sources now")
    check.add_argument("names", nargs="+", metavar="NAME")
    check.add_argument("--let-in", action="store_true", help="take in new items however many there are")
    rest = verbs.add_parser("pause", help="stop watching a source; what was gathered stays")
    rest.add_argument("name", metavar="NAME")
    rest.add_argument("--reason", default="", help="why, for those who look at it later")
    resume = verbs.add_parser("resume", help="watch a source that was paused, held or brought in from a list")
    resume.add_argument("names", nargs="+", metavar="NAME")
    take = verbs.add_parser(
        "import", help="bring in sources from an OPML file, or from the catalogue; they wait, paused"
    )
    take.add_argument(
        "file", metavar="FILE", help="an OPML file, or `catalogue` for the one that comes with Almoner"
    )
    give = verbs.add_parser("export", help="the sources as OPML")
    give.add_argument("file", metavar="FILE", nargs="?", help="where to (default: standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Do it. 0: done; 1: something could not be done, and was said."""
    if not prepare.load_settings():
        return EXIT_NOT
    prepare.migrate()
    try:
        return _VERBS[arguments.sources_verb](arguments)
    except PipelineError as error:
        prepare.complain(str(error))
        return EXIT_NOT


def _list(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest.models import Source

    sources = Source.objects.select_related("publisher")
    if arguments.broken:
        sources = sources.exclude(adapter="files").exclude(state="active", failures=0)
    if not sources:
        prepare.say(
            "no sources" + (" that are broken." if arguments.broken else " yet: almoner sources add ADDRESS")
        )
    for source in sources:
        if source.adapter == "files":
            print(f"{source.name}\n    fed by hand: almoner import FILE --source {shlex.quote(source.name)}")
        else:
            print(f"{source.name}\n    {source.adapter}  {source.address}\n    {how_it_does(source)}")
    return EXIT_DONE


def how_it_does(source: Source) -> str:
    """How a source is doing, in one line."""
    from django.utils import timezone

    def moment(name: str) -> str:
        when = getattr(source, name)
        return f"{timezone.localtime(when):%-d %B %Y, %H:%M}" if when else "never"

    if source.state != "active":
        return f"{source.get_state_display()}: {source.state_reason or 'no reason given'}"
    if source.failures:
        times = "once" if source.failures == 1 else f"{source.failures} times in a row"
        return f"failed {times}; tried again {moment('next_check_at')}: {source.last_error}"
    return f"watched; checked {moment('checked_at')}, next {moment('next_check_at')}"


def _try(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest.care import look
    from almoner.records.ingest.running import fetcher

    with fetcher() as web:
        found = look(arguments.address, web)
    for number, proposal in enumerate(found.proposals, start=1):
        print(f"{number}. {proposal.adapter}  {proposal.address}\n   {proposal.why}")
    if not found.proposals:
        prepare.complain(
            "nothing there can be watched: it is no feed or sitemap, names none, and lists no items."
        )
    for item in found.reading.items[:SHOWN]:
        print(f"   {item.published.value[:10] if item.published else '          '}  {item.title[:90]}")
    if len(found.reading.items) > SHOWN:
        print(f"   … and {len(found.reading.items) - SHOWN} more")
    return EXIT_DONE if found.proposals else EXIT_NOT


def _add(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest import care
    from almoner.records.ingest.running import fetcher

    adapter, address, name = arguments.adapter, arguments.address, arguments.name
    if address.lower().startswith(("imaps:", "file:")):
        # Nobody is asked what stands in a mailbox or a folder: its first check says.
        is_folder = address.lower().startswith("file:") and not arguments.sender
        return _watch(
            name or address, address, adapter or ("folder" if is_folder else "newsletter"), arguments
        )
    if not (adapter and name):
        with fetcher() as web:
            found = care.look(address, web)
        if not adapter:
            if not found.proposals:
                prepare.complain(
                    "nothing there can be watched: it is no feed or sitemap, names none, and lists no items."
                )
                return EXIT_NOT
            adapter, address = found.proposals[0].adapter, found.proposals[0].address
        name = name or found.reading.document.title or address
    return _watch(name, address, adapter, arguments)


def _watch(name: str, address: str, adapter: str, arguments: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from almoner.records.ingest import care
    from almoner.records.ingest.running import now

    try:
        source = care.add(
            name,
            address,
            adapter,
            publisher=arguments.publisher or "",
            trust=arguments.trust,
            licence=arguments.licence,
            now=now(),
            senders=arguments.sender,
            receiver=arguments.receiver,
        )
    except ValidationError as error:
        prepare.complain(" ".join(error.messages))
        return EXIT_NOT
    prepare.say(f"{source.name} is watched: {source.adapter}, {source.address}")
    if source.adapter == "newsletter" and not source.senders:
        prepare.say("It has no senders yet: each message waits in the newsroom until its sender is let in.")
    return EXIT_DONE


def _named(names: list[str]) -> QuerySet[Source] | None:
    """The sources of these names; None, after saying so, where one of them is not there."""
    from almoner.records.ingest.models import Source

    missing = set(names) - set(Source.objects.filter(name__in=names).values_list("name", flat=True))
    for name in sorted(missing):
        prepare.complain(f"there is no source called {name}. Those that there are: almoner sources list")
    return None if missing else Source.objects.filter(name__in=names)


def _run(arguments: argparse.Namespace) -> int:
    from almoner.cli.gather import Progress
    from almoner.records.ingest.enums import Trigger
    from almoner.records.ingest.running import fetcher, now
    from almoner.records.ingest.watching import Gathering

    sources = _named(arguments.names)
    if sources is None:
        return EXIT_NOT
    progress = Progress()
    with fetcher() as web:
        total = Gathering(
            web,
            now,
            only=list(sources.values_list("pk", flat=True)),
            trigger=Trigger.HAND,
            takes_all=arguments.let_in,
            told=progress.told,
        ).run()
    progress.finish(total)
    return EXIT_NOT if progress.failed or total < len(set(arguments.names)) else EXIT_DONE


def _pause(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest import care

    sources = _named([arguments.name])
    if sources is None:
        return EXIT_NOT
    care.pause(sources.get(), arguments.reason)
    prepare.say(f"{arguments.name} is paused.")
    return EXIT_DONE


def _resume(arguments: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from almoner.records.ingest import care
    from almoner.records.ingest.running import now

    sources = _named(arguments.names)
    if sources is None:
        return EXIT_NOT
    code = EXIT_DONE
    for source in sources:
        try:
            care.watch_from(source, now())
            prepare.say(f"{source.name} is watched.")
        except ValidationError as error:
            prepare.complain(f"{source.name}: {' '.join(error.messages)}")
            code = EXIT_NOT
    return code


def _import(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest import source_lists

    try:
        text = None if arguments.file == "catalogue" else Path(arguments.file).read_bytes()
        outcome = source_lists.bring_in(text, arguments.file)
    except OSError as error:
        prepare.complain(
            f"{arguments.file}: could not be read: {error.strerror or error}. Check that the path is right; for the "
            "list that comes with Almoner write: almoner sources import catalogue"
        )
        return EXIT_NOT
    except PipelineError as error:
        prepare.complain(str(error))
        return EXIT_NOT
    for refused in outcome.refused:
        prepare.complain(refused)
    if not (outcome.added or outcome.known or outcome.refused):
        prepare.complain(
            f"{arguments.file}: no source stands in it. Give an OPML file, as feed readers export it: an outline with "
            "an xmlUrl for each feed."
        )
        return EXIT_NOT
    prepare.say(
        f"{outcome.added} source{'' if outcome.added == 1 else 's'} added, paused until you say so; already there: "
        f"{outcome.known}. "
        "Look at one: almoner sources try ADDRESS. Watch one: almoner sources resume NAME"
    )
    return EXIT_NOT if outcome.refused else EXIT_DONE


def _export(arguments: argparse.Namespace) -> int:
    from almoner.records.ingest import source_lists

    text = source_lists.as_opml()
    if arguments.file:
        try:
            Path(arguments.file).write_text(text, encoding="utf-8")
        except OSError as error:
            prepare.complain(f"{arguments.file}: could not be written: {error.strerror or error}.")
            return EXIT_NOT
    else:
        sys.stdout.write(text)
    return EXIT_DONE


_VERBS: Final = {
    "list": _list,
    "try": _try,
    "add": _add,
    "run": _run,
    "pause": _pause,
    "resume": _resume,
    "import": _import,
    "export": _export,
}
