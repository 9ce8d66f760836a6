"""A whole service in a process of its own, as an operator starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = (sys.executable, "-m", "almoner", "run")
PATIENCE = 600
"""Seconds until we give up on a machine that is busy with other things."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a service: this one's, less what was set for other purposes."""
    mine = ("ALMONER_", "DJANGO_", "DATABASE_URL")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    return inherited | {"ALMONER_DATA": str(data), "PYTHONUNBUFFERED": "1"} | settings


def run_once(data: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `almoner run` with words after which it stops by itself."""
    return subprocess.run(
        [*COMMAND, *words],
        env=surroundings(data, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@dataclass
class Service:
    """A running service."""

    data: Path
    words: Sequence[str] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def __post_init__(self) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = self.data.with_name(f"{self.data.name}-{self.port}.log")

    def start(self) -> Service:
        """Start it and wait until it says where to go."""
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "--port", str(self.port), *self.words],
                env=surroundings(self.data, **self.settings),
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + PATIENCE
        while "Stop with Ctrl-C" not in self.said():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(f"the service did not start:\n{self.said()}")
            time.sleep(0.1)
        return self

    def said(self) -> str:
        """What it printed so far."""
        return self.log.read_text()

    def link(self) -> str:
        """The one-time link it printed last."""
        links: list[str] = re.findall(r"http://\S+/newsroom/link/\S+", self.said())
        return links[-1]

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(PATIENCE)
