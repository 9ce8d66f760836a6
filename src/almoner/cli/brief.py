"""`almoner brief`: compose the next issue of a briefing, look at it in any form, publish it."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from almoner.cli import prepare

if TYPE_CHECKING:
    from almoner.products.briefing.content import Content
    from almoner.products.briefing.models import Briefing, Issue

EXIT_DONE: Final = 0
EXIT_NOT: Final = 1
FORMS: Final = ("text", "html", "pdf", "plan")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own verbs and their arguments."""
    verbs = parser.add_subparsers(dest="brief_verb", metavar="VERB", required=True)
    compose = verbs.add_parser("compose", help="propose what is new for the next issue, and print its plan")
    compose.add_argument("briefing", metavar="BRIEFING", help="its name in addresses")
    compose.add_argument(
        "--on", metavar="DATE", type=date.fromisoformat, help="the day of a new issue (default today)"
    )
    preview = verbs.add_parser(
        "preview", help="print the issue that is being made, or the last one that came out"
    )
    preview.add_argument("briefing", metavar="BRIEFING")
    preview.add_argument(
        "--as", dest="form", choices=FORMS, default="text", help="in this form (default %(default)s)"
    )
    preview.add_argument(
        "--for", dest="audience", default="", metavar="AUDIENCE", help="the edition for one audience"
    )
    preview.add_argument("--out", metavar="FILE", type=Path, help="write to FILE (default: standard output)")
    send = verbs.add_parser("send", help="publish the issue that an editor has approved")
    send.add_argument("briefing", metavar="BRIEFING")
    send.add_argument("--test", metavar="EMAIL", help="send it to this address alone, and publish nothing")


def run(arguments: argparse.Namespace) -> int:
    """Do it. 0: done; 1: it could not be done, and was said."""
    if not prepare.load_settings():
        return EXIT_NOT
    prepare.migrate()
    from django.core.exceptions import ValidationError

    try:
        return _VERBS[arguments.brief_verb](arguments)
    except ValidationError as fault:
        for words in fault.messages:
            prepare.complain(words)
    return EXIT_NOT


def _compose(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.products.briefing.content import content_of
    from almoner.products.briefing.services.issues import compose, start_issue

    now = timezone.now()
    issue = start_issue(_briefing(arguments), arguments.on or timezone.localdate(), now=now)
    count = compose(issue, now=now)
    print(plan(content_of(issue)), end="")
    prepare.say(
        f"{count} entr{'y' if count == 1 else 'ies'} came in. An editor approves the issue in the newsroom."
    )
    return EXIT_DONE


def _preview(arguments: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from almoner.products.briefing.content import content_of

    issue = _issue(arguments)
    if arguments.audience and arguments.audience not in issue.briefing.audiences:
        raise ValidationError(f"{issue.briefing} has no edition for {arguments.audience}.")
    if arguments.form == "pdf" and arguments.out is None and sys.stdout.isatty():
        raise ValidationError(
            "A PDF is no text for a terminal. Name a file with --out, or send it on with >."
        )
    written = _written(content_of(issue, arguments.audience), arguments.form)
    if arguments.out is None:
        sys.stdout.buffer.write(written)
        return EXIT_DONE
    try:
        arguments.out.write_bytes(written)
    except OSError as error:
        raise ValidationError(f"{arguments.out} could not be written: {error.strerror or error}.") from error
    return EXIT_DONE


def _send(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from almoner.products.briefing.content import content_of
    from almoner.products.briefing.letters import send_test
    from almoner.products.briefing.services.issues import publish

    issue = _issue(arguments)
    if arguments.test:
        send_test(content_of(issue), arguments.test)
        prepare.say(f"a test is on its way to {arguments.test}.")
    elif publish(issue, now=timezone.now()):
        prepare.say(f"{issue} is published; whoever follows it gets it by e-mail.")
    else:
        prepare.say(f"{issue} was published before.")
    return EXIT_DONE


def plan(content: Content) -> str:
    """The entries of an issue by section, each with why it stands there."""
    whys = dict(content.issue.entries.values_list("pk", "why"))
    lines = [content.title]
    for part in content.parts:
        lines += ["", part.heading, *(f"  {told.title}\n      {whys[told.pk]}" for told in part.entries)]
    return "\n".join(lines) + "\n"


def _written(content: Content, form: str) -> bytes:
    from almoner.products.briefing.letters import message_of
    from almoner.products.briefing.print_file import print_file

    if form == "pdf":
        return print_file(content).content
    if form == "plan":
        return plan(content).encode()
    message = message_of(content)
    return (message.html if form == "html" else message.text).encode()


def _briefing(arguments: argparse.Namespace) -> Briefing:
    from django.core.exceptions import ValidationError

    from almoner.products.briefing.models import Briefing

    found = Briefing.objects.filter(key=arguments.briefing).first()
    if found is None:
        known = (
            ", ".join(Briefing.objects.values_list("key", flat=True))
            or "none; an editor plans one in the newsroom"
        )
        raise ValidationError(f"There is no briefing “{arguments.briefing}”. There are: {known}.")
    return found


def _issue(arguments: argparse.Namespace) -> Issue:
    from django.core.exceptions import ValidationError

    from almoner.products.briefing.enums import CAME_OUT

    issues = _briefing(arguments).issues.select_related("briefing")
    found = issues.exclude(state__in=CAME_OUT).first() or issues.order_by("-number").first()
    if found is None:
        raise ValidationError("It has no issue yet: almoner brief compose makes one.")
    return found


_VERBS: Final = {"compose": _compose, "preview": _preview, "send": _send}
