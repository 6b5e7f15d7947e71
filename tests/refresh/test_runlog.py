"""What the run log says of one time that a source was asked."""

from __future__ import annotations

from datetime import timedelta

from mdd.models import Squad
from metrics import runlog
from tests import builders
from tests.refresh.conftest import NOON, make_refresh


def test_how_long_it_took_is_a_sentence_of_its_own(squad: Squad) -> None:
    asked = {"started_at": NOON, "finished_at": NOON + timedelta(seconds=0.05)}
    failed = make_refresh(builders.make_query(squad), state="dead", error="Line 1: no such column.", **asked)

    assert runlog.entry(failed, for_operator=False).note == "Line 1: no such column. Under 0.1 s"
