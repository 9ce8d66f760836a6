"""Publishers and categories: made by name, renamed without breaking addresses, never deleted; nor are sources."""

from __future__ import annotations

import pytest
from django.test import Client

from almoner.records.catalogue.models import Category, Publisher
from almoner.records.search.queries import search
from tests.newsroom.conftest import MakeItem


def test_new_publisher_gets_an_address_of_its_own(desk: Client) -> None:
    for name in ("Harbour Digest", "Harbour: Digest"):
        desk.post("/newsroom/publishers/new/", {"name": name, "website": "https://example.org"})
    slugs = Publisher.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["harbour-digest", "harbour-digest-2"]
    assert Publisher.objects.first().website == "https://example.org"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["online safety", " Online   Safety "])
def test_category_that_is_there_is_not_made_again(desk: Client, make_item: MakeItem, name: str) -> None:
    make_item(categories=("Online safety",))
    answer = desk.post("/newsroom/categories/new/", {"name": name})
    assert "There is one of this name already" in str(answer.context["form"].errors)
    assert Category.objects.count() == 1


def test_renaming_a_category_keeps_its_address_and_is_found_at_once(
    desk: Client, make_item: MakeItem
) -> None:
    item = make_item(categories=("Onlin safety",))
    category = item.categories.get()
    desk.post(f"/newsroom/categories/{category.pk}/", {"name": "Online safety"})
    category.refresh_from_db()
    assert (category.name, category.slug) == ("Online safety", "onlin-safety")
    assert [hit.item for hit in search("online").hits] == [item]


@pytest.mark.parametrize("kind", ["sources", "publishers", "categories"])
def test_records_are_not_deleted(desk: Client, kind: str) -> None:
    assert desk.get(f"/newsroom/{kind}/1/delete/").status_code == 404
    assert desk.get(f"/newsroom/{kind}/delete/1/").status_code == 404
