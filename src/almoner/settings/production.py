"""What runs. Refuses to start on wrong settings rather than ignore them."""

import os

from django.core.checks import ERROR
from django.core.exceptions import ImproperlyConfigured

from almoner.settings import environment
from almoner.settings.base import *  # noqa: F403
from almoner.settings.base import DATA, HTTPS
from almoner.settings.checks import wrong_settings

if _errors := [message for message in wrong_settings(os.environ) if message.level >= ERROR]:
    raise ImproperlyConfigured("\n".join(f"{fault.id}: {fault.msg} {fault.hint}" for fault in _errors))

SECRET_KEY = environment.secret_key(os.environ, DATA)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
