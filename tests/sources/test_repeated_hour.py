"""The night on which the clocks go back: one hour comes twice, and each of its slots once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from metrics import shape
from metrics.shape import Slots, Wanted
from metrics.sources.contract import Result

ZONE = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


def test_times_of_the_repeated_hour_find_their_slots() -> None:
    starts = [datetime(2026, 11, 1, 4, tzinfo=UTC) + n * HOUR for n in range(4)]  # 0:00, 1:00, 1:00 again, 2:00
    rows = tuple((start.astimezone(ZONE), number) for number, start in enumerate(starts))

    told = shape.fitting(
        Result(("ts", "value"), rows), [Wanted(1, "value")], Slots(starts, starts[-1] + HOUR, HOUR, ZONE)
    )

    assert [(reading.at, reading.value) for reading in told.readings] == list(zip(starts, [0, 1, 2, 3], strict=True))
