"""Write one input of the fuzzer again: `python -m tests.pipeline.fuzz KIND SEED NUMBER [--all] > file`.

KIND is one of text, html, xml, json, csv, mail; `--all` says that the public sets were looked at too, as `make soak` does.
"""

from __future__ import annotations

import sys

from almoner.pipeline.model import MediaType
from tests.pipeline.fuzz.cases import case

kind, seed, number, *rest = sys.argv[1:]
snapshot = case(MediaType[kind.upper()], int(seed), int(number), own_only="--all" not in rest)
sys.stderr.write(f"to be read as {snapshot.media_type or 'whatever it looks like'}\n")
sys.stdout.buffer.write(snapshot.content)
