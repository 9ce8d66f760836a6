"""`almoner deliveries`: what is sent, and whether anything may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from almoner.cli import main, prepare
from almoner.products.alerts import installation
from almoner.products.alerts.models import Run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def service(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """The command within this process, on the test's database."""
    monkeypatch.setattr(prepare, "load_settings", lambda: True)
    monkeypatch.setattr(prepare, "migrate", lambda: None)
    settings.DATA, settings.MAIL_SERVER = tmp_path, True


def test_status_says_plainly_that_no_mail_server_is_set(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_SERVER = False
    assert main(["deliveries", "status"]) == 0
    assert "no mail server set" in capsys.readouterr().out
    assert main(["deliveries", "send"]) == 1
    assert "set ALMONER_SMTP_URL" in capsys.readouterr().err


def test_status_lists_runs_and_go_lets_a_copy_send(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    now = timezone.now()
    Run.objects.create(
        name="daily 2025-04-10",
        kind="daily",
        state="held",
        reason="Refused.",
        local_date=now.date(),
        opened_at=now,
    )
    installation.introduce()
    (tmp_path / "sending").unlink()
    main(["deliveries", "status"])
    said = capsys.readouterr().out
    assert "nothing is sent: The database is of an installation that sent from another data folder." in said
    assert "daily 2025-04-10: held until somebody says go, 0 recipients (none)\n    Refused." in said
    assert main(["deliveries", "send", "--once"]) == 1
    main(["deliveries", "go"])
    assert installation.why_held() == ""


def test_bounce_reads_files_and_folders_and_says_what_is_not_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "one").write_bytes(b"Subject: Hello\n\nNothing came back.\n")
    assert main(["deliveries", "bounce", str(tmp_path / "box")]) == 1
    assert "one: nothing of ours; nothing was done" in capsys.readouterr().out
    assert main(["deliveries", "bounce", str(tmp_path / "nowhere")]) == 1
    assert "nowhere cannot be read: No such file or directory." in capsys.readouterr().err
