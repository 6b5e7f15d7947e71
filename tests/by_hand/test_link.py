"""One number through the link of a mail: no sign-in, one metric, and only its button writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from mdd.actors import Token
from mdd.models import Membership, Role, Squad, User
from metrics.delivery import letters
from metrics.models import Delivery, Metric, Sample, SampleRevision
from tests import builders


@pytest.fixture
def delivery(squad: Squad, mia: User) -> Delivery:
    return builders.make_delivery(builders.make_metric(squad, owner=mia))


def url(delivery: Delivery) -> str:
    return f"/n/{letters.token_of(delivery)}/"


def write(client: Client, delivery: Delivery, value: str, **fields: object) -> tuple[int, str]:
    response = client.post(url(delivery), {"value": value, "operation": uuid4()} | fields)
    return response.status_code, response.content.decode()


def kept() -> list[float | None]:
    return list(Sample.objects.values_list("value", flat=True))


def test_the_number_is_kept_as_the_persons_own(client: Client, delivery: Delivery, mia: User) -> None:
    assert write(client, delivery, "12,5")[0] == 302

    sample = Sample.objects.get()
    assert (sample.value, sample.at, sample.by, sample.origin) == (12.5, delivery.slot, mia, "hand")


def test_then_the_page_says_thank_you_and_how_far_the_goal_is(client: Client, delivery: Delivery) -> None:
    builders.make_goal(delivery.metric)
    write(client, delivery, "12.5")

    page = client.get(url(delivery)).content.decode()

    assert "Thank you, that is kept." in page
    assert "12.5 <small>min</small>" in page
    assert "The goal: reach 5\xa0min." in page


def test_looking_writes_nothing(client: Client, delivery: Delivery) -> None:
    for method in (client.get, client.head):
        assert method(url(delivery)).status_code == 200

    assert not Sample.objects.exists()


def test_the_page_is_one_question_and_one_field(client: Client, delivery: Delivery, ada: User) -> None:
    page = client.get(url(delivery)).content.decode()

    assert delivery.metric.question in page
    assert 'inputmode="decimal"' in page
    assert delivery.metric.squad.name not in page.replace("Squads", "")
    assert "Mia" not in page


def test_who_else_wrote_it_is_not_said(client: Client, delivery: Delivery, ada: User) -> None:
    Sample.objects.create(
        metric=delivery.metric, at=delivery.slot, value=3, origin="hand", taken_at=timezone.now(), by=ada
    )

    page = client.get(url(delivery)).content.decode()

    assert "It is written down already." in page
    assert "Ada" not in page


@pytest.mark.parametrize("typed", ["", "a lot", "1e999", "1,234"])
def test_a_bad_number_is_asked_again(client: Client, delivery: Delivery, typed: str) -> None:
    status, page = write(client, delivery, typed)

    assert status == 422
    assert f'value="{typed}"' in page or not typed
    assert not Sample.objects.exists()


def test_within_its_time_it_can_be_corrected_with_a_reason(client: Client, delivery: Delivery) -> None:
    write(client, delivery, "12")

    status, page = write(client, delivery, "13")
    write(client, delivery, "13", reason="counted one twice")

    assert status == 422
    assert "Why is the new number right?" in page
    assert kept() == [13]
    assert SampleRevision.objects.get().reason == "counted one twice"


def test_a_double_tap_writes_once(client: Client, delivery: Delivery) -> None:
    key = uuid4()

    answers = [write(client, delivery, "12", operation=key)[0] for _ in range(2)]

    assert answers == [302, 302]
    assert kept() == [12]


def expire(delivery: Delivery) -> None:
    Delivery.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def leave(delivery: Delivery) -> None:
    Membership.objects.filter(user=delivery.user).delete()


def only_look(delivery: Delivery) -> None:
    Membership.objects.filter(user=delivery.user).update(role=Role.VIEWER)


def be_inactive(delivery: Delivery) -> None:
    User.objects.filter(pk=delivery.user_id).update(is_active=False)


def retire(delivery: Delivery) -> None:
    Metric.objects.update(state="retired")


def ask_a_source(delivery: Delivery) -> None:
    query = builders.make_query(delivery.metric.squad)
    Metric.objects.update(query=query, column="value", hand_cadence="")


@pytest.mark.parametrize("happened", [expire, leave, only_look, be_inactive, retire, ask_a_source])
def test_a_link_that_is_over_is_kind_and_writes_nothing(client: Client, delivery: Delivery, happened: Any) -> None:
    happened(delivery)

    looked = client.get(url(delivery))
    status, _page = write(client, delivery, "12")

    assert (looked.status_code, status) == (410, 410)
    assert "This link asks for nothing any more" in looked.content.decode()
    assert delivery.metric.question not in looked.content.decode()
    assert not Sample.objects.exists()


def test_a_link_that_we_have_not_signed_is_unknown(client: Client, delivery: Delivery) -> None:
    token = letters.token_of(delivery)
    forged = [f"{delivery.pk}.x", f"{delivery.pk + 1}.{token.partition('.')[2]}", "nothing", token[:-1], f"{token}x"]

    assert {client.get(f"/n/{each}/").status_code for each in forged} == {404}
    assert {client.get(f"/n/{each}/stop/").status_code for each in forged} == {404}


def test_the_page_is_kept_and_listed_nowhere(client: Client, delivery: Delivery) -> None:
    for address in (url(delivery), f"{url(delivery)}stop/"):
        headers = client.get(address).headers
        assert (headers["Referrer-Policy"], headers["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")
        assert "no-store" in headers["Cache-Control"]


def test_a_form_from_elsewhere_is_refused(delivery: Delivery) -> None:
    assert Client(enforce_csrf_checks=True).post(url(delivery), {"value": "12"}).status_code == 403


def test_the_button_stops_the_mails_and_looking_does_not(client: Client, delivery: Delivery) -> None:
    stop = f"{url(delivery)}stop/"

    client.get(stop)
    assert Membership.objects.get(user=delivery.user).is_asked_by_mail

    client.post(stop)
    assert not Membership.objects.get(user=delivery.user).is_asked_by_mail
    assert "No mail asks for your numbers" in client.get(stop).content.decode()


def test_mails_can_be_stopped_when_the_link_is_over(client: Client, delivery: Delivery) -> None:
    expire(delivery)

    client.post(f"{url(delivery)}stop/")

    assert not Membership.objects.get(user=delivery.user).is_asked_by_mail


def test_who_has_left_is_told_that_no_mail_comes(client: Client, delivery: Delivery) -> None:
    leave(delivery)

    assert "No mail asks for your numbers" in client.post(f"{url(delivery)}stop/").content.decode()


def test_the_link_sees_its_metric_and_nothing_else(delivery: Delivery, squad: Squad) -> None:
    builders.make_metric(squad)
    builders.make_delivery(builders.make_metric(squad))

    link = Token(delivery.pk)

    assert list(Metric.objects.visible_to(link)) == [delivery.metric]
    for model in apps.get_models():
        sees = getattr(getattr(model, "objects", None), "visible_to", None)
        if sees is not None and model is not Metric:
            assert not sees(link).exists(), model


def test_an_unknown_link_sees_nothing(delivery: Delivery) -> None:
    assert not Metric.objects.visible_to(Token(delivery.pk + 1)).exists()
