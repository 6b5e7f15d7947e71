"""The canvas as it was and as a file, and how the squad came to say what it says."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.actions import rewording, statements
from mdd.models import Deliverable, Expectation, Finding, Squad, User
from tests.builders import make_expectation
from workshops.actions import agreements, workshops


@pytest.fixture
def expectation(squad: Squad, ada: User) -> Expectation:
    """One of each, with a verdict."""
    made = make_expectation(squad, ada)
    statements.find(squad, expectation=made, verdict="not-met", evidence="=1+1, they say", by=ada)
    return made


def fetch(client: Client, squad: Squad, kind: str, **query: str) -> HttpResponse:
    url = reverse("workshops:export-statements", args=[squad.slug, kind])
    answer = client.get(url, query)
    assert isinstance(answer, HttpResponse)
    return answer


def rows(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.usefixtures("expectation")
@pytest.mark.parametrize(
    ("kind", "content_type"), [("md", "text/markdown"), ("json", "application/json"), ("csv", "text/csv")]
)
def test_a_file_says_what_it_is(as_vic: Client, squad: Squad, kind: str, content_type: str) -> None:
    answer = fetch(as_vic, squad, kind)

    assert answer["Content-Type"] == f"{content_type}; charset=utf-8"
    day = timezone.now().astimezone(squad.tz).date().isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="{squad.slug}-four-questions-{day}.{kind}"'


def test_there_is_no_other_kind_and_nothing_for_strangers(as_vic: Client, as_eve: Client, squad: Squad) -> None:
    assert fetch(as_vic, squad, "exe").status_code == 404
    assert fetch(as_eve, squad, "csv").status_code == 404


@pytest.mark.usefixtures("expectation")
def test_csv_holds_each_statement_and_no_formula(as_vic: Client, squad: Squad, ada: User) -> None:
    statements.agree_deliverable(squad, text="@SUM(A1)", by=ada, is_critical=True)

    told = rows(fetch(as_vic, squad, "csv"))

    assert [(row["question"], row["statement"], row["critical"]) for row in told] == [
        ("deliver", "'@SUM(A1)", "yes"),
        ("deliver", "The help desk", "no"),
        ("customers", "Callers", "no"),
        ("expectations", "Answers within a day", "no"),
    ]
    assert told[2]["deliverables"] == "The help desk"
    assert (told[3]["customer"], told[3]["verdict"], told[3]["evidence"]) == ("Callers", "not-met", "'=1+1, they say")


@pytest.mark.usefixtures("expectation")
def test_json_is_plain(as_vic: Client, squad: Squad) -> None:
    told = json.loads(fetch(as_vic, squad, "json").content)

    assert told["squad"] == squad.name
    last = told["statements"][-1]
    assert (last["statement"], last["measurable"], last["verdict"]) == ("Answers within a day", True, "not-met")


@pytest.mark.usefixtures("expectation")
def test_markdown_stays_text(as_vic: Client, squad: Squad, ada: User) -> None:
    statements.agree_deliverable(squad, text="# <b>Boards</b>", by=ada)

    told = fetch(as_vic, squad, "md").content.decode()

    assert "## What do we deliver?" in told
    assert "- \\# \\<b\\>Boards\\</b\\>" in told
    assert "- Answers within a day **Not met**" in told


def test_a_statement_tells_its_wordings_and_who_said_them(as_vic: Client, squad: Squad, ada: User) -> None:
    old = statements.agree_deliverable(squad, text="Boards", by=ada)
    new = rewording.reword_deliverable(old, text="Boards that are right", by=ada)
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada)
    leader = workshop.participants.get()
    agreements.say_again(workshop, stage="deliver", statement=new, answers=[], by=leader, operation=uuid4())

    page = as_vic.get(reverse("workshops:statements", args=[squad.slug])).content.decode()

    parts = [page.index(word) for word in ("History", "“Spring”", "Boards\n", "written by hand")]
    assert parts == sorted(parts)


def test_the_canvas_can_be_seen_as_it_stood(as_mia: Client, squad: Squad, ada: User, expectation: Expectation) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    for model in (Deliverable, type(expectation.customer), Expectation):
        model.objects.update(agreed_at=long_ago)
    Finding.objects.update(at=long_ago)
    rewording.reword_deliverable(expectation.deliverable, text="The hot line", by=ada)
    statements.find(squad, expectation=expectation, verdict="met", evidence="counted", by=ada)
    then = {"on": (long_ago + timedelta(days=30)).date().isoformat()}

    page = as_mia.get(reverse("workshops:statements", args=[squad.slug]), then).content.decode()

    assert "As it stood on" in page
    assert "Callers, of The help desk" in page
    assert "Not met" in page
    assert "The hot line" not in page
    assert "Add a customer" not in page
    assert rows(fetch(as_mia, squad, "csv", **then))[2]["verdict"] == "not-met"


@pytest.mark.parametrize("on", ["", "yesterday", "2999-01-01"])
def test_a_day_that_is_not_over_is_today(as_mia: Client, squad: Squad, on: str) -> None:
    page = as_mia.get(reverse("workshops:statements", args=[squad.slug]), {"on": on}).content.decode()

    assert "Back to today" not in page
