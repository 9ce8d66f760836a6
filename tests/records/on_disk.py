"""Settings of the tests for processes of their own: the same, on a database on the disk or that of `DATABASE_URL`."""

from almoner.settings.test import *  # noqa: F403
from almoner.settings.test import DATA, DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = DATA / "almoner.sqlite3"
