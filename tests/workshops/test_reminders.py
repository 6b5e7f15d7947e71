"""The day before a workshop meets, a mail reminds those who have thrown nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.actions import people
from mdd.models import Membership, Squad, User
from metrics.tasks import deliver
from tests.races import race
from workshops import reminders
from workshops.actions import cards, guests, workshops
from workshops.models import Card, Participant, Reminder, Workshop
from workshops.thoughts import Thought

HOUR = timedelta(hours=1)


@pytest.fixture
def workshop(squad: Squad, ada: User, mia: User) -> Workshop:
    """It meets in twenty hours."""
    return workshops.start(squad, title="Spring", path="whole", by=ada, meets_at=timezone.now() + 20 * HOUR)


def throw(workshop: Workshop, by: Participant) -> None:
    thoughts = [Thought("Who waits?", Card.Kind.QUESTION)]
    cards.throw(workshop, thoughts=thoughts, expectation=None, is_hidden=True, by=by, operation=uuid4())


def meet_in(workshop: Workshop, hours: float) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(meets_at=timezone.now() + hours * HOUR)


def recipients() -> set[str]:
    return {message.to[0] for message in mail.outbox}


def test_who_has_thrown_nothing_is_reminded_once(workshop: Workshop, ada_in: Participant, mia: User) -> None:
    throw(workshop, ada_in)

    for _ in range(3):
        deliver()

    (message,) = mail.outbox
    assert message.to == [mia.email]
    assert str(message.subject).startswith("Spring meets on")
    assert f"{workshop.get_absolute_url()}?at=throw" in str(message.body)


def test_once_however_often_the_meeting_is_moved(workshop: Workshop, mia: User) -> None:
    deliver()
    meet_in(workshop, 22)
    deliver()

    assert Reminder.objects.filter(user=mia).count() == 1
    assert len(mail.outbox) == 2  # Ada's and Mia's


@pytest.mark.parametrize("hours", [-1, 0.5, 25, 200])
def test_nobody_is_reminded_too_early_or_too_late(workshop: Workshop, hours: float) -> None:
    meet_in(workshop, hours)

    deliver()

    assert not mail.outbox


@pytest.mark.parametrize("fields", [{"is_ahead": False}, {"state": "paused", "join_code": None}])
def test_nobody_is_reminded_of_what_has_begun_or_rests(workshop: Workshop, fields: dict[str, object]) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(**fields)

    deliver()

    assert not mail.outbox


def test_who_stopped_it_or_only_watches_or_looks_is_left_alone(
    workshop: Workshop, ada_in: Participant, mia: User, vic: User
) -> None:
    people.remind_by_mail(Membership.objects.get(squad=workshop.squad, user=mia), wanted=False)
    guests.give_role(workshop, person=ada_in.pk, role="observer", by=ada_in, operation=uuid4())

    deliver()

    assert not mail.outbox


def test_who_throws_meanwhile_gets_no_mail(workshop: Workshop, ada_in: Participant, mia_in: Participant) -> None:
    reminders.plan(timezone.now())
    throw(workshop, mia_in)

    deliver()

    assert recipients() == {ada_in.member.email}
    assert not Reminder.objects.filter(user=mia_in.user).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_at_once_write_it_down_once(workshop: Workshop) -> None:
    now = timezone.now()

    race(lambda: reminders.plan(now), lambda: reminders.plan(now)).result()

    assert Reminder.objects.count() == 2


def test_a_title_cannot_break_the_mail(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(title="Late <b>again</b>?\r\nBcc: all@example.org")

    deliver()

    message = mail.outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    assert str(message.message()["Subject"]).startswith("Late <b>again</b>? Bcc: all@example.org meets on")
    assert "<b>again" not in str(message.alternatives[0][0])


def test_the_link_in_the_mail_stops_them_without_signing_in(client: Client, workshop: Workshop, mia: User) -> None:
    reminders.plan(timezone.now())
    address = reverse("workshops:stop-reminders", args=[reminders.token_of(Reminder.objects.get(user=mia))])
    assert "Shall no mail remind you?" in client.get(address).content.decode()

    page = client.post(address, follow=True).content.decode()

    assert "No mail reminds you of workshops" in page
    assert not Membership.objects.get(user=mia).is_reminded_by_mail


def test_a_link_that_we_have_not_signed_stops_nothing(client: Client, workshop: Workshop) -> None:
    assert client.post("/reminder/1.forged/stop/").status_code == 404


def test_each_member_chooses_on_the_page_of_people(as_mia: Client, squad: Squad, mia: User) -> None:
    address = reverse("workshops:remind-by-mail", args=[squad.slug])

    as_mia.post(address, {})
    assert not Membership.objects.get(user=mia).is_reminded_by_mail
    page = as_mia.post(address, {"is_reminded_by_mail": "on"}, follow=True).content.decode()

    assert Membership.objects.get(user=mia).is_reminded_by_mail
    assert "Stop reminding me" in page
