"""Who is not to be written to, by keyed hashes of addresses; asked under the earlier keys as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from almoner.products.alerts.enums import Ended
from almoner.products.alerts.models import Suppression

FOR_GOOD: Final = frozenset({Ended.BOUNCED, Ended.COMPLAINED})
"""After these an address is never written to again, whoever asks for it."""
_SALT: Final = "almoner.alerts.suppression"


@sensitive_variables()  # keeps the address out of error reports
def marks(folded: str) -> Iterator[str]:
    """What stands for an address (`Address.folded`): under the key of today, then under the earlier ones."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(_SALT, folded, secret=key, algorithm="sha256").hexdigest()


@sensitive_variables()
def hashed(folded: str) -> str:
    """What stands for an address on the list of those who are never written to: a keyed hash (HMAC-SHA256), so that the
    list can be asked about an address and does not name any."""
    return next(marks(folded))


@sensitive_variables()
def rows_of(folded: str) -> QuerySet[Suppression]:
    """What says that an address is not to be written to."""
    return Suppression.objects.filter(hashed__in=list(marks(folded)))


@sensitive_variables()
def never_written_to(folded: str) -> bool:
    """Whether an address is not to be written to even where it is asked for: its mail does not arrive, or somebody said
    that it was not wanted. Who merely left may come back."""
    return rows_of(folded).filter(why__in=FOR_GOOD).exists()
