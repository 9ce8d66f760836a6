"""What every process and command loads when Django starts."""

from __future__ import annotations

import subprocess
import sys

LOOK = """
import sys
import django
django.setup()
import almoner.records.ingest.watching
print(*sorted(set(sys.modules) & {"almoner.newsroom.urls", "almoner.newsroom.wagtail_hooks", "numpy"}))
"""


def test_newsroom_and_numpy_wait_until_they_are_wanted() -> None:
    """The watch and every command would carry tens of megabytes, and start a second later."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
