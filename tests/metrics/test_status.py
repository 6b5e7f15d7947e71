"""The words of a tile, and which of them wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.staticfiles import finders

from mdd.templatetags.look import STATES
from metrics.status import Feed, Status, judge, worst

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SOUND = Feed(fresh_until=NOW + timedelta(hours=1))
STALE = Feed(fresh_until=NOW - timedelta(seconds=1))
BROKEN = Feed(needs_a_human=True, fresh_until=NOW + timedelta(hours=1))


def test_the_words_come_worst_first() -> None:
    assert list(Status) == [
        "error",
        "stale",
        "no-data",
        "firing",
        "silenced",
        "missed",
        "off-pace",
        "watch",
        "on-pace",
        "met",
        "quiet",
    ]


def test_each_has_a_word_a_shape_of_its_own_and_a_drawing() -> None:
    assert len({status.shape for status in Status}) == len({str(status.label) for status in Status}) == len(Status)
    assert {status.value: status.label for status in Status} == STATES
    assert all(finders.find(f"img/icons/state-{status}.svg") for status in Status)


def test_only_what_is_sound_and_goes_well_has_the_good_tone() -> None:
    assert {status for status in Status if status.tone == "good"} == {Status.ON_PACE, Status.MET}


def test_the_worst_wins() -> None:
    assert worst([Status.MET, Status.STALE, Status.MISSED]) is Status.STALE
    assert worst([]) is None


@pytest.mark.parametrize(
    ("feed", "has_value", "pace", "expected"),
    [
        (SOUND, True, Status.MET, Status.MET),
        (SOUND, True, Status.MISSED, Status.MISSED),
        (SOUND, True, None, None),
        (SOUND, False, None, Status.NO_DATA),
        (Feed(), False, None, Status.NO_DATA),
        (STALE, True, Status.MET, Status.STALE),
        (STALE, False, None, Status.STALE),
        (BROKEN, True, Status.MET, Status.ERROR),
        (Feed(needs_a_human=True, fresh_until=NOW - timedelta(days=1)), False, None, Status.ERROR),
        (Feed(fresh_until=NOW), True, Status.ON_PACE, Status.ON_PACE),
    ],
)
def test_a_broken_feed_is_worse_than_a_silent_one_and_both_than_any_pace(
    feed: Feed, has_value: bool, pace: Status | None, expected: Status | None
) -> None:
    assert judge(feed, has_value=has_value, pace=pace, now=NOW) is expected
