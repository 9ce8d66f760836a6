"""All addresses of the service: the public pages, the feeds and the newsroom."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
