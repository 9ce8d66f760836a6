"""The WSGI application that granian serves."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.umask(0o077)  # what this process writes, the watch over the sources included, is for its user alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "almoner.settings.production")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # read all views now, so that the first reader does not wait for it
gc.collect()
gc.freeze()  # what stands from here on is not looked through again whenever memory is tidied up while somebody waits
if settings.TRUSTED_PROXIES:
    # Only these may say, by X-Forwarded-For and -Proto, who the visitor is and that they came by HTTPS.
    application = wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)
if settings.MAIL_SERVER and settings.SENDING == "here":
    from almoner.products.alerts.running import start_sending

    start_sending()
if settings.GATHERING == "here":
    from almoner.records.ingest.running import start_watching

    start_watching()
from almoner.newsroom.bringing.working import start_bringing  # noqa: E402, needs the apps
from almoner.products.briefing.tasks import start_watching as start_publishing  # noqa: E402
from almoner.products.pages.tasks import start_watching as start_pages  # noqa: E402

start_publishing()
start_pages()
start_bringing()
