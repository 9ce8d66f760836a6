"""For those who change the code: errors show themselves in the browser, and e-mail in the terminal."""

import os

from almoner.settings import environment
from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import DATA, STORAGES

DEBUG = True
SECRET_KEY = environment.secret_key(os.environ, DATA)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WAGTAIL_PASSWORD_RESET_ENABLED = True
