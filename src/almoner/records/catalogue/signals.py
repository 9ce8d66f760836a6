"""What the catalogue tells others, inside the transaction in which it happened.

`item_published` and `item_withdrawn` carry `items`, a list of `Item`; `item_published` is sent again when
what readers see of a published item changed, and carries `first=True` when they were shown to readers just now.
`plan_kept` carries `item`, what was `done` with it at its planned time ("publish" or "withdraw"), and `fault`, why that
could not be done, "" if it was. `issue_published` carries `briefing` (the key of a briefing), `issue` (the
key of the issue) and `messages`, a `lib.message.Message` for each edition by the code of its audience ("" for all). `issue_withdrawn` carries `issue`.
"""

from django.dispatch import Signal

item_published = Signal()
item_withdrawn = Signal()
plan_kept = Signal()
issue_published = Signal()
issue_withdrawn = Signal()
