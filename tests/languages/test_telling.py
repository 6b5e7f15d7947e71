"""Numbers, days and what was kept by somebody else, in the language of the page."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone, translation

from mdd.models import Squad, User
from metrics import evaluating, facts, words
from metrics.charts import plain
from metrics.models import Goal, Metric, Reassessment
from metrics.sources.errors import Code, SourceError
from metrics.sources.retelling import TOLD, pattern, retold
from tests import builders


def test_a_number_and_a_day_follow_the_language() -> None:
    with translation.override("de"):
        assert words.with_unit(76.4, "%") == "76,4%"
        assert words.day(date(2026, 3, 9), date(2026, 3, 1)) == "9. Mär"
        assert words.day(date(2027, 12, 9), date(2026, 3, 1)) == "9. Dez 2027"


def test_what_scripts_read_stays_a_number() -> None:
    with translation.override("de"):
        assert plain(76.4) == "76.4"


def test_a_goal_is_said_in_the_order_of_the_language() -> None:
    goal, metric = Goal(form="stay-above", target=98.5), Metric(unit="%")

    assert words.aim(goal, metric) == "stay at or above 98.5%"
    with translation.override("de"):
        assert words.aim(goal, metric) == "bei mindestens 98,5% bleiben"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("The source cannot be reached.", "Die Quelle ist nicht erreichbar."),
        ("The source refused the password of “reader”.", "Die Quelle lehnt das Passwort von „reader“ ab."),
        (
            "The answer has two columns named “x”. Name each with AS.",
            "Die Antwort hat zwei Spalten namens „x“. Gebt jeder mit AS einen Namen.",
        ),
        ('Line 3: column "x" does not exist.', 'Zeile 3: column "x" does not exist.'),
        ("Something else.", "Something else."),
        ("", ""),
    ],
)
def test_a_kept_error_is_told_in_the_language_of_the_page(kept: str, told: str) -> None:
    assert retold(kept) == kept
    with translation.override("de"):
        assert retold(kept) == told


@pytest.mark.parametrize("msgid", TOLD)
def test_each_kept_sentence_finds_its_words(msgid: str) -> None:
    """A hole holds whatever it is filled with, and no other sentence takes it for its own."""
    filled = msgid.replace("%%", "\0") % dict.fromkeys(pattern(msgid).groupindex, 7)
    kept = SourceError(Code.OURS, filled.replace("\0", "%")).sentence

    assert next(each for each in TOLD if pattern(each).fullmatch(kept)) == msgid


def test_a_prompt_is_kept_in_each_language(squad: Squad, mia: User) -> None:
    goal = builders.make_goal(builders.make_metric(squad, owner=mia), review_date=timezone.localdate())

    evaluating.evaluate(timezone.now())

    prompt = Reassessment.objects.get(subject=f"metrics.goal:{goal.pk}", trigger="review")
    assert facts.sentence_of(prompt).startswith("No data yet.")
    with translation.override("de"):
        assert facts.sentence_of(prompt).startswith("Noch keine Daten.")


def test_a_kept_prompt_without_german_words_is_told_as_it_is() -> None:
    prompt = Reassessment(facts={"sentence": "5.6 short of 82."})

    with translation.override("de"):
        assert facts.sentence_of(prompt) == "5.6 short of 82."
