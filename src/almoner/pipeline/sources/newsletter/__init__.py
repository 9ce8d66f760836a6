"""Newsletters by e-mail: who a message says it is from, and whether it may be read into items.

Anybody can write anything under any name. So a message is let in only where its sender is one of the source's and
somebody vouches that it is from there: a signature of the sender's domain that holds, or the host that received it,
by name. All others wait for an editor, unread.
"""

from __future__ import annotations

from almoner.pipeline.sources.newsletter.envelope import Envelope, envelope
from almoner.pipeline.sources.newsletter.senders import InvalidSender, Sender, senders
from almoner.pipeline.sources.newsletter.verdict import Door, Verdict, result

__all__ = ["Door", "Envelope", "InvalidSender", "Sender", "Verdict", "envelope", "result", "senders"]
