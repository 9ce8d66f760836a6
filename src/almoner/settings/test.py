"""Settings of the tests: the same service, on a database in memory, with nothing to keep secret."""

from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import DATABASES, STORAGES

SECRET_KEY = "only for tests, where nothing is worth keeping secret"  # noqa: S105
DATABASES["default"]["NAME"] = ":memory:"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
