"""Settings of the tests: the same service, on a database in memory (or beside that of `DATABASE_URL`), with nothing to
keep secret."""

import os

from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import DATABASES, STORAGES

SECRET_KEY = "only for tests, where nothing is worth keeping secret"  # noqa: S105
# Tests begin with a copy of a database in which the migrations have run: they take longer than most tests.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"NAME": ":memory:", "TEST": {"MIGRATE": False}}  # tests/conftest.py copies it
elif os.environ.get("TEST_POSTGRES"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": DATABASES["default"]["NAME"], "MIGRATE": False}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
PAGES_KEPT = 0  # each test looks at what is there now
