"""Web addresses without what is only there to watch who follows them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

_PARAMETER: Final = re.compile(
    r"""(?:utm_\w+ | mtm_\w+ | pk_(?:campaign|kwd|source|medium|content) | _hs(?:enc|mi|fp) | __hs\w+ | hsctatracking
    | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | twclid | ttclid | li_fat_id | igshid?
    | mc_[ce]id | mkt_tok | vero_(?:id|conv) | oly_(?:enc|anon)_id | elqtrack\w* | elqaid | elqat | elqcampaignid
    | trk_contact | trk_msg | trk_module | trk_sid | sc_cid | s_cid | wickedid | rb_clickid | _openstat | ncid | cmpid
    | at_(?:campaign|medium|link_\w+|format|bbc_team|ptr_name) | ns_(?:campaign|mchannel|source|linkname|fee))""",
    re.VERBOSE | re.IGNORECASE,
)
_REDIRECTORS: Final = {
    "google.com": ("/url", ("url", "q")),
    "google.co.uk": ("/url", ("url", "q")),
    "l.facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "out.reddit.com": ("/", ("url",)),
    "linkprotect.cudasvc.com": ("/url", ("a",)),
}
"""Hosts that count a click and send on: host → (path, the parameters that may hold the true address)."""
_SAFE_LINKS: Final = ".safelinks.protection.outlook.com"
_GOV_DELIVERY: Final = re.compile(
    r"https?://links(?:-\d+)?\.govdelivery\.com/CL\d+/(https?:[^/]+)/", re.IGNORECASE
)
_URL_DEFENSE: Final = re.compile(r"https?://urldefense\.com/v3/__(https?://.+?)__;", re.IGNORECASE)
_WITHOUT_QUERY: Final = ("govdelivery.com/CL", "urldefense.com/")
_MOST_WRAPPED: Final = 3
_LIST_HOST: Final = re.compile(
    r"https?://(?:[\w-]+\.)*(?:list-manage\.com|campaign-archive\.com|mailchi\.mp)/", re.IGNORECASE
)
"""Where links of newsletters lead through a counter, or to an archive, that asks which reader came; "e" tells it."""


def untracked(address: str) -> str:
    """`address` without parameters that name a campaign or a reader, and out of the click counter it is wrapped in.

    What is no web address, and what only leads through a counter that hides the true address, stays as it is.
    """
    if "?" not in address and not any(host in address for host in _WITHOUT_QUERY):
        return address
    for _ in range(_MOST_WRAPPED):
        inner = _unwrapped(address)
        if inner is None:
            break
        address = inner
    if "?" not in address or not address.startswith(("http://", "https://")):
        return address
    front, _, fragment = address.partition("#")
    path, _, query = front.partition("?")
    readers = {"e"} if _LIST_HOST.match(address) else frozenset[str]()
    names = ((pair, pair.partition("=")[0]) for pair in query.split("&"))
    kept = [pair for pair, name in names if not _PARAMETER.fullmatch(name) and name not in readers]
    if len(kept) == query.count("&") + 1:
        return address
    clean = path + ("?" + "&".join(kept) if kept else "")
    return f"{clean}#{fragment}" if fragment else clean


def _unwrapped(address: str) -> str | None:
    """The address that a click counter's address holds, or None."""
    for pattern in (_GOV_DELIVERY, _URL_DEFENSE):
        match = pattern.match(address)
        if match is not None:
            return unquote(match[1])
    if "?" not in address:
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        path, names = _REDIRECTORS.get(host, ("", ()))
        if host.endswith(_SAFE_LINKS):
            path, names = "/", ("url",)
        if not names or parts.path != path:
            return None
        inner = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return None
    for name in names:
        if inner.get(name, "").startswith(("http://", "https://")):
            return inner[name]
    return None
