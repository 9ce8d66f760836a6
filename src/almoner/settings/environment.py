"""What an operator may set: every `ALMONER_*` variable, and the pure readers of their values.

`docs/operators.md` explains each one; a test holds the two to each other.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

DEFAULT_ADDRESS: Final = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment: its name and what it means."""

    name: str
    meaning: str


SETTINGS: Final = (
    Setting("DATABASE_URL", "where the records are kept, if not in the data folder"),
    Setting("ALMONER_ADDRESS", "where readers find the service"),
    Setting("ALMONER_DATA", "the folder that holds everything the service keeps"),
    Setting("ALMONER_NAME", "what the service is called on its pages"),
    Setting("ALMONER_OPERATOR", "who runs the service, as its pages say"),
    Setting("ALMONER_CONTACT", "an e-mail address for readers, as its pages say"),
    Setting("ALMONER_ADMIN_EMAIL", "who the first administrator is"),
    Setting("ALMONER_SECRET_KEY", "signs sessions and one-time links"),
    Setting("ALMONER_OLD_SECRET_KEYS", "earlier keys, whose links still open"),
    Setting("ALMONER_SMTP_URL", "where e-mail is handed over"),
    Setting("ALMONER_FROM", "the sender of our e-mail"),
    Setting("ALMONER_SENDING", "which process sends alerts and briefings"),
    Setting("ALMONER_DIGEST_TIME", "when digests are put together"),
    Setting("ALMONER_MAIL_PACE", "how many messages a minute are handed over"),
    Setting("ALMONER_WARM_UP", "how many messages go on the first days"),
    Setting("ALMONER_KEEP_DELIVERIES", "how long it is kept who was sent what"),
    Setting("ALMONER_BOUNCES", "the mailbox that hears what could not be delivered"),
    Setting(
        "ALMONER_REPORTS",
        "the mail provider that reports bounces and complaints, and the file with its secret",
    ),
    Setting("ALMONER_DKIM", "the key that signs our e-mail, where the mail server does not"),
    Setting("ALMONER_BEHIND_PROXY", "which proxy may say who the visitor is"),
    Setting("ALMONER_APPROVAL", "whether an item needs one person or two"),
    Setting("ALMONER_GATHERING", "which process watches the sources"),
    Setting("ALMONER_SNAPSHOTS", "the bucket in which snapshots are kept"),
    Setting("ALMONER_MAILBOX_PASSWORDS", "the file with the passwords of mailboxes that are sources"),
    Setting("ALMONER_FOLDERS", "which folders of this machine may be sources"),
    Setting("ALMONER_METRICS", "who besides this machine may read the service's numbers"),
)


def read_address(value: str) -> SplitResult | None:
    """The parts of an address such as `https://news.example.org`; None unless it is scheme and host alone."""
    try:
        parts = urlsplit(value.rstrip("/"))
        _ = parts.port
    except ValueError:
        return None
    alone = not (parts.path or parts.query or parts.fragment or parts.username)
    return parts if parts.scheme in {"http", "https"} and parts.hostname and alone else None


def is_this_machine(host: str) -> bool:
    """Whether a host's name or address can only be reached from the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_smtp(value: str) -> dict[str, Any] | None:
    """Django's `EMAIL_*` settings from `smtp[s]://user:password@host:port`; None if it is not one.

    `smtps` speaks TLS from the first byte. `smtp` asks for TLS (STARTTLS) and gives up without it, unless the
    host is this machine. User and password are percent-encoded where they hold `:`, `/` or `@`.
    """
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        return None
    implicit = parts.scheme == "smtps"
    local = is_this_machine(parts.hostname)
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if implicit else 25 if local else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and not local,
        "EMAIL_TIMEOUT": 20,
    }


DIGEST_TIME: Final = time(7)


def read_time(value: str) -> time | None:
    """A time of day such as 07:00; None if it is not one."""
    try:
        return time.fromisoformat(value) if len(value) == 5 else None
    except ValueError:
        return None


def read_count(value: str) -> int | None:
    """A whole number above 0; None if it is not one."""
    return int(value) if value.isascii() and value.isdecimal() and 0 < int(value) < 10**6 else None


LEAST_KEPT: Final = 30
"""Days. A bounce may come for a week, and nobody is told twice of what was published within a month."""


def read_kept(value: str) -> int | None:
    """A number of days from `LEAST_KEPT`; None if it is not one."""
    days = read_count(value)
    return days if days and days >= LEAST_KEPT else None


def read_warm_up(value: str) -> tuple[date, int] | None:
    """The first day and how many messages go on it, from `2026-11-23:500`; None if it is not that."""
    day, _, number = value.partition(":")
    try:
        begins, first = date.fromisoformat(day), read_count(number)
    except ValueError:
        return None
    return (begins, first) if first else None


PROVIDERS: Final = ("brevo", "mailgun", "postmark")
"""Mail providers whose reports are understood. Mailgun signs them, with a key of its own; the others repeat a user and a
password that were put into the address they report to."""
LEAST_SECRET: Final = 24
"""Letters of what proves a report."""


def read_reports(value: str) -> dict[str, str] | None:
    """The provider and the file with its secret, from `postmark:/etc/almoner.reports`; None if it is not that."""
    provider, _, file = value.partition(":")
    return {"provider": provider, "file": file} if provider in PROVIDERS and file.startswith("/") else None


def may_be_secret(provider: str, secret: str) -> bool:
    """Whether it can prove a provider's reports: long enough, and a user and a password where the provider repeats these."""
    user, colon, password = secret.partition(":")
    return len(secret) >= LEAST_SECRET and (provider == "mailgun" or bool(user and colon and password))


