"""What an opening means, as a direction: where the optional extra `meaning` (wordllama, MIT) is installed.

Its vectors of words were distilled from large language models; their weights come in the package, nothing is fetched.
It sees that "llamas set loose" and "animals freed from a farm" are one thing, which shared words do not.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any, Final

OPENING: Final = 250
"""Characters that are looked at: the opening says what has happened, the rest what is always said about such things."""


def of(title: str, text: str) -> tuple[float, ...]:
    """A direction of length 1; empty where the extra is not installed or there is nothing to read."""
    model = _model()
    opening = f"{title} {text}".strip()[:OPENING]
    if model is None or not opening:
        return ()
    return tuple(float(value) for value in model.embed([opening], norm=True)[0])


@cache
def _model() -> Any:
    try:
        library = importlib.import_module("wordllama")
    except ImportError:
        return None
    folder = Path(str(library.__file__)).parent
    return library.WordLlama.load(cache_dir=folder, disable_download=True)
