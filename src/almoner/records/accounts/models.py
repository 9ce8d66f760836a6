"""People who sign in. A person is known by their e-mail address; there are no user names."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

from almoner.records.accounts.enums import Purpose


class PersonManager(BaseUserManager["Person"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person. Without a password they can only come in by a one-time link."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractUser):
    """Somebody with an account."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Attempt(models.Model):
    """That somebody knocked: kept for an hour, or a day where mail was asked for, to slow down guessing and floods.

    Who and from where are keyed hashes: enough to count by, not enough to read back.
    """

    purpose = models.CharField(max_length=8, choices=Purpose)
    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (
            models.Index(fields=("address", "at"), name="attempt_address"),
            models.Index(fields=("account", "at"), name="attempt_account"),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.at:%d %B %Y %H:%M}"
