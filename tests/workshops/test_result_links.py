"""The result of a workshop is read by whoever has a link, until it ends; and nothing else is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from mdd.constraints import constraint_of
from mdd.models import AuditEntry, User
from tests.workshops import builders_focus as builders
from workshops.actions import results
from workshops.models import Bucket, Decision, Participant, ResultLink, Workshop


@pytest.fixture
def buckets(focusing: Workshop) -> list[Bucket]:
    return builders.make_finalists(focusing, 2)


def share(client: Client, workshop: Workshop, **fields: object) -> str:
    sent = {"days": 7, "operation": uuid4()} | fields
    return client.post(reverse("workshops:share-result", args=[workshop.pk]), sent, follow=True).content.decode()


def link_in(page: str) -> str:
    found = re.search(r'value="(http[^"]+/result/[^"]+)"', page)
    assert found
    return found[1]


def read(url: str) -> str:
    return Client().get(url).content.decode()


def test_whoever_has_the_link_reads_the_question_and_what_else_is_kept(
    as_mia: Client, focusing: Workshop, buckets: list[Bucket], facilitator: Participant
) -> None:
    builders.decide(buckets[0], facilitator)

    page = read(link_in(share(as_mia, focusing)))

    assert buckets[0].question in page
    assert buckets[1].question in page
    assert "How long do callers wait?" in page


def test_nobody_is_named_and_nothing_leads_further(
    as_mia: Client, focusing: Workshop, buckets: list[Bucket], facilitator: Participant, ada: User, mia: User
) -> None:
    builders.decide(buckets[0], facilitator)

    page = read(link_in(share(as_mia, focusing)))

    assert not any(user.name in page for user in (ada, mia))
    assert re.findall(r'<a [^>]*href="(?!#)([^"]*)"', page) == []


def test_days_on_it_are_those_of_the_squad(
    as_mia: Client, focusing: Workshop, buckets: list[Bucket], facilitator: Participant
) -> None:
    builders.decide(buckets[0], facilitator)
    Decision.objects.update(at=datetime(2026, 11, 27, 23, 30, tzinfo=UTC))  # half past midnight in Stockholm

    assert "decided on 28 Nov 2026" in read(link_in(share(as_mia, focusing)))


def test_what_was_not_kept_is_not_shown(as_mia: Client, focusing: Workshop, buckets: list[Bucket]) -> None:
    builders.make_card(focusing, bucket=buckets[0], text="Parked away", state="parked", reason="later")
    builders.make_card(focusing, bucket=buckets[0], text="Face down", is_revealed=False)

    page = read(link_in(share(as_mia, focusing)))

    assert "No decision yet" in page
    assert "Parked away" not in page
    assert "Face down" not in page


def test_it_ends_by_itself(as_mia: Client, focusing: Workshop, time_machine: TimeMachineFixture) -> None:
    url = link_in(share(as_mia, focusing))
    assert Client().get(url).status_code == 200

    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))

    answer = Client().get(url)
    assert answer.status_code == 404
    assert "shows nothing any more" in answer.content.decode()


def test_it_is_withdrawn(as_mia: Client, focusing: Workshop) -> None:
    url = link_in(share(as_mia, focusing))

    as_mia.post(reverse("workshops:withdraw-result", args=[focusing.pk, ResultLink.objects.get().pk]))

    assert Client().get(url).status_code == 404
    assert set(AuditEntry.objects.values_list("what", flat=True)) >= {"result-shared", "result-withdrawn"}


def test_the_secret_is_shown_once_and_kept_nowhere(as_mia: Client, focusing: Workshop) -> None:
    key = uuid4()
    secret = link_in(share(as_mia, focusing, operation=key)).rstrip("/").rpartition("/")[2]

    again = share(as_mia, focusing, operation=key)

    assert "It was shown once" in again
    assert secret not in again
    assert ResultLink.objects.get().digest != secret


def test_nobody_keeps_or_lists_the_page(as_mia: Client, focusing: Workshop) -> None:
    answer = Client().get(link_in(share(as_mia, focusing)))

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_an_odd_number_of_days_is_asked_again(as_mia: Client, focusing: Workshop) -> None:
    page = share(as_mia, focusing, days="4000")

    assert "This cannot be chosen any more." in page
    assert not ResultLink.objects.exists()


def test_the_wrong_link_says_what_to_do(db: None) -> None:
    assert "Ask whoever gave it to you" in read("/result/nothing/")


BROKEN = [
    ("result_link_lasts_a_while", {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}),
    ("result_link_keeps_a_hash_only", {"digest": "the secret itself"}),
]


@pytest.mark.parametrize(("name", "fields"), BROKEN)
def test_the_database_holds(focusing: Workshop, ada: User, name: str, fields: dict[str, object]) -> None:
    results.share(focusing, lasts=timedelta(days=7), by=ada)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ResultLink.objects.update(**fields)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    assert {each.name for each in ResultLink._meta.constraints} == {name for name, _fields in BROKEN}
