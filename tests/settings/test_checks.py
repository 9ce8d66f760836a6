"""What is said about wrong settings, and what they come out as when they are right."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from almoner.settings import environment
from almoner.settings.checks import wrong_settings

ROOT = Path(__file__).parents[2]
LONG = "x" * 40


def ids(tmp_path: Path, **settings: str) -> list[str]:
    found = wrong_settings({"ALMONER_DATA": str(tmp_path)} | settings)
    assert all(message.hint for message in found)
    return [str(message.id) for message in found]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"ALMONER_ADDRESS": "http://localhost:8000"}, []),
        ({"ALMONER_ADDRESS": "https://news.example.org", "ALMONER_BEHIND_PROXY": "1"}, []),
        ({"ALMONER_ADDRESS": "http://[::1]:8000/"}, []),
        ({"ALMONER_ADDRESS": "news.example.org"}, ["almoner.E001"]),
        ({"ALMONER_ADDRESS": ""}, []),
        ({"ALMONER_ADDRESS": "https://news.example.org/almoner"}, ["almoner.E001"]),
        ({"ALMONER_ADDRESS": "https://a:b@news.example.org"}, ["almoner.E001"]),
        ({"ALMONER_ADDRESS": "http://[::1"}, ["almoner.E001"]),
        ({"ALMONER_ADDRESS": "http://host:port"}, ["almoner.E001"]),
        ({"ALMONER_ADDRESS": "ftp://news.example.org"}, ["almoner.E001"]),
        ({"ALMONER_ADDRESS": "http://news.example.org"}, ["almoner.W001"]),
        ({"ALMONER_ADDRESS": "http://192.0.2.7:8000"}, ["almoner.W001"]),
        ({"ALMONER_ADDRESS": "https://news.example.org"}, ["almoner.W002"]),
        ({"ALMONER_BEHIND_PROXY": "10.0.0.0/8, 192.0.2.1"}, []),
        ({"ALMONER_BEHIND_PROXY": "yes"}, ["almoner.E002"]),
        ({"DATABASE_URL": "postgres://localhost/almoner"}, []),
        ({"DATABASE_URL": "postgres:///almoner"}, []),
        ({"DATABASE_URL": "postgres://almoner@%2Frun%2Fpostgresql/almoner"}, []),
        ({"DATABASE_URL": "postgresql://almoner:secret@db.example.org:5433/almoner?sslmode=verify-full"}, []),
        ({"DATABASE_URL": "postgresql://almoner:secret@db.example.org/almoner"}, ["almoner.W004"]),
        ({"DATABASE_URL": "postgres://localhost"}, ["almoner.E004"]),
        ({"DATABASE_URL": "postgres://localhost:port/almoner"}, ["almoner.E004"]),
        ({"DATABASE_URL": "postgres://localhost/almoner?ssl=1"}, ["almoner.E004"]),
        ({"DATABASE_URL": "postgres://localhost/almoner?sslmode"}, ["almoner.E004"]),
        ({"DATABASE_URL": "mysql://localhost/almoner"}, ["almoner.E004"]),
        ({"ALMONER_SMTP_URL": "smtp://mail.example.org", "ALMONER_FROM": "a@example.org"}, []),
        ({"ALMONER_SMTP_URL": "mail.example.org:587", "ALMONER_FROM": "a@example.org"}, ["almoner.E005"]),
        ({"ALMONER_SMTP_URL": "smtp://mail.example.org"}, ["almoner.E006"]),
        ({"ALMONER_SECRET_KEY": "secret"}, ["almoner.E007"]),
        ({"ALMONER_SECRET_KEY": LONG}, []),
        ({"ALMONER_APPROVAL": "two"}, []),
        ({"ALMONER_APPROVAL": "three"}, ["almoner.E027"]),
        ({"ALMONER_KEEP_DELIVERIES": "7"}, ["almoner.E028"]),
        ({"ALMONER_KEEP_DELIVERIES": "30"}, []),
        ({"ALMONER_GATHERING": "elsewhere"}, []),
        ({"ALMONER_GATHERING": "never"}, ["almoner.E008"]),
        ({"ALMONER_METRICS": "192.0.2.7, 10.0.0.0/8"}, []),
        ({"ALMONER_METRICS": "everybody"}, ["almoner.E009"]),
        ({"ALMONER_ADRESS": "https://news.example.org"}, ["almoner.W003"]),
        ({"ALMONER_SMTP_URL": "x", "DATABASE_URL": "x", "ALMONER_COLOUR": "x"},
         ["almoner.E004", "almoner.E005", "almoner.W003"]),
    ],
)  # fmt: skip
def test_settings_are_checked(tmp_path: Path, given: dict[str, str], expected: list[str]) -> None:
    assert ids(tmp_path, **given) == expected


@pytest.mark.parametrize(
    ("given", "secret", "expected"),
    [
        ("postmark:{file}", "reporter:0123456789abcdef0123", []),
        ("mailgun:{file}", "0123456789abcdef0123456789abcdef", []),
        ("postmark:{file}", "0123456789abcdef0123456789abcdef", ["almoner.E031"]),  # no user
        ("brevo:{file}", "user:short", ["almoner.E031"]),
        ("mailgun:{file}", "", ["almoner.E031"]),
        ("mailgun:{file}.none", "", ["almoner.E031"]),
        ("carrier:{file}", "", ["almoner.E029"]),
        ("postmark", "", ["almoner.E029"]),
    ],
)
def test_reports_of_a_provider_need_a_secret(
    tmp_path: Path, given: str, secret: str, expected: list[str]
) -> None:
    pytest.importorskip("anymail")
    file = tmp_path / "reports"
    file.write_text(secret)
    assert ids(tmp_path, ALMONER_REPORTS=given.format(file=file)) == expected


def test_misspelt_setting_is_told_what_was_meant(tmp_path: Path) -> None:
    (message,) = wrong_settings({"ALMONER_DATA": str(tmp_path), "ALMONER_ADRESS": "x"})
    assert message.hint == "Did you mean ALMONER_ADDRESS?"


def test_data_folder_is_made_below_a_folder_that_can_be_written(tmp_path: Path) -> None:
    assert ids(tmp_path / "not" / "yet" / "there") == []


def test_data_folder_cannot_be_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert ids(tmp_path / "file" / "data") == ["almoner.E003"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_data_folder_must_be_ours(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert ids(tmp_path / "data") == ["almoner.E003"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", False, True)),
        ("smtps://mail.example.org", ("mail.example.org", 465, "", "", True, False)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://a%40b.org:p%3As%2F@mail.example.org:2525",
         ("mail.example.org", 2525, "a@b.org", "p:s/", False, True)),
    ],
)  # fmt: skip
def test_mail_server_is_spoken_to_by_tls_unless_it_is_here(address: str, expected: tuple[Any, ...]) -> None:
    read = environment.read_smtp(address)
    assert read is not None
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert tuple(read[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgres:///almoner", ("almoner", "", "", "", "")),
        ("postgres://db.example.org/almoner", ("almoner", "", "", "db.example.org", "")),
        ("postgresql://a%40b:p%3As%2F@[::1]:5433/al%20moner", ("al moner", "a@b", "p:s/", "::1", "5433")),
        ("postgres://almoner@%2FVar%2Frun:5433/almoner", ("almoner", "almoner", "", "/Var/run", "5433")),
        ("postgres://almoner@/almoner?host=/Var/run", ("almoner", "almoner", "", "/Var/run", "")),
    ],
)
def test_database_is_reached_by_name_by_address_or_by_socket(address: str, expected: tuple[str, ...]) -> None:
    read = environment.read_database(address)
    assert read is not None
    assert tuple(read[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected


def test_what_is_wrong_with_a_database_s_address_is_said_without_its_password(tmp_path: Path) -> None:
    for given in (
        "mysql://almoner:secret@localhost/almoner",
        "postgres://almoner:secret@db.example.org/almoner",
    ):
        (message,) = wrong_settings({"ALMONER_DATA": str(tmp_path), "DATABASE_URL": given})
        assert "secret" not in f"{message.msg} {message.hint}"


@pytest.mark.parametrize("address", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:b", "smtp://h/x"])  # fmt: skip
def test_what_is_no_mail_server_is_refused(address: str) -> None:
    assert environment.read_smtp(address) is None


def test_secret_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = environment.secret_key({}, data)
    assert len(key) >= 50
    assert environment.secret_key({}, data) == key
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in data.iterdir()] == [
        ("secret-key", 0o600)
    ]


def test_secret_key_of_the_environment_comes_first_and_is_not_written(tmp_path: Path) -> None:
    assert environment.secret_key({"ALMONER_SECRET_KEY": LONG}, tmp_path) == LONG
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    known = {setting.name for setting in environment.SETTINGS}
    guide = (ROOT / "docs" / "operators.md").read_text()
    rows = re.findall(r"^\| `([A-Z_]+)` \|", guide, re.MULTILINE)
    assert sorted(rows) == sorted(known)


def test_every_setting_that_the_code_reads_is_known() -> None:
    known = {setting.name for setting in environment.SETTINGS}
    read = {
        name
        for file in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\bALMONER_[A-Z_]+\b", file.read_text())
    }
    assert read <= known


def test_every_check_is_documented() -> None:
    guide = (ROOT / "docs" / "operators.md").read_text()
    code = "".join(file.read_text() for file in (ROOT / "src" / "almoner" / "settings").glob("*.py"))
    assert {name for name in re.findall(r"almoner\.[EW]\d{3}", code) if name not in guide} == set()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("s3://ours", ("ours", "", "", "")),
        ("s3://ours/a/b/?region=eu-west-2", ("ours", "a/b", "", "eu-west-2")),
        ("s3://ours?endpoint=https://s3.example.org", ("ours", "", "https://s3.example.org", "")),
        ("s3://ours?endpoint=http://127.0.0.1:9000", ("ours", "", "http://127.0.0.1:9000", "")),
        ("s3://", None),
        ("https://ours", None),
        ("s3://key:secret@ours", None),
        ("s3://ours?endpoint=http://s3.example.org", None),
        ("s3://ours?endpoint=s3.example.org", None),
        ("s3://ours?secret=x", None),
        ("s3://[", None),
    ],
)
def test_bucket_is_read_from_its_address(value: str, place: tuple[str, ...] | None) -> None:
    found = environment.read_bucket(value)
    assert (tuple(found.values()) if found else None) == place


def test_bucket_that_cannot_be_used_is_said_at_boot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert ids(tmp_path, ALMONER_SNAPSHOTS="s3://ours") == []
    assert ids(tmp_path, ALMONER_SNAPSHOTS="nonsense") == ["almoner.E013"]
    assert ids(tmp_path, ALMONER_SNAPSHOTS="s3://ours", AWS_ACCESS_KEY_ID="x") == ["almoner.E015"]
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert ids(tmp_path, ALMONER_SNAPSHOTS="s3://ours") == ["almoner.E014"]


def test_passwords_of_mailboxes_are_looked_at_at_boot(tmp_path: Path) -> None:
    file = tmp_path / "mailboxes"
    assert ids(tmp_path, ALMONER_MAILBOX_PASSWORDS=str(file)) == ["almoner.E010"]
    file.write_text("secret nonsense\n")
    file.chmod(0o640)
    found = wrong_settings({"ALMONER_MAILBOX_PASSWORDS": str(file), "ALMONER_DATA": str(tmp_path)})
    assert [message.id for message in found] == ["almoner.E011"]
    assert "secret" not in str(found)
    file.write_text("imaps://a@mail.example x\n")
    assert ids(tmp_path, ALMONER_MAILBOX_PASSWORDS=str(file)) == []
    file.chmod(0o644)
    assert ids(tmp_path, ALMONER_MAILBOX_PASSWORDS=str(file)) == ["almoner.W004"]


def test_folders_that_may_be_sources_are_looked_at_at_boot(tmp_path: Path) -> None:
    assert ids(tmp_path, ALMONER_FOLDERS=str(tmp_path)) == []
    assert ids(tmp_path, ALMONER_FOLDERS="relative") == ["almoner.E012"]
    assert ids(tmp_path, ALMONER_FOLDERS=f"{tmp_path},{tmp_path}/gone") == ["almoner.E012"]
