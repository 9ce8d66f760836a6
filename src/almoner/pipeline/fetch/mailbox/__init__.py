"""Mailboxes: messages that have come in since the last look, and what became of their signatures.

`address` takes an address apart, `wire` speaks to the server (IMAP), `box` takes the messages, `signatures` verifies
DKIM and `keys` asks the DNS for it. Nothing is ever marked, moved or deleted.
"""
