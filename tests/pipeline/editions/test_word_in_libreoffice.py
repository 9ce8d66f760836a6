"""Tracked changes in LibreOffice, where it is installed (libreoffice-writer-nogui and python3-uno)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from almoner.demo.manuscript import manuscript
from almoner.demo.manuscript_page import as_page
from almoner.pipeline.editions.compare import compare
from almoner.pipeline.editions.word_file import word_file
from almoner.pipeline.model import Snapshot
from almoner.pipeline.run import edition
from tests.pipeline.editions.builders import edition as of_texts
from tests.pipeline.editions.generator import editions

SETTLE: Final = """
import json, sys, time, uno
from com.sun.star.beans import PropertyValue
local = uno.getComponentContext()
find = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local).resolve
for left in range(300, -1, -1):
    try:
        context = find(f"uno:pipe,name={sys.argv[1]};urp;StarOffice.ComponentContext")
        break
    except Exception:
        if not left:
            raise
        time.sleep(0.2)
make = lambda name: context.ServiceManager.createInstanceWithContext(f"com.sun.star.frame.{name}", context)
desktop, dispatcher = make("Desktop"), make("DispatchHelper")
told = []
for command in ("Accept", "Reject"):
    hidden = (PropertyValue("Hidden", 0, True, 0),)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(sys.argv[2]), "_blank", 0, hidden)
    frame = document.CurrentController.Frame
    dispatcher.executeDispatch(frame, f".uno:{command}AllTrackedChanges", "", 0, ())
    told.append(document.Text.String)
    document.close(True)
print(json.dumps(told))
desktop.terminate()
"""
"""What LibreOffice's own Python does: open a file twice, accept all changes, reject all, and print both texts."""
PYTHON: Final = "/usr/bin/python3"


def _settled(path: Path, folder: Path) -> list[str]:
    """The texts of a Word file with all its changes accepted, and with all rejected."""
    office = shutil.which("soffice")
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if (
        office is None
        or subprocess.run([PYTHON, "-c", "import uno"], env=bare, check=False, capture_output=True).returncode
    ):
        pytest.skip("no LibreOffice with Python on this machine (libreoffice-writer-nogui, python3-uno)")
    pipe = f"almoner-{os.getpid()}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    started = subprocess.Popen(
        [office, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp", profile],
        env=bare, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        told = subprocess.run(
            [PYTHON, "-c", SETTLE, pipe, str(path)], env=bare, check=True, capture_output=True, timeout=120
        )
    finally:
        started.terminate()
        started.wait(30)
    found: list[str] = json.loads(told.stdout)
    return found


def test_libreoffice_accepts_to_the_new_edition_and_rejects_to_the_old(tmp_path: Path) -> None:
    made = editions(3, share=0.3)
    pairs = [
        tuple(
            edition(Snapshot(f"{name}.html", as_page(manuscript(name))))
            for name in ("safe-harbour-2025", "safe-harbour-2026")
        ),
        (of_texts(list(made.old)), of_texts(list(made.new))),
    ]
    for number, (old, new) in enumerate(pairs):
        path = tmp_path / f"redline-{number}.docx"
        path.write_bytes(word_file(compare(old, new), author="Almoner", date="2026-11-23T09:00:00Z"))
        accepted, rejected = _settled(path, tmp_path)
        assert accepted.split("\n") == [one.text for one in new.paragraphs]
        assert rejected.split("\n") == [one.text for one in old.paragraphs]
