"""Where a verb's output goes: standard output and folders, each with its own ways to fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path


def complain(words: str) -> None:
    """Print a line about what went wrong, to standard error."""
    print(f"almoner: {words}", file=sys.stderr, flush=True)


class Printing:
    """Standard output. `whole` says whether all that was printed got through.

    A reader who has seen enough (`| head`) is no error; a full disk is.
    """

    def __init__(self, *, for_machines: bool) -> None:
        """`for_machines`: UTF-8 whatever the terminal is set to, and what UTF-8 cannot hold (the bytes of an
        odd file name) as JSON writes it, "\\udcff". People get their terminal's letters and a "?" elsewhere.
        """
        self.whole = True
        self._open = sys.stdout is not None
        if not self._open:
            self._fail("it is closed")
        elif isinstance(sys.stdout, TextIOWrapper):
            if for_machines:
                sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
            else:
                sys.stdout.reconfigure(errors="replace")

    def print(self, pieces: Iterable[str]) -> None:
        """Print the pieces as they are, without line ends of our own."""
        try:
            if self._open:
                sys.stdout.writelines(pieces)
        except OSError as error:
            self._give_up(error)

    def finish(self) -> None:
        """Wait until everything is out."""
        try:
            if self._open:
                sys.stdout.flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self._open = False
        # What is still held back must not be tried again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            self._fail(error.strerror or str(error))

    def _fail(self, why: str) -> None:
        self.whole = False
        complain(f"standard output: could not be written: {why}.")


class Saving:
    """A folder with one file a document; two documents of one name get a number.

    `whole` says whether all files could be written; what could not is said once for each.
    """

    def __init__(self, folder: Path) -> None:
        self.whole = True
        self._folder = folder
        self._used: set[str] = set()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._fail(folder, error)

    def save(self, name: str, lines: Iterable[str]) -> None:
        """Write the lines to `name`.jsonl; nothing where the folder itself could not be made."""
        if not self._folder.is_dir():
            return
        file, number = f"{name}.jsonl", 2
        while file in self._used:
            file, number = f"{name}.{number}.jsonl", number + 1
        self._used.add(file)
        try:
            with open(self._folder / file, "w", encoding="utf-8", errors="backslashreplace") as stream:
                stream.writelines(lines)
        except OSError as error:
            self._fail(self._folder / file, error)

    def _fail(self, path: Path, error: OSError) -> None:
        self.whole = False
        complain(f"{path}: save: could not be written: {error.strerror or error}.")
