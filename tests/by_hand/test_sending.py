"""The outbox: one mail, never lost, repeated only where nobody knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from pytest_django.fixtures import Settings

from mdd.models import Membership, Squad, User
from metrics import hand
from metrics.actions import values
from metrics.delivery import letters, outbox, sending
from metrics.models import Delivery, Metric
from metrics.tasks import deliver
from tests import builders
from tests.races import race

MINUTE = timedelta(minutes=1)


@pytest.fixture
def delivery(squad: Squad, mia: User) -> Delivery:
    return builders.make_delivery(builders.make_metric(squad, owner=mia))


def claimed(delivery: Delivery) -> Delivery:
    held = outbox.claim(delivery.pk, timezone.now())
    assert isinstance(held, Delivery)
    return held


def refuse(*_: object, **__: object) -> int:
    raise ConnectionRefusedError


def test_a_mail_asks_one_question_and_has_one_link(delivery: Delivery, settings: Settings) -> None:
    settings.BASE_URL = "https://mdd.example.org"

    deliver()

    (message,) = mail.outbox
    assert message.subject == "How long do callers wait?"
    assert message.to == [delivery.user.email]
    assert f"https://mdd.example.org/n/{letters.token_of(delivery)}/" in str(message.body)
    assert str(message.body).count("http") == 2  # the other one stops the mails
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 1, "")


def test_the_mail_says_of_when_and_what_it_was_the_last_time(delivery: Delivery, mia: User) -> None:
    before = hand.slot_of(delivery.metric, delivery.slot.astimezone(delivery.metric.zone).date() - timedelta(days=1))
    day = before.astimezone(delivery.metric.zone).date()
    values.write_down(delivery.metric, day=day, value=12.5, reason="", by=mia)

    body = str(letters.letter(delivery).body).replace("\xa0", " ")

    assert hand.spell(delivery.metric, delivery.slot) in body
    assert "Last: 12.5 min" in body


def test_a_question_cannot_break_the_mail_or_its_html(squad: Squad) -> None:
    metric = builders.make_metric(squad, question="How <b>late</b>?\r\nBcc: all@example.org")

    message = letters.letter(builders.make_delivery(metric))

    assert message.message()["Subject"] == "How <b>late</b>? Bcc: all@example.org"
    assert "<b>late" not in str(message.alternatives[0][0])
    assert "How <b>late</b>?" in str(message.body)


def test_a_second_copy_has_the_id_of_the_first(delivery: Delivery, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "MDD <mdd@example.org>"

    ids = {str(letters.letter(delivery).message()["Message-ID"]) for _ in range(2)}

    assert ids == {f"<number-{delivery.pk}@example.org>"}


def test_nothing_of_the_link_is_stored_or_logged(delivery: Delivery, caplog: pytest.LogCaptureFixture) -> None:
    deliver()

    signature = letters.token_of(delivery).partition(".")[2]
    assert signature not in str(Delivery.objects.values().get())
    assert signature not in caplog.text


def test_a_mail_is_sent_once_however_often_it_is_tried(delivery: Delivery) -> None:
    deliver()
    deliver()
    sending.send([delivery.pk])

    assert len(mail.outbox) == 1


def test_a_mail_server_that_refuses_is_tried_again_later(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    begun = timezone.now()

    deliver()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("waiting", 1, "ConnectionRefusedError")
    assert MINUTE <= delivery.due_at - begun < 2 * MINUTE
    assert not Delivery.objects.due(timezone.now()).exists()


def test_after_five_attempts_it_has_failed(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

    for _ in range(7):
        Delivery.objects.update(due_at=timezone.now())
        deliver()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 5)


def test_who_falls_silent_while_sending_is_followed_by_another_once(delivery: Delivery) -> None:
    claimed(delivery)
    later = timezone.now() + outbox.LEASE + MINUTE

    assert outbox.take_back(timezone.now()) == 0
    assert outbox.take_back(later) == 1

    assert outbox.claim(delivery.pk, later)
    outbox.take_back(later + outbox.LEASE)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("unknown", 2)
    assert outbox.claim(delivery.pk, later + outbox.LEASE) is None


def test_who_lost_the_lease_says_nothing_any_more(delivery: Delivery) -> None:
    first = claimed(delivery)
    outbox.take_back(timezone.now() + outbox.LEASE + MINUTE)
    second = outbox.claim(delivery.pk, timezone.now() + outbox.LEASE + MINUTE)
    assert second

    assert not outbox.failed(first, "too late", timezone.now())
    assert outbox.sent(second, timezone.now())


def write_it(delivery: Delivery) -> None:
    day = delivery.slot.astimezone(delivery.metric.zone).date()
    values.write_down(delivery.metric, day=day, value=1.0, reason="", by=delivery.user)


def hand_it_on(delivery: Delivery) -> None:
    Metric.objects.update(owner=builders.make_member(delivery.metric.squad))


def unsubscribe(delivery: Delivery) -> None:
    Membership.objects.filter(user=delivery.user).update(is_asked_by_mail=False)


@pytest.mark.parametrize("happened", [write_it, hand_it_on, unsubscribe])
def test_what_is_not_needed_any_more_is_not_sent(delivery: Delivery, happened: Any) -> None:
    happened(delivery)

    sending.send([delivery.pk])

    assert not mail.outbox
    assert not Delivery.objects.exists()


def test_a_run_ends_when_its_time_is_spent(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BUDGET", -1)

    deliver()

    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_claim_a_mail_once() -> None:
    delivery = builders.make_delivery(builders.make_metric(builders.make_squad()))
    now = timezone.now()

    second = race(partial(outbox.claim, delivery.pk, now), partial(outbox.claim, delivery.pk, now))

    assert second.result() is None


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_of_ten_mails_once() -> None:
    squad = builders.make_squad()
    ids = [builders.make_delivery(builders.make_metric(squad)).pk for _ in range(10)]
    together = Barrier(4)

    def work() -> None:
        together.wait()
        try:
            sending.send(ids)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work) for _ in range(4)]:
            done.result()

    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 10
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
