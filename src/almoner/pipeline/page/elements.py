"""Sets of element names, by what they do to reading order."""

from __future__ import annotations

from typing import Final

HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS: Final = frozenset({"ul", "ol", "dl", "menu", "dir"})
LIST_ENTRIES: Final = frozenset({"li", "dt", "dd"})
BLOCKS: Final = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p
    pre search section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
"""Elements before and after which text breaks off; all others run on within a line."""

DROPPED: Final = frozenset(
    """
    script style template noscript svg math iframe object embed canvas audio video map area source track
    picture img link meta base title head param frame frameset noframes
    applet col colgroup basefont bgsound portal
    """.split()  # noqa: SIM905
)
"""Elements that hold no text for a reader."""
