"""A claimed message as it goes out: from whom, with whose links, and where it bounces to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from almoner.products.alerts import links
from almoner.products.alerts.claims import Claimed
from almoner.products.alerts.tags import tag
from almoner.products.alerts.wire import Addressed, Encoded, Sender, written


@dataclass(frozen=True, slots=True)
class Post:
    """Who sends, and the mailbox that bounces go to: `bounces@example.org` gets them as `bounces+TAG@example.org`. Without
    one they go to the sender's own address."""

    sender: Sender
    bounces: str = ""

    def returns_to(self, one: Claimed) -> str:
        """The address that is told when it cannot be delivered (the envelope's sender). It names no topic and no person."""
        if not self.bounces:
            return self.sender.address
        local, _, host = self.bounces.rpartition("@")
        return f"{local}+{tag(one.pk)}@{host}"

    def written(self, one: Claimed, content: Encoded, now: datetime) -> bytes:
        """The message itself. Its Message-ID is the same however often it is tried."""
        return written(
            content,
            self.sender,
            Addressed(
                address=one.address,
                message_id=f"<{tag(one.pk)}@{self.sender.host}>",
                leave=links.leave(one.key, one.subscriptions),
                change=links.change(one.key),
                telling=one.telling,
                plain=one.plain,
            ),
            now,
        )
