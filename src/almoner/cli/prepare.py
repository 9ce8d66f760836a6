"""What happens before the service answers: database, static files, the first administrator, sample content.

Each step is done only where it is needed, and says so in plain words.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path


def say(words: str) -> None:
    """Print a line of our own, at once."""
    print(f"almoner: {words}", flush=True)


def complain(words: str) -> None:
    """Print a line about what went wrong, to standard error."""
    print(f"almoner: {words}", file=sys.stderr, flush=True)


def load_settings() -> bool:
    """Load the settings and make the data folder, for nobody else to read. False if the settings are wrong or the
    database cannot be used, after saying what is wrong and what to do."""
    from django.core.checks import WARNING
    from django.core.exceptions import ImproperlyConfigured

    from almoner.settings.checks import wrong_settings

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "almoner.settings.production")
    try:
        import django

        django.setup()
    except ImproperlyConfigured as fault:
        for line in str(fault).splitlines():
            complain(line)
        complain("Nothing was started.")
        return False
    from almoner.settings.database import database_faults

    if faults := database_faults():
        for each in faults:
            complain(f"{each.id}: {each.msg} {each.hint}")
        complain("Nothing was started.")
        return False
    for warning in wrong_settings(os.environ):
        if warning.level == WARNING:
            complain(f"{warning.id}: {warning.msg} {warning.hint}")
    return True


def prepare(*, demo: bool) -> int:
    """Do all steps and return an exit code. Runs in a process of its own: see `serve`."""
    if not load_settings():
        return 1
    from django.conf import settings
    from django.core.management import call_command

    data: Path = settings.DATA
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    data.chmod(0o700)
    say(f"everything is kept in {data}")
    migrate()
    clear_erased()
    call_command("clearsessions")
    collect_static(Path(settings.STATIC_ROOT))
    if demo:
        load_demo()
    introduce_administrator(os.environ.get("ALMONER_ADMIN_EMAIL") or "admin@localhost")
    return 0


def clear_erased() -> None:
    """Erase again what was erased since the backup that this database was restored from, if it was."""
    from almoner.products.alerts.erasure import erase_again

    if rows := erase_again():
        say(f"the database is from before somebody was erased: {rows} rows are erased again")


def migrate() -> None:
    """Bring the database up to date, if it is not."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    first_time = not executor.loader.applied_migrations
    say(
        "making the database (a few seconds) …"
        if first_time
        else f"bringing the database up to date ({len(plan)} steps) …"
    )
    call_command("migrate", interactive=False, verbosity=0)


def collect_static(root: Path) -> None:
    """Put style sheets, scripts and pictures where they are served from, if any of them changed."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    stamp, state_now = root / ".collected", digest.hexdigest()
    if stamp.exists() and stamp.read_text() == state_now:
        return
    say("putting style sheets and pictures in place …")
    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    stamp.write_text(state_now)


def introduce_administrator(email: str) -> None:
    """Make the first administrator if there is none; print a link for one who has not set a password yet."""
    from almoner.records.accounts import services

    made = services.make_first_administrator(email)
    person = made or services.person_for_link("")
    if person and not person.has_usable_password():
        say(f"the administrator is {person.email}, and has no password yet")
        print_link(person.email)


def print_link(email: str) -> int:
    """Print a one-time link for the person with this e-mail address, or for the first administrator."""
    from django.conf import settings

    from almoner.newsroom.sign_in import one_time_path
    from almoner.records.accounts import services

    person = services.person_for_link(email)
    if person is None:
        complain(f"nobody has the e-mail address {email}." if email else "there is no administrator yet.")
        return 1
    say(f"one-time link for {person.email}, good for 24 hours, until a password is set with it:")
    say(f"  {settings.SITE_ADDRESS}{one_time_path(person)}")
    return 0


def load_demo() -> None:
    """Load the sample content, unless the catalogue holds anything."""
    from django.utils import timezone

    from almoner.records.catalogue.models import Item

    if Item.objects.exists():
        return
    from almoner.demo.briefing import create_sample_briefing
    from almoner.demo.services import create_demo_data

    say("loading sample content …")
    create_demo_data(now=timezone.now())
    create_sample_briefing()
    say(f"{Item.objects.count()} sample items are there")
