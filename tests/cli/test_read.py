"""`almoner read`: what it prints, what it returns, and what it does with what cannot be read."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from almoner import cli
from almoner.cli.output import Saving
from almoner.cli.shelf import Shelf
from almoner.pipeline.errors import PipelineError
from almoner.pipeline.fetch import files
from almoner.pipeline.model import Reading
from almoner.pipeline.run import relate
from tests.pipeline.readings import BODIES, TITLES, reading

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "item.schema.json").read_text())
DEMO = ROOT / "src" / "almoner" / "demo" / "pages"
PAGE = "\n\n".join(
    f"{title}\n\nPosted {day} March 2025 in Health by Alice Poole\n\n{one}\n\n{two}"
    for day, (title, (one, two)) in enumerate(zip(TITLES, BODIES, strict=True), 1)
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of three items."""
    (tmp_path / "page.txt").write_text(PAGE)
    return tmp_path / "page.txt"


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def almoner(*words: str | bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run([sys.executable, "-m", "almoner", *words], capture_output=True, check=False, **more)


def test_json_prints_an_item_a_line(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--json", str(page)]) == 0
    items = printed(capsys)
    assert [item["title"] for item in items] == list(TITLES)
    assert {item["document"] for item in items} == {str(page)}


def test_json_is_held_to_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert cli.main(["read", "--json", str(DEMO)]) == 0
    items = printed(capsys)
    assert len(items) > 40
    for item in items:
        assert [fault.message for fault in Draft202012Validator(SCHEMA).iter_errors(item)] == []


def test_schema_refuses_what_is_not_in_it(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["read", "--json", str(page)])
    item = printed(capsys)[0]
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid(item)
    assert not validator.is_valid({**item, "more": 1})
    assert not validator.is_valid({key: value for key, value in item.items() if key != "summary"})
    assert not validator.is_valid({**item, "kind": "gossip"})
    assert not validator.is_valid({**item, "published": {**item["published"], "value": "2025-03"}})
    assert not validator.is_valid({**item, "place": {"first_line": 0, "last_line": 1}})


def test_every_key_of_the_schema_is_described() -> None:
    for name, key in SCHEMA["properties"].items():
        assert "$ref" in key or key["description"], name


def test_table_is_for_people(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert cli.main(["read", str(page)]) == 0
    out = capsys.readouterr().out
    assert "3 items" in out.splitlines()[0]
    assert all(title in out for title in TITLES)
    assert "2025-03-01" in out


def test_explain_says_which_stage_decided_what(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--explain", str(page)]) == 0
    out = capsys.readouterr().out
    assert all(f"{stage} " in out for stage in ("parse", "split", "extract"))


def test_folder_is_read_in_name_order_at_any_depth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("b/deep/c.txt", "a.TXT", ".hidden/x.txt", ".x.txt", "picture.png"):
        (tmp_path / name).write_text(f"{TITLES[0]}\n\nPosted 3 March 2025\n\n{BODIES[0][0]} {name}\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert cli.main(["read", "--json", str(tmp_path)]) == 0
    assert [item["document"] for item in printed(capsys)] == [
        str(tmp_path / "a.TXT"),
        str(tmp_path / "b/deep/c.txt"),
    ]


def test_standard_input_is_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    assert cli.main(["read", "--json", "-"]) == 0
    assert {item["document"] for item in printed(capsys)} == {"-"}


def test_date_order_can_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.txt").write_text(f"{TITLES[0]}\n\nPosted 3/4/2025\n\n{BODIES[0][0]}\n")
    for order, value in (("dmy", "2025-04-03"), ("mdy", "2025-03-04")):
        assert cli.main(["read", "--json", "--date-order", order, str(tmp_path)]) == 0
        assert printed(capsys)[0]["published"]["value"] == value


def test_same_file_under_two_names_is_a_copy(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = page.with_name("zebra.txt")
    other.write_bytes(page.read_bytes())
    assert cli.main(["read", "--json", str(page), str(other)]) == 0
    items = printed(capsys)
    assert [item["same_as"] is None for item in items] == [True] * 3 + [False] * 3
    assert items[3]["same_as"] == {"document": str(page), "first_line": 1}


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"Home\nNews\n"])
def test_page_without_items_is_read_with_a_warning(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.txt").write_bytes(content)
    assert cli.main(["read", "--json", str(tmp_path)]) == 0
    found = capsys.readouterr()
    assert found.out == ""
    assert "page.txt: no items were found" in found.err


def test_folder_without_documents_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(tmp_path)]) == 0
    assert "no documents" in capsys.readouterr().err


def test_what_cannot_be_read_is_named_and_the_rest_is_read(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert cli.main(["read", "--json", str(tmp_path), str(tmp_path / "absent.txt")]) == 1
    found = capsys.readouterr()
    assert len(found.out.splitlines()) == 3
    for name, why in (
        ("binary", "no text"),
        ("gone", "No such file"),
        ("self", "symbolic links"),
        ("absent", "No such file"),
    ):
        assert any(f"{name}.txt" in line and why in line for line in found.err.splitlines())


def test_file_that_may_not_be_opened_is_named(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: Any, **more: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    found = files.file(str(page))
    assert isinstance(found, PipelineError)
    assert (found.source, found.stage, found.permanent) == (str(page), "fetch", False)
    assert "Permission denied" in str(found)


@pytest.mark.parametrize("size", [101, 250])
def test_document_over_the_cap_is_refused(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    (tmp_path / "page.txt").write_bytes(b"a" * size)
    (found,) = files.snapshots([str(tmp_path / "page.txt")])
    assert isinstance(found, PipelineError)
    assert "nothing of it was read" in str(found)


def test_pipe_in_a_folder_is_passed_over(page: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert stat.S_ISFIFO(os.stat(tmp_path / "pipe.txt").st_mode)
    assert [found.source for found in files.snapshots([str(tmp_path)])] == [str(page)]


@pytest.mark.parametrize(
    "words", [["read"], ["read", "--nonsense", "x"], ["read", "--json", "--explain", "x"], [], ["reed"]]
)
def test_wrong_usage_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(words)
    assert stopped.value.code == 2
    assert "usage: almoner" in capsys.readouterr().err


def test_unknown_flag_shows_the_usage_of_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["read", "--nonsense", "x"])
    assert "usage: almoner read" in capsys.readouterr().err


def test_save_writes_a_file_a_document(page: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "page.txt").write_text(PAGE.replace("March", "April"))
    assert cli.main(["read", "--save", str(tmp_path / "out"), str(page), str(tmp_path / "other")]) == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "page.txt.2.jsonl",
        "page.txt.jsonl",
    ]
    assert len((tmp_path / "out" / "page.txt.jsonl").read_text().splitlines()) == 3


def test_save_that_fails_is_said_and_the_items_are_printed(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["read", "--json", "--save", str(page), str(page)]) == 1
    found = capsys.readouterr()
    assert "save: could not be written" in found.err
    assert len(found.out.splitlines()) == 3


def test_saving_goes_on_after_a_name_that_is_too_long(tmp_path: Path) -> None:
    saving = Saving(tmp_path)
    saving.save("a" * 400, ["{}\n"])
    saving.save("b", ["{}\n"])
    assert not saving.whole
    assert [file.name for file in tmp_path.iterdir()] == ["b.jsonl"]


def test_stopping_it_is_quiet(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*words: Any, **more: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("almoner.cli.read.read", interrupted)
    assert cli.main(["read", str(page)]) == 130
    assert "stopped" in capsys.readouterr().err


@pytest.mark.parametrize("shape", [[], ["--json"], ["--explain"]])
def test_reader_who_has_seen_enough_is_no_error(shape: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("\n\n".join([PAGE] * 150))
    command = [sys.executable, "-m", "almoner", "read", *shape, str(tmp_path / "page.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_an_error_without_a_traceback(page: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "almoner", "read", "--json", str(page)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_name_of_odd_bytes_comes_back_from_the_json(page: Path, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/n\xff\xe9.txt"
    try:
        Path(os.fsdecode(odd)).write_text(PAGE)
    except OSError:
        pytest.skip("this file system takes no such name")
    done = almoner("read", "--json", "--save", str(tmp_path / "out"), odd)
    assert done.returncode == 0
    assert os.fsencode(json.loads(done.stdout.splitlines()[0])["document"]) == odd
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("shape", ["--json", "--explain"])
def test_terminal_of_few_letters_stops_nothing(encoding: str, shape: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE.replace("Helpline", "“Café” ☂ helpline"))
    done = almoner("read", shape, str(tmp_path), env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    if shape == "--json":
        assert "☂" in json.loads(done.stdout.splitlines()[0])["title"]


def test_reading_never_loads_django(page: Path) -> None:
    script = (
        "import sys; from almoner import cli; code = cli.main(['read', '--json', sys.argv[1]]);"
        " sys.exit(code or any(name.split('.')[0] in {'django', 'wagtail'} for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", script, str(page)], capture_output=True, check=False).returncode
        == 0
    )


def readings() -> list[Reading]:
    return [
        reading(PAGE.replace("Health", category), f"{category}.txt")
        for category in ("Health", "Training", "Law")
    ]


@pytest.fixture
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    """A shelf with three readings, of which those over the limit wait on the disk."""
    made = Shelf(request.param)
    for one in readings():
        made.add(one)
    yield made
    if made._file is not None:
        made._file.close()


@pytest.mark.parametrize("shelf", [0, 1_500, 10**9], indirect=True)
def test_shelf_gives_back_what_was_put_on_it(shelf: Shelf) -> None:
    assert len(shelf) == 3
    assert [one.items for one in shelf] == [one.items for one in readings()]
    assert shelf[-1].items == readings()[-1].items
    assert [one.document.source for one in shelf[1:]] == ["Training.txt", "Law.txt"]
    assert all(one.document.blocks == () for one in shelf)


@pytest.mark.parametrize("shelf", [0], indirect=True)
def test_copies_are_told_on_a_shelf_as_in_a_list(shelf: Shelf) -> None:
    assert [one.items for one in relate(shelf)] == [one.items for one in relate(readings())]
