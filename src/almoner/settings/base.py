"""What every deployment shares. What an operator may set stands in docs/operators.md."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import wagtail

from almoner.settings import checks, environment, logs  # noqa: F401, registers our checks

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("ALMONER_DATA") or "var").resolve()
SITE_ADDRESS = (os.environ.get("ALMONER_ADDRESS") or environment.DEFAULT_ADDRESS).rstrip("/")
SITE_NAME = os.environ.get("ALMONER_NAME") or "Almoner"
OPERATOR = os.environ.get("ALMONER_OPERATOR", "")
CONTACT = os.environ.get("ALMONER_CONTACT", "")
HTTPS = SITE_ADDRESS.startswith("https://")
TRUSTED_PROXIES = environment.read_proxies(os.environ.get("ALMONER_BEHIND_PROXY", "")) or []
METRICS_READERS = environment.read_proxies(os.environ.get("ALMONER_METRICS", "")) or []

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if (_address := environment.read_address(SITE_ADDRESS)) and _address.hostname:
    ALLOWED_HOSTS.append(f"[{_address.hostname}]" if ":" in _address.hostname else _address.hostname)
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

INSTALLED_APPS = [
    "almoner.records.accounts",
    "almoner.records.catalogue",
    "almoner.records.guidance",
    "almoner.records.ingest",
    "almoner.records.search",
    "almoner.products.library",
    "almoner.products.alerts",
    "almoner.products.briefing",
    "almoner.products.feedback",
    "almoner.products.statements",
    "almoner.products.pages",
    "almoner.web",
    "almoner.newsroom",
    "almoner.newsroom.apps.PeopleConfig",
    "almoner.newsroom.apps.DraftsConfig",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "almoner.web.page_cache.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "almoner.web.headers.ReaderSafety",
]

ROOT_URLCONF = "almoner.settings.urls"
WSGI_APPLICATION = "almoner.settings.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "almoner.web.context.site",
            ]
        },
    }
]

# SQLite: one writer at a time, a commit is on the disk before it is said to be done, and what is deleted is
# overwritten.
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "almoner.sqlite3",
    # To open the file and read its tables' plan costs 3 ms: more than most of our pages take for the rest.
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",
    },
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": environment.read_database(os.environ.get("DATABASE_URL", "")) or SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SNAPSHOT_FOLDER = DATA / "snapshots"
SNAPSHOT_BUCKET = environment.read_bucket(os.environ.get("ALMONER_SNAPSHOTS", ""))  # instead of the folder
# Links and lists that were sealed under an earlier key still hold.
SECRET_KEY_FALLBACKS = os.environ.get("ALMONER_OLD_SECRET_KEYS", "").split()
MAILBOX_PASSWORDS = os.environ.get("ALMONER_MAILBOX_PASSWORDS", "")
FOLDERS = environment.read_folders(os.environ.get("ALMONER_FOLDERS", "")) or []
FOUR_EYES = os.environ.get("ALMONER_APPROVAL") == "two"  # who changed an item does not approve it
GATHERING = os.environ.get("ALMONER_GATHERING") or "here"  # "elsewhere": `almoner gather` does it

PAGES_KEPT = 30  # seconds that a public page may be behind; what is withdrawn is gone everywhere by then

AUTH_USER_MODEL = "accounts.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# Wagtail's style sheet names a picture of its image app, which is not installed: hashing needs the file.
STATICFILES_DIRS = [Path(wagtail.__file__).parent / "images/static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The reader's safety: nothing tells another site where somebody came from, and nobody may frame us.
# (The newsroom answers `same-origin` instead: under `no-referrer` browsers send forms with `Origin: null`.)
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("ALMONER_FROM") or "almoner@localhost"
_smtp = environment.read_smtp(os.environ.get("ALMONER_SMTP_URL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _smtp else 'dummy'}.EmailBackend"
globals().update(_smtp or {})  # EMAIL_HOST and its like
MAIL_SERVER = bool(_smtp)
SENDING = os.environ.get("ALMONER_SENDING") or "here"  # "elsewhere": `almoner deliveries send` does it
DIGEST_TIME = environment.read_time(os.environ.get("ALMONER_DIGEST_TIME", "")) or environment.DIGEST_TIME
MAIL_PACE = environment.read_count(os.environ.get("ALMONER_MAIL_PACE", "")) or 0
WARM_UP = environment.read_warm_up(os.environ.get("ALMONER_WARM_UP", ""))
DELIVERIES_KEPT = environment.read_kept(os.environ.get("ALMONER_KEEP_DELIVERIES", "")) or 90
BOUNCES = os.environ.get("ALMONER_BOUNCES", "")
REPORTS = environment.read_reports(os.environ.get("ALMONER_REPORTS", ""))
DKIM = environment.read_dkim(os.environ.get("ALMONER_DKIM", ""))

LOGGING_CONFIG = "almoner.settings.logs.configure"
LOGGING = logs.LOGGING

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # Gravatar and the update check are third-party requests
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_AGING_PAGES_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILUSERS_PASSWORD_ENABLED = False  # nobody chooses another person's password: they get a link
WAGTAIL_PASSWORD_RESET_ENABLED = bool(_smtp)  # without a mail server: `almoner run --new-link`
WAGTAILADMIN_USER_LOGIN_FORM = "almoner.newsroom.sign_in.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "almoner.newsroom.sign_in.ResetForm"  # noqa: S105, a form's name
