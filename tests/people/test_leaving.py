"""Roles, leaving, being taken out, handing over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from mdd.actions import people
from mdd.actions.refusals import Refused
from mdd.constraints import constraint_of
from mdd.models import AuditEntry, Membership, Role, Squad, User
from metrics.actions import leaving
from metrics.models import Action
from tests import builders
from tests.races import race


def member(squad: Squad, user: User) -> Membership:
    return Membership.objects.select_related("squad", "user").get(squad=squad, user=user)


def leave(client: Client, squad: Squad, user: User, **fields: object) -> Any:
    url = reverse("workshops:leave", args=[squad.slug, member(squad, user).pk])
    return client.post(url, {"operation": uuid4()} | fields)


def change_role(client: Client, squad: Squad, user: User, role: str) -> int:
    url = reverse("workshops:change-role", args=[squad.slug, member(squad, user).pk])
    return client.post(url, {"role": role}).status_code


def test_an_admin_changes_a_role(as_ada: Client, squad: Squad, ada: User, mia: User) -> None:
    assert change_role(as_ada, squad, mia, "coach") == 302

    entry = AuditEntry.objects.get(what="role-changed")
    assert member(squad, mia).role == Role.COACH
    assert (entry.by, entry.before, entry.after) == (ada, {"role": "member"}, {"role": "coach"})


def test_an_unknown_role_changes_nothing(as_ada: Client, squad: Squad, mia: User) -> None:
    assert change_role(as_ada, squad, mia, "emperor") == 422
    assert member(squad, mia).role == Role.MEMBER


def test_the_last_admin_cannot_become_something_else(as_ada: Client, squad: Squad, ada: User) -> None:
    assert change_role(as_ada, squad, ada, "member") == 422
    assert member(squad, ada).role == Role.ADMIN
    assert not AuditEntry.objects.filter(what="role-changed").exists()


def test_the_person_of_another_squad_is_not_there(as_ada: Client, squad: Squad, eve: User) -> None:
    foreign = eve.memberships.get().pk

    assert as_ada.post(reverse("workshops:change-role", args=[squad.slug, foreign])).status_code == 404
    assert as_ada.get(reverse("workshops:leave", args=[squad.slug, foreign])).status_code == 404


def test_a_member_leaves_and_sees_the_squad_no_more(as_mia: Client, squad: Squad, ada: User, mia: User) -> None:
    response = leave(as_mia, squad, mia)

    assert response["Location"] == "/squads/"
    assert as_mia.get(squad.get_absolute_url()).status_code == 404
    assert AuditEntry.objects.get(what="member-left").by == mia


def test_a_second_click_on_leave_leads_to_the_same_page(as_mia: Client, squad: Squad, ada: User, mia: User) -> None:
    url, form = reverse("workshops:leave", args=[squad.slug, member(squad, mia).pk]), {"operation": uuid4()}

    first, second = as_mia.post(url, form), as_mia.post(url, form)

    assert first["Location"] == second["Location"] == "/squads/"


def test_a_member_takes_nobody_else_out(as_mia: Client, squad: Squad, ada: User, vic: User) -> None:
    assert leave(as_mia, squad, vic).status_code == 403


def test_an_admin_takes_somebody_out(as_ada: Client, squad: Squad, vic: User) -> None:
    response = leave(as_ada, squad, vic)

    assert response["Location"] == reverse("workshops:people", args=[squad.slug])
    assert AuditEntry.objects.filter(what="member-removed").exists()


def owning(squad: Squad, owner: User) -> None:
    metric = builders.make_metric(squad, owner=owner)
    builders.make_dashboard(squad, owner=owner)
    Action.objects.create(squad=squad, metric=metric, text="Ask", owner=owner, due=date(2026, 9, 1), by=owner)


def test_what_is_owned_is_shown_and_handed_on_in_the_same_step(
    as_mia: Client, squad: Squad, ada: User, mia: User
) -> None:
    owning(squad, mia)
    page = as_mia.get(reverse("workshops:leave", args=[squad.slug, member(squad, mia).pk])).content.decode()

    leave(as_mia, squad, mia, to=member(squad, ada).pk)

    assert all(said in page for said in ("1 metric", "1 open action", "1 dashboard"))
    assert {squad.metrics.get().owner, squad.actions.get().owner, squad.dashboards.get().owner} == {ada}
    assert not Membership.objects.filter(squad=squad, user=mia).exists()


def test_nobody_leaves_numbers_without_an_owner(as_mia: Client, squad: Squad, ada: User, mia: User) -> None:
    owning(squad, mia)

    response = leave(as_mia, squad, mia)

    assert response.status_code == 422
    assert "Choose one." in response.content.decode()
    assert Membership.objects.filter(squad=squad, user=mia).exists()


@pytest.mark.parametrize("heir", ["vic", "mia", "eve"])
def test_numbers_go_to_somebody_else_who_writes(
    as_mia: Client, squad: Squad, ada: User, mia: User, vic: User, eve: User, heir: str
) -> None:
    owning(squad, mia)
    to = {"vic": vic, "mia": mia, "eve": eve}[heir].memberships.get()

    assert leave(as_mia, squad, mia, to=to.pk).status_code == 422
    with pytest.raises(Refused):
        leaving.leave(member(squad, mia), to=to, by=mia)
    assert Membership.objects.filter(squad=squad, user=mia).exists()


def test_a_number_that_came_while_the_page_was_open_is_not_lost(squad: Squad, ada: User, mia: User) -> None:
    owning(squad, mia)

    with pytest.raises(Refused):
        leaving.leave(member(squad, mia), by=mia)

    assert squad.metrics.get().owner == mia


def test_the_last_admin_is_asked_to_hand_over_first(as_ada: Client, squad: Squad, ada: User, mia: User) -> None:
    url = reverse("workshops:leave", args=[squad.slug, member(squad, ada).pk])

    assert "You are the only admin" in as_ada.get(url).content.decode()
    assert as_ada.post(url, {"operation": uuid4()}).status_code == 422
    assert member(squad, ada).role == Role.ADMIN


def test_an_admin_hands_over_and_leaves(as_ada: Client, squad: Squad, ada: User, mia: User) -> None:
    url = reverse("workshops:hand-over", args=[squad.slug])
    response = as_ada.post(url, {"to": member(squad, mia).pk, "operation": uuid4()})

    assert response["Location"] == reverse("workshops:leave", args=[squad.slug, member(squad, ada).pk])
    assert (member(squad, mia).role, member(squad, ada).role) == (Role.ADMIN, Role.MEMBER)
    assert leave(as_ada, squad, ada).status_code == 302


def test_an_admin_who_is_alone_is_told_what_to_do(as_ada: Client, squad: Squad, ada: User) -> None:
    page = as_ada.get(reverse("workshops:leave", args=[squad.slug, member(squad, ada).pk])).content.decode()

    assert "Nobody else is here yet." in page


@pytest.mark.parametrize(
    "change",
    ["delete from mdd_membership where role = 'admin'", "update mdd_membership set role = 'lead' where role = 'admin'"],
)
def test_the_database_holds_that_a_squad_has_an_admin(squad: Squad, ada: User, mia: User, change: str) -> None:
    with pytest.raises(IntegrityError) as refused, connection.cursor() as cursor:
        cursor.execute(change)

    assert constraint_of(refused.value) == "squad_has_an_admin"


@pytest.mark.django_db(transaction=True)
def test_of_two_admins_who_leave_at_once_one_stays() -> None:
    squad = builders.make_squad()
    first, second = (member(squad, builders.make_member(squad, Role.ADMIN)) for _ in range(2))

    lost = race(partial(people.part, first, by=first.user), partial(people.part, second, by=second.user))

    with pytest.raises(Refused, match="A squad needs an admin"):
        lost.result()
    assert Membership.objects.get() == second


@pytest.mark.django_db(transaction=True)
def test_the_database_alone_would_keep_one_of_two() -> None:
    squad = builders.make_squad()
    first, second = (member(squad, builders.make_member(squad, Role.ADMIN)) for _ in range(2))

    lost = race(first.delete, second.delete)

    with pytest.raises(IntegrityError, match="would have no admin"):
        lost.result()


def test_each_member_decides_about_mail(client_of: Callable[[User], Client], squad: Squad, mia: User) -> None:
    url, as_mia = reverse("workshops:ask-by-mail", args=[squad.slug]), client_of(mia)

    as_mia.post(url)
    assert not member(squad, mia).is_asked_by_mail

    as_mia.post(url, {"is_asked_by_mail": "on"})
    assert member(squad, mia).is_asked_by_mail