def read_dkim(value: str) -> dict[str, str] | None:
    """Selector, domain and the key's file from `news@example.org:/etc/almoner.dkim`; None if it is not that."""
    name, _, file = value.partition(":")
    selector, _, domain = name.partition("@")
    found = {"selector": selector, "domain": domain, "file": file}
    return found if selector and "." in domain and os.path.isabs(file) else None


DATABASE_OPTIONS: Final = frozenset(
    {"host", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name"}
)
"""What may stand behind the `?` of a database's address: parameters of libpq."""


def read_database(value: str) -> dict[str, Any] | None:
    """Django's settings of a database from `postgres://user:password@host:port/name?sslmode=…`; None if it is not one.

    User, password, host and name are percent-encoded where they hold `:`, `/`, `@` or `?`. A host that begins with
    `/` is the folder of a socket on this machine. The form is libpq's (PostgreSQL's manual, 32.1.1.2).
    """
    try:
        parts = urlsplit(value)
        port = parts.port
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        return None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name or "/" in name or parts.fragment:
        return None
    if not options.keys() <= DATABASE_OPTIONS:
        return None
    # `hostname` is lower case, which the folder of a socket need not be.
    host = parts.netloc.rpartition("@")[2]
    host = parts.hostname or "" if not host.startswith("%2") else unquote(host.rpartition(":")[0] or host)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", host),
        "PORT": str(port or ""),
        "OPTIONS": {"connect_timeout": "10", "application_name": "almoner"} | options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def read_proxies(value: str) -> list[str] | None:
    """Addresses and networks whose word about a visitor we take; None if one of them is neither.

    `1` stands for a proxy on this machine; empty or `0` for none.
    """
    if value.strip() in {"", "0"}:
        return []
    if value.strip() == "1":
        return ["127.0.0.1", "::1"]
    proxies = [part.strip() for part in value.split(",") if part.strip()]
    try:
        for proxy in proxies:
            ipaddress.ip_network(proxy)
    except ValueError:
        return None
    return proxies


def read_bucket(value: str) -> dict[str, str] | None:
    """Name, prefix, endpoint and region of the bucket in `s3://bucket/folder?endpoint=https://…&region=…`; None if it is none. An endpoint without TLS may
    only be on this machine, and keys have no place in it."""
    try:
        parts = urlsplit(value)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        _ = parts.port
    except ValueError:
        return None
    name, endpoint = parts.netloc, options.pop("endpoint", "")
    region = options.pop("region", "")
    if parts.scheme != "s3" or not name or set(name) & set("@:[] ") or parts.fragment or options:
        return None
    way = read_address(endpoint) if endpoint else None
    if endpoint and (way is None or (way.scheme == "http" and not is_this_machine(way.hostname or ""))):
        return None
    return {"name": name, "prefix": parts.path.strip("/"), "endpoint": endpoint, "region": region}


def read_folders(value: str) -> list[str] | None:
    """The folders named in a value, with commas between; None if one of them is no whole path."""
    folders = [part.strip() for part in value.split(",") if part.strip()]
    return folders if all(os.path.isabs(folder) for folder in folders) else None


def secret_key(environ: Mapping[str, str], data: Path) -> str:
    """The key from the environment, else the one kept in the data folder, made on first use for us alone.

    Raises `OSError` where the folder cannot be written.
    """
    if given := environ.get("ALMONER_SECRET_KEY"):
        return given
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = data / f"secret-key.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)  # linking fails where another process was first: then theirs is the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()
