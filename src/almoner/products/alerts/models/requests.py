"""What somebody asked for by giving an address: nothing happens until whoever reads its mail says so."""

from __future__ import annotations

from django.db import models

from almoner.products.alerts.enums import RequestKind, RequestState
from almoner.products.alerts.models.searches import saved_key


class Request(models.Model):
    """A letter that is to go to an address which somebody gave, and what they asked for with it.

    It is written alike whether the address is known here or not, and gone when it was confirmed or is too old.
    `chosen` lists what is to be followed: `[[follows, about, pace], …]`; `words` is what was agreed to, as shown.
    """

    key = models.CharField(max_length=24, unique=True, default=saved_key, editable=False)
    kind = models.CharField(max_length=7, choices=RequestKind)
    state = models.CharField(max_length=7, choices=RequestState, default=RequestState.WAITING)
    address = models.EmailField()
    folded = models.CharField(max_length=254, db_index=True)
    chosen = models.JSONField(default=list)
    how = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=80, blank=True, help_text="Why the last try failed, in words.")

    class Meta:
        indexes = (
            models.Index(
                fields=("next_at",), condition=models.Q(state=RequestState.WAITING), name="request_waiting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%d %B %Y}"
