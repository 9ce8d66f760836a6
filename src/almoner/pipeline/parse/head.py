"""What a page says about itself: `<meta>`, `<link>`, JSON-LD, flattened to one mapping."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from almoner.pipeline.page.text import clean

MAX_JSON: Final = 2_000_000
MAX_NODES: Final = 2_000
_RELATIONS: Final = frozenset({"canonical", "next", "prev", "amphtml", "author"})
_ARTICLE_TYPES: Final = (
    "newsarticle", "article", "blogposting", "reportagenewsarticle", "report", "scholarlyarticle",
    "techarticle", "medicalwebpage", "liveblogposting", "opinionnewsarticle", "analysisnewsarticle", "reviewnewsarticle",
    "backgroundnewsarticle", "review", "recipe", "howto", "discussionforumposting", "socialmediaposting", "webpage",
)  # fmt: skip
_LIST_TYPES: Final = frozenset({"collectionpage", "searchresultspage"})
_SCRIPT_NAMES: Final = (
    "datePublished", "published_at", "publishedAt", "publishedDate", "published_date", "publishDate", "publish_date",
    "date_published", "publicationDate", "publication_date", "firstPublished",
)  # fmt: skip
_IN_ALL_NAMES: Final = "ubli"
_SCRIPT_DATE = re.compile(r'\\?["\']\s*:\s*\\?["\'](\d{4}-\d\d-\d\d[^"\'\\]{0,25})')
_VALUES: Final = (
    "headline", "name", "datepublished", "datemodified", "datecreated", "description",
    "articlesection", "keywords",
)  # fmt: skip


def metadata(metas: Iterable[dict[str, str]], json_ld: Iterable[str]) -> dict[str, str]:
    """One mapping of all that the page says about itself; the first saying of a key holds.

    `<meta name|property|itemprop|http-equiv>` under that name, `<link rel>` as `canonical`, `next` and so on,
    JSON-LD of the page's main thing as `jsonld:headline`, `jsonld:datepublished`, `jsonld:author` and so on.
    `jsonld:lists` where JSON-LD says that the page is a collection. Several authors are joined by "; ".
    """
    said: dict[str, str] = {}
    for meta in metas:
        value = meta.get("content")
        if value is not None:
            name = meta.get("property") or meta.get("name") or meta.get("http-equiv")
            value = clean(value)
            if value and name:
                _say(said, name.strip().lower(), value)
            if value and meta.get("itemprop"):
                _say(said, "itemprop:" + meta["itemprop"].strip().lower(), value)
        elif "href" in meta:
            for relation in meta.get("rel", "").lower().split():
                if relation in _RELATIONS:
                    said.setdefault(relation, meta["href"].strip())
    for key, value in _main_thing(json_ld):
        said.setdefault(f"jsonld:{key}", value)
    return said


def published_in_scripts(markup: str) -> str:
    """The first date of publication that a script on the page gives for its own use, as it stands there, or "".

    Pages that a script draws keep it in their data, and some JSON-LD cannot be read as JSON.
    """
    waiting = {name: name.index(_IN_ALL_NAMES) for name in _SCRIPT_NAMES}
    at = markup.find(_IN_ALL_NAMES)  # one search of the whole page and not one for each name
    while at >= 0:
        met = [name for name, before in waiting.items() if markup.startswith(name, at - before)]
        for name in met:
            match = _SCRIPT_DATE.match(markup, at - waiting.pop(name) + len(name))
            if match is not None:
                return match[1]
        at = markup.find(_IN_ALL_NAMES, at + 1)
    return ""


def _say(said: dict[str, str], key: str, value: str) -> None:
    if key not in said:
        said[key] = value
    elif (
        key in {"article:author", "author", "citation_author", "dc.creator", "article:tag"}
        and value not in said[key]
    ):
        said[key] += "; " + value


def _main_thing(json_ld: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Keys and values of the thing that the page is about: the most article-like of those described."""
    things: list[dict[str, object]] = []
    for source in json_ld:
        if len(source) > MAX_JSON:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        things.extend(_things(data))
    for thing in things:
        lists = _LIST_TYPES.intersection(_types(thing))
        if lists:
            yield "lists", next(iter(lists))
            break
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    ranked = sorted(things, key=_rank)
    if not ranked or _rank(ranked[0]) >= len(_ARTICLE_TYPES):
        return
    for thing in ranked:
        if _rank(thing) >= len(_ARTICLE_TYPES):
            break
        yield "type", _types(thing)[0]
        for key, value in thing.items():
            key = key.lower()
            if key in _VALUES:
                text = _plain(value)
                if text:
                    yield key, text
            elif key in {"author", "creator", "publisher"}:
                names = list(_names(value, by_id))
                if names:
                    yield key, "; ".join(dict.fromkeys(names))


def _things(data: object) -> Iterator[dict[str, object]]:
    """Every object in the data, outermost first, at most `MAX_NODES` of them."""
    waiting = [data]
    seen = 0
    while waiting and seen < MAX_NODES:
        current = waiting.pop(0)
        seen += 1
        if isinstance(current, dict):
            yield current
            waiting.extend(
                value
                for key, value in current.items()
                if key in {"@graph", "mainEntity", "mainEntityOfPage", "hasPart"}
            )
        elif isinstance(current, list):
            waiting.extend(current[:MAX_NODES])


def _types(thing: dict[str, object]) -> list[str]:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [str(name).rsplit("/", 1)[-1].lower() for name in kinds if isinstance(name, str)] or [""]


def _rank(thing: dict[str, object]) -> int:
    return min(
        _ARTICLE_TYPES.index(kind) if kind in _ARTICLE_TYPES else len(_ARTICLE_TYPES)
        for kind in _types(thing)
    )


def _plain(value: object) -> str:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return ", ".join(filter(None, (clean(part) for part in value if isinstance(part, str))))
    return ""


def _names(value: object, by_id: dict[object, dict[str, object]]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            name: object = one
        elif isinstance(one, dict):
            name = one.get("name") or by_id.get(one.get("@id"), {}).get("name")
        else:
            continue
        for part in name if isinstance(name, list) else [name]:
            if isinstance(part, str) and clean(part):
                yield clean(part)
