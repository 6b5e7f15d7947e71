"""The dashboards of the demo as a browser gets them, beside a recount of the package's CSV."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from benchmarks.pages import sign_in
from metrics import words
from metrics.models import Goal
from tests.demo import recount
from tests.stack import Stack
from workshops.demo import squad
from workshops.demo.catalogue import ENTRIES
from workshops.demo.flights import ZONE

TILE = re.compile(
    r'class="tile__question">\s*<a[^>]*>(?P<question>[^<]+)</a>.*?<data[^>]*\bvalue="(?P<value>[^"]*)"', re.DOTALL
)
DASHBOARDS = "SELECT board.id FROM metrics_dashboard AS board JOIN mdd_squad ON mdd_squad.id = squad_id WHERE slug = %s"

GOALS = """SELECT metric.question, goal.target, goal.upper FROM metrics_goal AS goal
JOIN metrics_metric AS metric ON metric.id = metric_id JOIN mdd_squad ON mdd_squad.id = metric.squad_id
WHERE goal.state = 'active' AND slug = %s"""


def shown(stack: Stack) -> dict[str, str]:
    """The number on every tile of every dashboard, by its question."""
    said = stack.said(r"sign in as (\S+)\s+password\s+(\S+)")
    assert said, "The demo user's password was not printed."
    browser = sign_in(stack.base, said[1], said[2])
    with stack.connect() as connection:
        dashboards = connection.execute(DASHBOARDS, [squad.SLUG]).fetchall()
    pages = [browser.open(f"{stack.base}/dashboards/{row[0]}/").read().decode() for row in dashboards]
    return {
        unescape(tile["question"]).strip(): unescape(tile["value"]) for page in pages for tile in TILE.finditer(page)
    }


def recounted(stack: Stack) -> dict[str, str]:
    """The same from the CSV: the numbers of yesterday, written as people read them beside their goals."""
    with stack.connect() as connection:
        rows: list[Any] = connection.execute(GOALS, [squad.SLUG]).fetchall()
    goals = {question: Goal(target=target, upper=upper) for question, target, upper in rows}
    yesterday = datetime.now(tz=ZONE).date() - timedelta(days=1)
    numbers = recount.recount(yesterday)
    values = {entry.question: numbers[entry.name] for entry in ENTRIES}
    return {
        question: "" if value is None else words.beside(float(value), goals.get(question))
        for question, value in values.items()
    }
