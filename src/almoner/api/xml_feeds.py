"""A feed as RSS 2.0 and as Atom."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from almoner.api.entries import Feed


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the full text in `content:encoded`."""

    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        """The name spaces in use."""
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """An item's elements, and ours."""
        super().add_item_elements(handler, item)
        if item["html"]:
            handler.addQuickElement("content:encoded", item["html"])


class Atom(Atom1Feed):
    """Atom with the full text as content, and the publisher's own page as a link."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """An entry's elements, and ours."""
        super().add_item_elements(handler, item)
        if item["html"]:
            handler.addQuickElement("content", item["html"], {"type": "html"})
        if item["external"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["external"]})


def rss(feed: Feed) -> str:
    """The feed as RSS 2.0."""
    return _write(Rss, feed)


def atom(feed: Feed) -> str:
    """The feed as Atom (RFC 4287)."""
    return _write(Atom, feed)


def _write(form: type[SyndicationFeed], feed: Feed) -> str:
    written = form(
        title=feed.title,
        link=feed.page,
        description=feed.description,
        language="en-GB",
        feed_url=feed.address,
        feed_guid=feed.address,
        author_name=feed.title,
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.address,
            description=escape(entry.summary, quote=False),  # both forms read it as HTML
            unique_id=entry.id,
            unique_id_is_permalink=False,
            author_name=entry.author,
            categories=entry.categories,
            pubdate=entry.published,
            updateddate=entry.updated,
            html=entry.html,
            external=entry.external,
            enclosures=[
                Enclosure(each.address, str(each.size), each.media_type)
                for each in (entry.picture,)
                if each is not None
            ],
        )
    # Django takes the clock for a feed without dates, and published dates for newer than changes.
    written.latest_post_date = lambda: feed.updated  # type: ignore[method-assign]
    return written.writeString("utf-8")
