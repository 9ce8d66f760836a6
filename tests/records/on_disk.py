"""Settings of the tests for processes of their own: the same, on a database on the disk."""

from almoner.settings.test import *  # noqa: F403
from almoner.settings.test import DATA, DATABASES

DATABASES["default"]["NAME"] = DATA / "almoner.sqlite3"
