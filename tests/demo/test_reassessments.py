"""The demo raises its prompts by itself, from what the flights say."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mdd.models import Squad
from metrics import evaluating, tiles
from metrics.models import Metric, Reassessment, Refresh, Source
from metrics.queue import batches
from metrics.slots import DAY
from metrics.status import Status

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.long]


def test_what_is_missed_or_off_pace_asks_for_a_decision(demo: Squad) -> None:
    """As many prompts as numbers that have missed their goal, and of the others only those that are off pace."""
    now = timezone.now()
    lately = Refresh.objects.filter(until__gt=now - 16 * DAY).order_by("-slot")
    while ids := list(lately.due(Source.objects.get().created_at + DAY).values_list("pk", flat=True)[:50]):
        batches.run(ids)

    evaluating.evaluate(now)

    standings = tiles.standings(Metric.objects.filter(squad=demo), now)
    status = {each.metric.pk: each.status for each in standings}
    raised = {prompt.metric_id: prompt for prompt in Reassessment.objects.all()}
    assert {pk for pk, prompt in raised.items() if prompt.trigger == "missed"} == {
        pk for pk, word in status.items() if word is Status.MISSED
    }
    assert {status[pk] for pk, prompt in raised.items() if pk and prompt.trigger == "off-pace"} <= {Status.OFF_PACE}
    assert all(prompt.facts["sentence"] for prompt in raised.values())
