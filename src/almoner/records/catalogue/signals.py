"""What the catalogue tells others, inside the transaction in which it happened.

`item_published` and `item_withdrawn` carry `items`, a list of `Item`; `item_published` is sent again when
what readers see of a published item changed.
"""

from django.dispatch import Signal

item_published = Signal()
item_withdrawn = Signal()
