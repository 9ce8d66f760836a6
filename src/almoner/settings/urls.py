"""All addresses of the service: the public pages, the feeds and the newsroom."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("newsroom/", include("almoner.newsroom.urls")),
    path("feeds/", include("almoner.api.urls")),
    path("", include("almoner.web.urls")),
]
handler500 = "almoner.web.views.standing.server_error"
