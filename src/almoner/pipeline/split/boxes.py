"""Boxes on a page that hold nothing of its matter: appeals, carts, badges, ratings, bars to sort and filter by."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.page.elements import BLOCKS
from almoner.pipeline.page.view import PageView
from almoner.pipeline.split.shapes import Survey

_NAMES = re.compile(
    r"""(?<![a-z])(?:banners?|promo(?:s|tion|tions|tional)?|(?:mini-?)?cart|basket|stars?|badges?|ribbons?|toolbar|sort(?:-?by|ing)?
    |quick-?(?:view|shop|buy|add)|add-?to-?(?:cart|basket|wish-?list)|wish-?list|stick(?:er|ers)|filters?
    )(?![a-z])""",
    re.VERBOSE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SMALL: Final = 0.08
"""A box so named that holds more of the page than this is not one: themes name whole pages so."""
MOST_LOST: Final = 0.4
"""And where they make up more than this together, they are what the page shows."""


def idle(view: PageView, totals: Survey, start: int, stop: int) -> set[int]:
    """The outermost such boxes among the nodes from `start` up to `stop`."""
    size, ends, attributes, tags = totals.size, view.ends, view.attributes, view.tags
    most = SMALL * (size[stop] - size[start])
    known: dict[str, bool] = {}
    found: set[int] = set()
    lost = 0
    node = start + 1
    while node < stop:
        given = attributes[node]
        if given and (tags[node] in BLOCKS or tags[node] == "span"):
            named = given.get("class", "")
            idles = known.get(named)
            if idles is None:
                plain = _CAMEL.sub("-", named[:300]).lower().replace("_", "-")
                idles = known[named] = len(named) > 3 and _NAMES.search(plain) is not None
            if idles and 0 < size[ends[node]] - size[node] <= most:
                found.add(node)
                lost += size[ends[node]] - size[node]
                node = ends[node]
                continue
        node += 1
    return found if lost <= MOST_LOST * (size[stop] - size[start]) else set()
