"""All addresses of the service: the public pages, the feeds and the newsroom."""

from django.urls import URLPattern, URLResolver, include, path

from almoner.api import operation, sitemaps

urlpatterns: list[URLPattern | URLResolver] = [
    path("newsroom/", include("almoner.newsroom.urls")),
    path("feeds/", include("almoner.api.urls")),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.standing_pages, name="sitemap_pages"),
    path("sitemap-items-<int:number>.xml", sitemaps.items, name="sitemap_items"),
    path("health", operation.health, name="health"),
    path("metrics", operation.metrics, name="metrics"),
    path("", include("almoner.web.urls")),
]
handler500 = "almoner.web.views.standing.server_error"
