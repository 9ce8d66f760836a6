"""All addresses of the service: the public pages, the feeds and the newsroom."""

from django.urls import URLPattern, URLResolver, include, path

from almoner.api import operation

urlpatterns: list[URLPattern | URLResolver] = [
    path("newsroom/", include("almoner.newsroom.urls")),
    path("feeds/", include("almoner.api.urls")),
    path("health", operation.health, name="health"),
    path("metrics", operation.metrics, name="metrics"),
    path("", include("almoner.web.urls")),
]
handler500 = "almoner.web.views.standing.server_error"
