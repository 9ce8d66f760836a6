"""Who may do what: contributors propose, editors approve, publishers decide about names; and two pairs of eyes where the
operator asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from almoner.newsroom import decisions, proposals
from almoner.newsroom.models import Proposal
from almoner.newsroom.roles import ROLES, make_roles
from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.search.queries import search
from tests.newsroom.conftest import MakeItem

FillIn = Callable[..., dict[str, Any]]
ITEMS = "/newsroom/items/"


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/newsroom/", 0),
        (ITEMS, 0),
        (f"{ITEMS}{{}}/", 0),
        ("/newsroom/review/{}/", 0),
        ("/newsroom/writing/", 0),
        (f"{ITEMS}{{}}/preview/", 0),
        (f"{ITEMS}{{}}/withdraw/", 1),
        ("/newsroom/review/ready/", 1),
        ("/newsroom/stories/", 1),
        ("/newsroom/publishers/new/", 1),
        (f"{ITEMS}{{}}/decide/", 2),
        ("/newsroom/sources/new/", 2),
        ("/newsroom/users/", 3),
    ],
)
def test_pages_are_for_a_role_and_those_above_it(
    sign_in: Callable[[str], Client], make_item: MakeItem, address: str, least: int
) -> None:
    item = make_item("One", status="waiting", findings=("child_identifiable",))
    seen = [sign_in(role).get(address.format(item.pk)).status_code == 200 for role in ROLES]
    assert seen == [rank >= least for rank in range(len(ROLES))]


def test_contributor_corrects_what_waits_and_decides_nothing(
    sign_in: Callable[[str], Client], make_item: MakeItem, fill_in: FillIn
) -> None:
    desk, item = sign_in("Contributors"), make_item("One", status="waiting", findings=("date_missing",))
    page = desk.get(f"{ITEMS}{item.pk}/")
    for word in ("Save and publish", "Withdraw…", "Looked at"):
        assert word not in page.content.decode()
    sent = fill_in(page, title="Two") | {"action-approve": "1"}
    assert "An editor decides" in desk.post(f"{ITEMS}{item.pk}/", sent, follow=True).content.decode()
    item.refresh_from_db()
    assert (item.title, item.status) == ("Two", "waiting")
    queue = f"/newsroom/review/{item.pk}/"
    seen = {"seen": desk.get(queue).context["seen_at"]}
    finding = item.findings.get()
    for pressed in (
        {"approve": "1"},
        {"withdraw": "1", "reason": "x"},
        {"settle": finding.pk},
        {"decide": "1"},
    ):
        assert desk.post(queue, seen | pressed).status_code in {302, 403}
    bulk = desk.post(f"/newsroom/bulk/catalogue/item/approve/?id={item.pk}", {"item": item.pk})
    assert bulk.status_code in {200, 302, 403}
    item.refresh_from_db()
    finding.refresh_from_db()
    assert (item.status, finding.settled_at) == ("waiting", None)
    desk.post(
        queue, seen | {"seen": desk.get(queue).context["seen_at"], "write": finding.pk, "value": "2025"}
    )
    item.refresh_from_db()
    finding.refresh_from_db()
    assert (item.published, finding.settled_at) == ("2025", None)


def test_contributor_proposes_and_an_editor_accepts(
    sign_in: Callable[[str], Client], charlie: Person, make_item: MakeItem, fill_in: FillIn
) -> None:
    item = make_item("Ferry words", categories=("Licensing",))
    desk = sign_in("Contributors")
    address = f"{ITEMS}{item.pk}/"
    sent = fill_in(desk.get(address), title="Harbour words", categories=[])
    assert "Readers see it once somebody else" in desk.post(address, sent, follow=True).content.decode()
    item.refresh_from_db()
    assert (item.title, item.corrected, item.corrections.count()) == ("Ferry words", [], 0)
    assert [hit.item for hit in search("ferry").hits] == [item]
    assert not search("harbour").hits
    editors = sign_in("Editors")
    proposal = Proposal.objects.get()
    assert "somebody proposes a change" in editors.get("/newsroom/").content.decode()
    assert [found.pk for found in editors.get(f"{ITEMS}?proposed=on").context["object_list"]] == [item.pk]
    shown = editors.get(address).content.decode()
    assert "Charlie proposes a change" in shown
    assert "Harbour" in shown
    assert desk.post(f"{address}proposals/{proposal.pk}/accept/").status_code in {302, 403}
    assert proposals.waiting().exists()
    editors.post(f"{address}proposals/{proposal.pk}/accept/")
    item.refresh_from_db()
    assert (item.title, list(item.categories.all())) == ("Harbour words", [])
    assert item.corrections.get().by == charlie
    history = editors.get(f"{address}history/").content.decode()
    assert "Accepted what Charlie proposed: categories, title" in history


def test_proposal_that_was_overtaken_is_not_accepted_unseen(
    alice: Person, bob: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("Old", summary="Old")
    proposal = proposals.propose(item, {"title": "His"}, bob, now)
    assert proposal is not None
    decisions.correct(item, {"summary": "Hers"}, alice, now)
    proposals.accept(proposal, alice, now)
    assert Item.objects.get().title == "His"
    second = proposals.propose(item, {"title": "His again"}, bob, now)
    assert second is not None
    decisions.correct(item, {"title": "Hers"}, alice, now)
    with pytest.raises(ValidationError, match="changed since this was proposed"):
        proposals.accept(second, alice, now)
    assert Item.objects.get().title == "Hers"
    proposals.decline(second, alice, now, "It says something else now.")
    with pytest.raises(ValidationError, match="decided about this already"):
        proposals.accept(second, alice, now)


def test_proposal_of_nothing_and_of_what_is_not_valid_is_none(
    bob: Person, make_item: MakeItem, now: datetime
) -> None:
    item = make_item("One")
    assert proposals.propose(item, {"title": "One"}, bob, now) is None
    with pytest.raises(ValidationError):
        proposals.propose(item, {"published": "2025-02-31"}, bob, now)
    assert not Proposal.objects.exists()


def test_four_eyes_let_nobody_approve_their_own_words(
    settings: Settings, alice: Person, bob: Person, make_item: MakeItem, now: datetime
) -> None:
    settings.FOUR_EYES = True
    hers, untouched = make_item("One", status="waiting"), make_item("Two", status="waiting")
    named = make_item("Three", status="waiting", findings=("child_identifiable",))
    for item in (hers, named):
        decisions.correct(item, {"summary": "Hers"}, alice, now)
    outcome = decisions.approve([hers, untouched], alice, now)
    assert list(outcome.published) == [untouched]
    assert [held.reason for held in outcome.held] == [
        "You wrote or changed it: somebody else approves it here."
    ]
    assert not decisions.decide(named, "The family asked for it.", alice, now).published
    assert decisions.approve([hers], bob, now).published
    assert decisions.decide(named, "The family asked for it.", bob, now).published


def test_four_eyes_hold_what_somebody_wrote_themselves(
    settings: Settings, desk: Client, editor: Person, alice: Person, now: datetime
) -> None:
    settings.FOUR_EYES = True
    desk.post("/newsroom/writing/", {"title": "Ours", "kind": "news", "text": "Words", "author": ""})
    item = Item.objects.get()
    assert not decisions.approve([item], editor, now).published
    assert decisions.approve([item], alice, now).published


def test_four_eyes_make_a_proposal_of_what_would_change_for_readers(
    settings: Settings,
    desk: Client,
    editor: Person,
    alice: Person,
    make_item: MakeItem,
    fill_in: FillIn,
    now: datetime,
) -> None:
    item = make_item("One", summary="First")
    decisions.correct(item, {"summary": "Second"}, alice, now - timedelta(days=1))
    settings.FOUR_EYES = True
    address = f"{ITEMS}{item.pk}/"
    desk.post(f"{address}put-back/{item.corrections.get().pk}/", {"seen": item.corrections.get().pk})
    desk.post(address, fill_in(desk.get(address), title="Two"))
    item.refresh_from_db()
    assert (item.title, item.summary) == ("One", "Second")
    back, changed = proposals.waiting()
    answer = desk.post(f"{address}proposals/{changed.pk}/accept/", follow=True)
    assert "somebody else accepts it" in answer.content.decode()
    for proposal in (back, changed):
        proposals.accept(proposal, alice, now)
    item.refresh_from_db()
    assert (item.title, item.summary) == ("Two", "First")


def test_roles_go_up_and_keep_what_an_app_gave_them(db: None) -> None:
    editors = Group.objects.get(name="Editors")
    given = editors.permissions.model.objects.get(codename="view_person")
    editors.permissions.add(given)
    make_roles()
    least, more, most = (
        {permission.codename for permission in Group.objects.get(name=name).permissions.all()}
        for name in ROLES
    )
    assert least < more < most
    assert "view_person" in more - least
    assert {"decide_item", "add_source", "change_source"} == most - more


def test_list_of_users_says_who_has_which_role(alice: Person, editor: Person) -> None:
    client = Client()
    client.force_login(alice)
    page = " ".join(client.get("/newsroom/users/").content.decode().split())
    assert "> Administrator <" in page
    assert "> Publishers <" in page


def test_menu_leads_nobody_to_a_page_that_is_refused(
    sign_in: Callable[[str], Client], make_item: MakeItem
) -> None:
    make_item("One", status="waiting")
    for role in ROLES:
        browser = sign_in(role)
        page = browser.get("/newsroom/").content.decode()
        props = page[page.index('id="wagtail-sidebar-props"') :].partition("</script>")[0]
        places = set(re.findall(r'"(/newsroom/[a-z/-]*)"', props)) - {"/newsroom/logout/"}
        assert "/newsroom/review/" in places
        refused = [
            place
            for place in sorted(places)
            if browser.get(place, follow=True).redirect_chain[-1:] == [("/newsroom/", 302)]
        ]
        assert refused == [], role
