"""Pasting rows over numbers that are there already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User
from metrics.actions import values
from metrics.actions.values import ReasonWanted
from metrics.models import Metric
from metrics.readings import Reading
from tests import builders
from tests.by_hand.test_entry import kept, write


@pytest.fixture
def metric(squad: Squad, mia: User) -> Metric:
    return builders.make_metric(squad, owner=mia)


def test_pasting_over_numbers_wants_a_reason_too(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "12")
    url, text = reverse("metrics:paste", args=[metric.pk]), "2026-03-04,13\n2026-03-05,9"

    refused = as_mia.post(url, {"text": text, "operation": uuid4()})
    as_mia.post(url, {"text": text, "operation": uuid4(), "reason": "the old list was wrong"})

    assert refused.status_code == 422
    assert text in refused.content.decode()
    assert sorted(filter(None, kept(metric))) == [9, 13]


def test_of_pasted_rows_only_what_happened_is_told(as_mia: Client, metric: Metric) -> None:
    url = reverse("metrics:paste", args=[metric.pk])
    again = {"text": "2026-03-03,7\n2026-03-04,12", "reason": "counted again"}

    first = as_mia.post(url, {"text": "2026-03-04,13", "operation": uuid4()}, follow=True)
    second = as_mia.post(url, again | {"operation": uuid4()}, follow=True)

    told = [str(message) for page in (first, second) for message in page.context["messages"]]
    assert told == ["1 new value.", "1 new value, 1 corrected."]


def test_how_many_more_would_be_corrected_is_said(metric: Metric, mia: User) -> None:
    start = datetime(2026, 3, 1, 23, tzinfo=UTC)
    first = [Reading(metric.pk, start + n * timedelta(days=1), 1.0) for n in range(3)]
    values.paste(metric, first, reason="", by=mia)

    with pytest.raises(ReasonWanted, match="2 more differ"):
        values.paste(metric, [Reading(metric.pk, each.at, 2.0) for each in first], reason="", by=mia)
