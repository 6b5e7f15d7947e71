"""A session that signs nobody in any more lets nobody listen, in a workshop or before a dashboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mdd.live import rights
from mdd.live.feeds import Admission
from mdd.models import Role, Topic, User
from metrics import feed
from tests import builders
from tests.workshops.coming import client_of, make_guest
from workshops.actions import workshops

PASSWORD = "correct horse battery"
OTHER = "staple battery horse"


@pytest.fixture
def ada(db: None) -> User:
    return builders.make_member(builders.make_squad(), Role.ADMIN, name="Ada")


def workshop_of(user: User) -> Topic:
    return workshops.start(user.memberships.get().squad, title="Spring", path="whole", by=user).topic


def dashboard_of(user: User) -> Topic:
    return feed.topic_of(builders.make_dashboard(user.memberships.get().squad))


both = pytest.mark.parametrize("topic_of", [workshop_of, dashboard_of])
TopicOf = Callable[[User], Topic]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def admitted(client: Client, topic: Topic, query: str = "") -> Admission:
    response: Any = client.get(f"/live/{topic.pk}/{query}")
    assert response.status_code == 200
    return cast("Admission", response.admission)


@both
def test_who_is_signed_in_goes_on(ada: User, topic_of: TopicOf) -> None:
    topic = topic_of(ada)

    assert rights.ended(topic.pk, [admitted(signed_in(ada), topic)]) == {}


@both
def test_a_session_from_before_a_new_password_lets_nobody_listen(ada: User, topic_of: TopicOf) -> None:
    topic = topic_of(ada)
    thief = admitted(signed_in(ada), topic)

    ada.set_password(OTHER)
    ada.save()

    assert Session.objects.filter(session_key=thief.session).exists()
    assert rights.ended(topic.pk, [thief, admitted(signed_in(ada), topic)]) == {thief: "gone"}


@both
def test_who_is_not_active_any_more_may_not_listen(ada: User, topic_of: TopicOf) -> None:
    topic = topic_of(ada)
    admission = admitted(signed_in(ada), topic)

    User.objects.update(is_active=False)

    assert rights.ended(topic.pk, [admission]) == {admission: "gone"}


@pytest.mark.parametrize("beside", ["wall", "lobby"])
def test_pages_beside_a_workshop_end_with_the_password_too(ada: User, beside: str) -> None:
    topic = workshop_of(ada)
    thief = admitted(signed_in(ada), topic, f"?as={beside}")

    ada.set_password(OTHER)
    ada.save()

    assert thief.key == f"{beside}:user:{ada.pk}"
    assert rights.ended(topic.pk, [thief]) == {thief: "gone"}


def test_a_guest_has_no_password_to_lose(ada: User) -> None:
    topic = workshop_of(ada)
    guest = make_guest(topic.workshop)

    assert rights.ended(topic.pk, [admitted(client_of(guest), topic)]) == {}


@both
def test_many_are_looked_at_with_the_questions_of_one(ada: User, topic_of: TopicOf) -> None:
    topic = topic_of(ada)
    squad = ada.memberships.get().squad
    one = [admitted(signed_in(ada), topic)]
    many = [*one, *(admitted(signed_in(builders.make_member(squad)), topic) for _ in range(5))]

    def questions(admissions: list[Admission]) -> int:
        with CaptureQueriesContext(connection) as asked:
            rights.ended(topic.pk, admissions)
        return len(asked)

    assert questions(many) == questions(one)


def test_a_new_password_has_everybody_looked_at_at_once(ada: User) -> None:
    ada.set_password(PASSWORD)
    ada.save()
    before = rights.changes()

    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    response = signed_in(ada).post(reverse("account_change_password"), typed)

    assert response.status_code == 302
    assert rights.changes() == before + 1
