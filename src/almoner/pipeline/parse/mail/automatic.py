"""Messages that a machine sent back: bounces, receipts, out-of-office replies. They are nothing to read (RFC 3834)."""

from __future__ import annotations

import re
from typing import Final

from almoner.pipeline.parse.mail.message import Message

_BOUNCED: Final = re.compile(
    r"(?:(?:mail\s+)?deliver(?:y|ed)\b.{0,40}\b(?:fail\w*|delay\w*|notification|incomplete)|undeliver(?:able|ed)\b|returned\s+mail\b|mail\s+delivery\b"
    r"|failure\s+notice\Z|warning:\s+(?:could\s+not\s+send|message\s+.{1,40}\s+delayed))",
    re.IGNORECASE,
)
_ANSWERED: Final = re.compile(
    r"(?:auto(?:matic|mated|-)?[\s-]*(?:reply|response|answer)|(?:i\s+am\s+)?out\s+of\s+(?:the\s+)?office|ymateb\s+awtomatig|allan\s+o['’]r\s+swyddfa)\b",
    re.IGNORECASE,
)
_DAEMON: Final = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.IGNORECASE)
_REPORTS: Final = {
    "delivery-status": "a delivery report",
    "disposition-notification": "a read receipt",
    "feedback-report": "a complaint report",
}
_SUBMITTED: Final = frozenset({"auto-replied", "auto-notified"})


def automatic(message: Message) -> str:
    """What sort of automatic answer `message` is ("an out-of-office reply"); "" where it is none.

    "Auto-Submitted: auto-generated" alone is none: newsletters carry it too.
    """
    root = message.root
    if root.declared == "multipart/report":
        named = root.parameters.get("report-type", "").lower()
        return _REPORTS.get(named, "a report of a mail server")
    sender = message.senders[0].address if message.senders else ""
    returned = message.head.line("return-path").strip() == "<>"
    if (_DAEMON.match(sender) or returned) and _BOUNCED.match(message.subject):
        return "a delivery report"
    submitted = message.head.line("auto-submitted").partition(";")[0].strip().lower()
    if submitted in _SUBMITTED or message.head.has("x-autoreply") or message.head.has("x-autorespond"):
        return "an automatic reply"
    if message.head.line("precedence").strip().lower() in {"auto_reply", "auto-reply"}:
        return "an automatic reply"
    return "an automatic reply" if _ANSWERED.match(message.subject) else ""
