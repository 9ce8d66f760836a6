"""What can be wrong with the settings, each with an id and a hint. Errors keep the service from starting."""

from __future__ import annotations

import difflib
import importlib.util
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.core import checks

from almoner.pipeline.fetch.mailbox.passwords import InvalidLine, read_passwords
from almoner.settings import environment


def wrong_settings(environ: Mapping[str, str]) -> list[checks.CheckMessage]:
    """All that is wrong with these variables, errors first."""
    found = [
        *_address(environ),
        *_data(Path(environ.get("ALMONER_DATA") or "var").resolve()),
        *_database(environ),
        *_mail(environ),
        *_sending(environ),
        *_reports(environ),
        *_secret(environ),
        *_gathering(environ),
        *_approval(environ),
        *_metrics(environ),
        *_mailboxes(environ),
        *_folders(environ),
        *_snapshots(environ),
        *_names(environ),
    ]
    return sorted(found, key=lambda message: -message.level)


@checks.register("almoner")
def check_settings(**_: Any) -> list[checks.CheckMessage]:
    """The settings of this process, for Django's `check`."""
    return wrong_settings(os.environ)


def _address(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    given = environ.get("ALMONER_ADDRESS") or environment.DEFAULT_ADDRESS
    address = environment.read_address(given)
    proxies = environment.read_proxies(environ.get("ALMONER_BEHIND_PROXY", ""))
    if address is None:
        yield checks.Error(
            f"ALMONER_ADDRESS is {given!r}, which is not the address of a site.",
            hint="Write scheme and host, and a port if there is one: https://news.example.org",
            id="almoner.E001",
        )
    elif address.scheme == "http" and not environment.is_this_machine(address.hostname or ""):
        yield checks.Warning(
            f"ALMONER_ADDRESS is {given}: passwords and what people read travel unencrypted.",
            hint="Put a proxy with HTTPS in front (docs/operators.md) and write https:// here.",
            id="almoner.W001",
        )
    elif address.scheme == "https" and not proxies:
        yield checks.Warning(
            "ALMONER_ADDRESS is https, but no proxy is trusted: every visitor seems to have one address.",
            hint="Set ALMONER_BEHIND_PROXY=1 for a proxy on this machine, or to the proxy's own address.",
            id="almoner.W002",
        )
    if proxies is None:
        yield checks.Error(
            "ALMONER_BEHIND_PROXY holds something that is neither 1 nor addresses.",
            hint="Write 1 for a proxy on this machine, or addresses and networks with commas: 10.0.0.0/24",
            id="almoner.E002",
        )


def _data(folder: Path) -> Iterator[checks.CheckMessage]:
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        yield checks.Error(
            f"The data folder {folder} cannot be written.",
            hint="Give it to the user who runs the service, or set ALMONER_DATA to another folder.",
            id="almoner.E003",
        )


def _database(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    given = environ.get("DATABASE_URL")
    if not given:
        return
    database = environment.read_database(given)
    if database is None:
        # Its value is not repeated: it may hold a password.
        yield checks.Error(
            "DATABASE_URL is not the address of a PostgreSQL database.",
            hint="Write postgres://user:password@host:port/name, with %40 for an @ in the password; or unset it, "
            "and the records lie in the data folder (ALMONER_DATA).",
            id="almoner.E004",
        )
    elif database["OPTIONS"].get("sslmode") not in {"require", "verify-ca", "verify-full"} and not (
        database["HOST"].startswith("/") or environment.is_this_machine(database["HOST"] or "localhost")
    ):
        yield checks.Warning(
            "DATABASE_URL leads to another machine, and the way there may be unencrypted.",
            hint="Add ?sslmode=verify-full, or ?sslmode=require where the server has no certificate to check.",
            id="almoner.W004",
        )


def _mail(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    given = environ.get("ALMONER_SMTP_URL")
    if not given:
        return
    if environment.read_smtp(given) is None:
        yield checks.Error(
            "ALMONER_SMTP_URL is not the address of a mail server.",
            hint="Write smtp[s]://user:password@host:port, with %40 for an @ in the user or password.",
            id="almoner.E005",
        )
    elif "@" not in environ.get("ALMONER_FROM", ""):
        yield checks.Error(
            "ALMONER_SMTP_URL is set, but ALMONER_FROM is not: our e-mail has no sender.",
            hint="Set ALMONER_FROM to an address that the mail server may send from.",
            id="almoner.E006",
        )


_SENDING: Final = (
    ("ALMONER_SENDING", lambda value: value in {"here", "elsewhere"}, "neither here nor elsewhere",
     "Unset it, and the serving process sends; or start `almoner deliveries send` elsewhere.", "almoner.E020"),
    ("ALMONER_DIGEST_TIME", environment.read_time, "no time of day", "Write it as 07:00.", "almoner.E021"),
    ("ALMONER_MAIL_PACE", environment.read_count, "no number of messages a minute", "Write a number from 1, or unset it.", "almoner.E022"),
    ("ALMONER_WARM_UP", environment.read_warm_up, "no day with a number", "Write the first day and how many messages go on it: 2026-11-23:500", "almoner.E023"),
    ("ALMONER_KEEP_DELIVERIES", environment.read_kept, f"no number of days from {environment.LEAST_KEPT}", "Write a number of days, or unset it.", "almoner.E028"),
    ("ALMONER_BOUNCES", lambda value: "@" in value.strip("@"), "no e-mail address", "Write the mailbox that gets bounces: bounces@example.org", "almoner.E024"),
    ("ALMONER_REPORTS", environment.read_reports, "no provider that is known with a file", f"Write postmark:/etc/almoner.reports; the providers are {', '.join(environment.PROVIDERS)}.", "almoner.E029"),
    ("ALMONER_DKIM", environment.read_dkim, "no selector, domain and file", "Write news@example.org:/etc/almoner.dkim", "almoner.E025"),
)  # fmt: skip


def _sending(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    for name, read, fault, hint, number in _SENDING:
        if environ.get(name) and not read(environ[name]):
            yield checks.Error(f"{name} is {fault}.", hint=hint, id=number)
    if (key := environment.read_dkim(environ.get("ALMONER_DKIM", ""))) and not os.access(
        key["file"], os.R_OK
    ):
        yield checks.Error(
            f"The key in ALMONER_DKIM, {key['file']}, cannot be read.",
            hint="Give the file to the service's group, and to nobody else.",
            id="almoner.E026",
        )


def _reports(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    wanted = environment.read_reports(environ.get("ALMONER_REPORTS", ""))
    if wanted is None:
        return
    if importlib.util.find_spec("anymail") is None:
        yield checks.Error(
            "ALMONER_REPORTS is set, and what reads reports is not installed.",
            hint="Install Almoner with its extra webhooks (docs/sending.md), or unset it.",
            id="almoner.E030",
        )
    try:
        secret = Path(wanted["file"]).read_text().strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not environment.may_be_secret(wanted["provider"], secret):
        yield checks.Error(
            "The file in ALMONER_REPORTS cannot be read, or holds no secret.",
            hint="For Mailgun, its webhook signing key; for others user:password of your own, 24 letters or more, from "
            "`openssl rand -hex 24`. Give it to the service's group, and to nobody else.",
            id="almoner.E031",
        )


def _secret(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    if 0 < len(environ.get("ALMONER_SECRET_KEY", "")) < 40:
        yield checks.Error(
            "ALMONER_SECRET_KEY is shorter than 40 characters and can be guessed.",
            hint="Unset it (one is made and kept in the data folder), or use `openssl rand -base64 48`.",
            id="almoner.E007",
        )


def _gathering(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    if environ.get("ALMONER_GATHERING", "here") not in ("", "here", "elsewhere"):
        yield checks.Error(
            "ALMONER_GATHERING is neither here nor elsewhere.",
            hint="Unset it, and the serving process watches the sources; or start `almoner gather` elsewhere.",
            id="almoner.E008",
        )


def _approval(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    if environ.get("ALMONER_APPROVAL", "one") not in ("", "one", "two"):
        yield checks.Error(
            "ALMONER_APPROVAL is neither one nor two.",
            hint="Unset it, and whoever may approve approves; or “two”: never what they wrote or changed themselves.",
            id="almoner.E027",
        )


def _metrics(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    if environment.read_proxies(environ.get("ALMONER_METRICS", "")) is None:
        yield checks.Error(
            "ALMONER_METRICS holds something that is no address.",
            hint="Write addresses and networks with commas: 10.0.0.5, 192.0.2.0/24. This machine always may.",
            id="almoner.E009",
        )


def _mailboxes(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    given = environ.get("ALMONER_MAILBOX_PASSWORDS")
    if not given:
        return
    try:
        read_passwords(Path(given).read_text(encoding="utf-8"))
        mode = os.stat(given).st_mode
    except (OSError, UnicodeError) as error:
        yield checks.Error(
            f"ALMONER_MAILBOX_PASSWORDS is {given}, which cannot be read: {error}.",
            hint="Give the path of a text file that the service may read, or unset it.",
            id="almoner.E010",
        )
    except InvalidLine as error:
        yield checks.Error(
            f"The passwords of mailboxes in {given} cannot be read: {error}",
            hint="Write one mailbox a line: imaps://user%40example.org@mail.example.org, a space, the password.",
            id="almoner.E011",
        )
    else:
        if mode & 0o007:
            yield checks.Warning(
                f"Every user of this machine can read the passwords of mailboxes in {given}.",
                hint=f"chmod 640 {given}, and give it to the service's group.",
                id="almoner.W004",
            )


def _folders(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    folders = environment.read_folders(environ.get("ALMONER_FOLDERS", ""))
    missing = [folder for folder in folders or () if not os.path.isdir(folder)]
    if folders is None or missing:
        named = (
            f"names {missing[0]}, where no folder is" if missing else "holds something that is no whole path"
        )
        yield checks.Error(
            f"ALMONER_FOLDERS {named}.",
            hint="Write the folders that may be sources, from the root on, with commas: /srv/post,/srv/papers",
            id="almoner.E012",
        )


def _snapshots(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    given = environ.get("ALMONER_SNAPSHOTS")
    if not given:
        return
    if environment.read_bucket(given) is None:
        yield checks.Error(
            "ALMONER_SNAPSHOTS is not the address of a bucket.",
            hint="Write s3://bucket/folder, with ?endpoint=https://… behind it where it is not Amazon's; its keys "
            "stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            id="almoner.E013",
        )
    elif importlib.util.find_spec("obstore") is None:
        yield checks.Error(
            "ALMONER_SNAPSHOTS names a bucket, but what speaks to buckets is not installed.",
            hint="Install Almoner with its extra s3 (docs/operators.md), or unset it.",
            id="almoner.E014",
        )
    elif bool(environ.get("AWS_ACCESS_KEY_ID")) != bool(environ.get("AWS_SECRET_ACCESS_KEY")):
        yield checks.Error(
            "One of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set, the other is not.",
            hint="Set both, or neither where the machine has a role that opens the bucket.",
            id="almoner.E015",
        )


def _names(environ: Mapping[str, str]) -> Iterator[checks.CheckMessage]:
    known = [setting.name for setting in environment.SETTINGS]
    for name in sorted(environ):
        if name.startswith("ALMONER_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            yield checks.Warning(
                f"{name} is not a setting.",
                hint=f"Did you mean {near[0]}?" if near else "docs/operators.md lists the settings.",
                id="almoner.W003",
            )
