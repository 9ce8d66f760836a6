"""What a page's source becomes before anything is split: its tree, its blocks, what its head says."""

from almoner.pipeline.parse.html import parse_html


def test_parse_html_reads_what_json_ld_says() -> None:
    page = """<html><head><script type="application/ld+json">
        {"@type": "NewsArticle", "headline": "Buses for the fair", "author": {"name": "Rowan Vale"},
         "datePublished": "2024-03-05"}</script></head><body><p>The fair opens on Friday.</p></body></html>"""

    said = parse_html("page.html", page).metadata

    assert said["jsonld:headline"] == "Buses for the fair"
    assert said["jsonld:author"] == "Rowan Vale"
    assert said["jsonld:datepublished"] == "2024-03-05"
