"""Where readings wait until all are there: in memory while they are few, on the disk when they are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import IO, Final, overload

from almoner.pipeline.model import Reading

IN_MEMORY: Final = 16 * 1024 * 1024
"""Characters of text in readings that are held in memory; those that come later wait on the disk."""


class Shelf(Sequence[Reading]):
    """Readings in the order they were added. What parsing needed and nothing later does is left out.

    The file has no name, only this process can read it, and it is gone when the process ends.
    """

    def __init__(self, limit: int = IN_MEMORY) -> None:
        self._room = limit
        self._held: list[Reading | int] = []
        self._file: IO[bytes] | None = None

    def add(self, reading: Reading) -> None:
        """Put a reading by. Raises `OSError` where the disk is full."""
        reading = replace(reading, document=replace(reading.document, blocks=(), tree=None))
        self._room -= sum(len(item.text) + len(item.html) for item in reading.items)
        if self._room >= 0:
            self._held.append(reading)
            return
        # Most runs never come here, and need not wait for these two.
        import pickle
        import tempfile

        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._held.append(self._file.seek(0, 2))
        pickle.dump(reading, self._file, pickle.HIGHEST_PROTOCOL)

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> list[Reading]: ...
    def __getitem__(self, index: int | slice) -> Reading | list[Reading]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        held = self._held[index]
        if isinstance(held, Reading):
            return held
        import pickle

        assert self._file is not None
        self._file.seek(held)
        reading: Reading = pickle.load(self._file)  # noqa: S301 - this process wrote it
        return reading
