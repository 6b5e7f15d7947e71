"""Coming in by a link: once, by a button, by the right person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from mdd.actions import invitations, people
from mdd.actions.invitations import Invited
from mdd.actions.refusals import Refused
from mdd.models import AuditEntry, Invitation, Joining, Membership, Role, Squad, User
from tests import builders
from tests.races import race


@pytest.fixture
def open_link(squad: Squad, ada: User) -> Invited:
    return invitations.invite(squad, role="lead", by=ada)


def url(invited: Invited) -> str:
    return f"/join/{invited.secret}/"


def expire(invited: Invited) -> None:
    past = timezone.now() - timedelta(days=8)
    Invitation.objects.filter(pk=invited.invitation.pk).update(at=past, expires_at=past + timedelta(days=7))


def test_somebody_unknown_sees_which_squad_and_comes_back(client: Client, open_link: Invited) -> None:
    page = client.get(url(open_link)).content.decode()

    assert "You are invited to “Squad”" in page
    assert "<b>Lead</b>" in page
    assert f"/accounts/login/?next={url(open_link)}" in page
    assert f"/accounts/signup/?next={url(open_link)}" in page


def test_signing_up_leads_back_to_the_link(client: Client, open_link: Invited) -> None:
    wanted = {
        "name": "Noa",
        "email": "noa@example.org",
        "password1": "spaghetti on the wall 42",
        "next": url(open_link),
    }

    assert client.post("/accounts/signup/", wanted)["Location"] == url(open_link)


def test_where_sign_up_is_closed_it_is_not_offered(client: Client, open_link: Invited, settings: Settings) -> None:
    settings.SIGNUP_IS_OPEN = False

    assert "/accounts/signup/" not in client.get(url(open_link)).content.decode()


def test_the_button_joins(as_eve: Client, eve: User, squad: Squad, open_link: Invited) -> None:
    response = as_eve.post(url(open_link))

    assert response["Location"] == squad.get_absolute_url()
    assert Membership.objects.get(squad=squad, user=eve).role == Role.LEAD
    assert AuditEntry.objects.filter(what="member-joined", by=eve).exists()


def test_looking_joins_nobody(as_eve: Client, eve: User, squad: Squad, open_link: Invited) -> None:
    for method in (as_eve.get, as_eve.head):
        assert method(url(open_link)).status_code == 200

    assert not Membership.objects.filter(squad=squad, user=eve).exists()


def test_nobody_joins_without_an_account(client: Client, open_link: Invited) -> None:
    response = client.post(url(open_link))

    assert response["Location"] == f"/accounts/login/?next={url(open_link)}"
    assert not Joining.objects.exists()


def test_joining_twice_is_joining_once(as_eve: Client, open_link: Invited) -> None:
    first, second = as_eve.post(url(open_link)), as_eve.post(url(open_link))

    assert first["Location"] == second["Location"]
    assert Joining.objects.count() == 1


def test_who_is_in_already_is_told_so_and_stays_what_they_are(as_mia: Client, mia: User, open_link: Invited) -> None:
    assert "already" in as_mia.get(url(open_link)).content.decode()

    as_mia.post(url(open_link))

    assert mia.memberships.get().role == Role.MEMBER
    assert not Joining.objects.exists()


def test_many_come_in_by_one_link(client_of: Callable[[User], Client], squad: Squad, open_link: Invited) -> None:
    for _ in range(3):
        client_of(builders.make_user()).post(url(open_link))

    assert Joining.objects.count() == 3


def test_a_mailed_link_is_for_its_address(as_eve: Client, squad: Squad, ada: User) -> None:
    invited = invitations.invite(squad, role="member", email="noa@example.org", by=ada)

    pages = [as_eve.get(url(invited)), as_eve.post(url(invited))]

    assert [page.status_code for page in pages] == [410, 410]
    assert all("for another address" in page.content.decode() for page in pages)
    assert all("noa@example.org" not in page.content.decode() for page in pages)
    assert not Joining.objects.exists()


@pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 410)])
def test_a_second_address_counts_once_it_is_confirmed(
    as_eve: Client, eve: User, squad: Squad, ada: User, verified: bool, status: int
) -> None:
    EmailAddress.objects.create(user=eve, email="eve@other.example", verified=verified)
    invited = invitations.invite(squad, role="member", email="eve@other.example", by=ada)

    assert as_eve.post(url(invited)).status_code == status


def test_a_mailed_link_is_used_once(squad: Squad, ada: User, eve: User, as_eve: Client) -> None:
    invited = invitations.invite(squad, role="member", email=eve.email, by=ada)
    as_eve.post(url(invited))
    people.part(Membership.objects.get(squad=squad, user=eve), by=ada)

    assert as_eve.post(url(invited)).status_code == 410
    assert not Membership.objects.filter(squad=squad, user=eve).exists()


def test_who_was_taken_out_does_not_come_back_by_the_same_link(
    as_eve: Client, eve: User, ada: User, squad: Squad, open_link: Invited
) -> None:
    as_eve.post(url(open_link))
    people.part(Membership.objects.get(squad=squad, user=eve), by=ada)

    response = as_eve.post(url(open_link))

    assert response.status_code == 410
    assert "has let you in once before" in response.content.decode()


def test_an_expired_link_lets_nobody_in(as_eve: Client, client: Client, open_link: Invited) -> None:
    expire(open_link)

    assert [each.status_code for each in (client.get(url(open_link)), as_eve.post(url(open_link)))] == [410, 410]
    assert not Joining.objects.exists()


def test_an_unknown_link_is_a_kind_404(client: Client, as_eve: Client, db: None) -> None:
    for somebody in (client, as_eve):
        for response in (somebody.get("/join/nothing/"), somebody.post("/join/nothing/")):
            assert response.status_code == 404
            assert "This link lets nobody in" in response.content.decode()


def test_the_page_is_kept_and_listed_nowhere(client: Client, open_link: Invited) -> None:
    headers = client.get(url(open_link)).headers

    assert (headers["Referrer-Policy"], headers["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_join_once() -> None:
    squad = builders.make_squad()
    invited = invitations.invite(squad, role="member", by=builders.make_member(squad, Role.ADMIN))
    joining = partial(invitations.join, invited.invitation, user=builders.make_user())

    race(joining, joining).result()

    assert Joining.objects.count() == 1
    assert Membership.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_a_mailed_link_lets_one_in() -> None:
    squad = builders.make_squad()
    email = "desk@example.org"
    invited = invitations.invite(squad, role="member", email=email, by=builders.make_member(squad, Role.ADMIN))
    first, second = builders.make_user(), builders.make_user()
    User.objects.filter(pk=first.pk).update(email=email)
    EmailAddress.objects.create(user=second, email=email, verified=True)
    first.refresh_from_db()

    lost = race(
        partial(invitations.join, invited.invitation, user=first),
        partial(invitations.join, invited.invitation, user=second),
    )

    with pytest.raises(Refused):
        lost.result()
    assert Joining.objects.get().user == first
