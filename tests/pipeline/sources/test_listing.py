"""Lists of news watched: the pages of what is new, and the list's next pages."""

from __future__ import annotations

from tests.pipeline.sources.site import Site, titles

HOME = "https://trust.example"


def listed(*names: str, following: str = "") -> str:
    articles = "".join(
        f"<article><h2><a href='/news/{name}'>What is new about {name}</a></h2><p>{day} November 2026</p>"
        f"<p>A few words on {name} for schools and for clubs.</p></article>"
        for day, name in enumerate(names, start=1)
    )
    pager = f"<nav><a rel=next href='{following}'>Next page</a></nav>" if following else ""
    return f"<!doctype html><title>News</title><main><h1>News</h1>{articles}{pager}</main>"


def page(name: str) -> str:
    return (
        f"<!doctype html><title>{name}</title><main><article><h1>What is new about {name}</h1><p>1 November 2026</p>"
        f"<p>All that there is to say of {name}, at length, for schools and for clubs.</p></article></main>"
    )


def site(*pages: tuple[str, ...]) -> Site:
    there = Site("listing")
    for number, names in enumerate(pages, start=1):
        following = f"/news?page={number + 1}" if number < len(pages) else ""
        there.pages[f"{HOME}/news" + (f"?page={number}" if number > 1 else "")] = listed(
            *names, following=following
        )
        there.pages |= {f"{HOME}/news/{name}": page(name) for name in names}
    return there


def test_each_item_is_read_on_its_page_and_the_next_pages_while_there_is_news() -> None:
    there = site(("tides", "boats", "quays"), ("crews", "masts", "sails"))
    found = there.check(f"{HOME}/news")
    assert len(titles(found)) == 6
    assert all("at length" in item.text for gathered in found.gathered for item in gathered.items)
    there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news"]


def test_what_a_check_leaves_on_a_later_page_the_next_one_finds() -> None:
    there = site(("tides", "boats", "quays"), ("crews", "masts", "sails"))
    seen = []
    for _ in range(4):
        seen += titles(there.check(f"{HOME}/news", most=4))
    assert sorted(seen) == sorted(
        f"What is new about {name}" for name in ("tides", "boats", "quays", "crews", "masts", "sails")
    )


def test_an_item_that_stands_alone_on_the_last_page_is_read_on_its_own() -> None:
    there = site(("tides", "boats", "quays"), ("crews",))
    assert "What is new about crews" in titles(there.check(f"{HOME}/news"))
    assert f"{HOME}/news/crews" in there.asked


def test_a_page_is_read_again_once_the_list_shows_another_date_or_title() -> None:
    there = site(("tides", "boats", "quays", "crews"))
    there.check(f"{HOME}/news")
    there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news"], "the same list names nothing"
    there.pages[f"{HOME}/news"] = there.pages[f"{HOME}/news"].replace("2 November", "20 November")
    there.pages[f"{HOME}/news/boats"] = page("boats").replace("at length", "at greater length")
    found = there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news", f"{HOME}/news/boats"]
    assert "at greater length" in found.gathered[1].items[0].text
    there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news"]


def test_a_list_that_shows_all_its_entries_otherwise_has_none_read_again() -> None:
    there = site(("tides", "boats", "quays", "crews"))
    there.check(f"{HOME}/news")
    there.pages[f"{HOME}/news"] = there.pages[f"{HOME}/news"].replace("What is new about", "The latest on")
    there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news"]
    there.pages[f"{HOME}/news"] = there.pages[f"{HOME}/news"].replace("2 November", "20 November")
    there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news", f"{HOME}/news/boats"], "how it is shown now is what counts"


def test_entries_whose_state_was_never_noted_are_noted_and_not_read_again() -> None:
    there = site(("tides", "boats", "quays", "crews"))
    there.check(f"{HOME}/news")
    there.marks = dict.fromkeys(there.marks, "")
    there.check(f"{HOME}/news")
    assert there.asked == [f"{HOME}/news"]
    assert all(there.marks[f"{HOME}/news/{name}"] for name in ("tides", "boats", "quays", "crews"))
