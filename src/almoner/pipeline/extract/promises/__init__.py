"""Promises: sentences in which a body says it will do something, with the day by which.

A promise has somebody who acts ("we", "the government", "Ofsted") or a deed that only a body does ("will be
published", "comes into force"). What a measure will bring about ("will protect more children"), what the law
asks of others ("schools will need to") and what may happen to a person ("will be sentenced") are none.
"""

from __future__ import annotations

from almoner.pipeline.extract.promises.promise import promises_in, triggers_beyond_limit

__all__ = ["promises_in", "triggers_beyond_limit"]
