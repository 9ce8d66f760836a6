"""Choices that ingest stores."""

from __future__ import annotations

from django.db import models


class Trust(models.TextChoices):
    """How far a source is trusted."""

    REVIEW = "review", "An editor approves each item"
    AUTO = "auto", "Published at once, unless it has findings"


class AdapterName(models.TextChoices):
    """How a source is watched. Each but `files` is a folder in `pipeline/sources`."""

    FILES = "files", "Files that are brought in by hand"
    FEED = "feed", "A feed (RSS, Atom, JSON Feed)"
    GOVUK = "govuk", "GOV.UK"
    LISTING = "listing", "A page that lists items"
    NEWSLETTER = "newsletter", "A newsletter by e-mail"
    LEGISLATION = "legislation", "legislation.gov.uk"
    SITEMAP = "sitemap", "A sitemap"
    FOLDER = "folder", "A folder on this machine"


class State(models.TextChoices):
    """Whether a source is watched."""

    ACTIVE = "active", "Watched"
    PAUSED = "paused", "Paused"
    HELD = "held", "Held: somebody must look"


class Trigger(models.TextChoices):
    """Why a source was checked."""

    SCHEDULE = "schedule", "On schedule"
    HAND = "hand", "By hand"


class Health(models.TextChoices):
    """Whether an address that items lead to still works."""

    UNKNOWN = "unknown", "Not checked yet"
    WORKS = "works", "Works"
    MOVED = "moved", "Works, and says that it has moved"
    FAILING = "failing", "Did not answer lately"
    DEAD = "dead", "No longer works"
    CLOSED = "closed", "Cannot be checked by us"


class Ending(models.TextChoices):
    """How a check of a source ended."""

    RUNNING = "running", "Running"
    UNCHANGED = "unchanged", "Nothing new"
    CHANGED = "changed", "New or changed items"
    FAILED = "failed", "Failed"
    HELD = "held", "Held: somebody must look"
    LOST = "lost", "Broken off, and done again"


class LetterState(models.TextChoices):
    """Whether a message was read into items."""

    LET_IN = "let_in", "Let in"
    WAITING = "waiting", "Waits for an editor"
    DISCARDED = "discarded", "Discarded"


class Dkim(models.TextChoices):
    """What became of a message's signatures in all."""

    PASS = "pass", "holds"
    FAIL = "fail", "does not hold"
    NONE = "none", "not signed"
    TEMPERROR = "temperror", "could not be checked"
