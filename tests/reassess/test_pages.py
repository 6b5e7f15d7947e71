"""The inbox and the page of one prompt: who sees what, in which order, with how many queries."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

import metrics.views
import workshops.views
from mdd.models import Membership, Role, Squad, User
from metrics import reassessing
from metrics.models import Action, Dashboard, Reassessment, Ruling
from tests.builders import make_dashboard, make_goal, make_metric, make_squad
from tests.reassess.builders import DAY, make_action, make_prompt

INBOX = "/reassess/"


def make_asked(squad: Squad, title: str, **fields: object) -> Reassessment:
    return make_prompt(make_goal(make_metric(squad, question=title)), **fields)


def ruled(prompt: Reassessment, by: User, **fields: object) -> Ruling:
    wanted = {"why": "x", "solvable": "yes", "decision": "adjust", "reason": "It was too easy"}
    return Ruling.objects.create(reassessment=prompt, by=by, **(wanted | fields))


def test_the_inbox_shows_what_is_overdue_first_then_what_is_put_off_and_decided(
    as_lea: Client, squad: Squad, lea: User
) -> None:
    today = timezone.now().astimezone(squad.tz).date()
    ruled(make_asked(squad, "Decided?"), lea)
    make_asked(squad, "Put off?", snoozes=1, snoozed_until=today + DAY)
    make_asked(squad, "Due today?", due=today)
    make_asked(squad, "Overdue?", due=today - DAY)

    page = as_lea.get(INBOX).content.decode()

    places = [page.index(title) for title in ("Overdue?", "Due today?", "Put off?", "Decided?")]
    assert places == sorted(places)
    assert "5.6 short of 82." in page
    assert "It was too easy" in page


def test_a_prompt_that_was_put_off_comes_back_on_its_day(as_lea: Client, squad: Squad, lea: User) -> None:
    today = timezone.now().astimezone(squad.tz).date()
    prompt = make_asked(squad, "Back?", snoozes=1, snoozed_until=today)

    inbox = reassessing.inbox_of(lea, timezone.now())

    assert [row.prompt for row in inbox.due] == [prompt]
    assert list(Reassessment.objects.awake(today)) == [prompt]


def test_an_inbox_spans_the_squads_that_one_decides_in(as_lea: Client, squad: Squad, lea: User) -> None:
    admin_of, member_of = make_squad(name="Admins"), make_squad(name="Members")
    Membership.objects.create(user=lea, squad=admin_of, role=Role.ADMIN)
    Membership.objects.create(user=lea, squad=member_of, role=Role.MEMBER)
    make_asked(squad, "Led?")
    make_asked(admin_of, "Run?")
    make_asked(member_of, "Read?")
    make_asked(make_squad(), "Strange?")

    page = as_lea.get(INBOX).content.decode()

    assert [title in page for title in ("Led?", "Run?", "Read?", "Strange?")] == [True, True, False, False]
    assert reverse("metrics:squad-inbox", args=[member_of.slug]) in page


def test_who_decides_nowhere_reads_what_waits_in_the_squad(as_mia: Client, squad: Squad) -> None:
    prompt = make_asked(squad, "Waiting?")

    page = as_mia.get(INBOX).content.decode()
    alone = as_mia.get(prompt.get_absolute_url()).content.decode()

    assert "Waiting?" in page
    assert "Record the decision" not in alone
    assert "A lead or an admin of the squad decides this." in alone


@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEAD])
def test_leads_and_admins_decide(role: Role) -> None:
    assert reassessing.may_decide(role)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COACH, Role.VIEWER, None])
def test_others_do_not(role: Role | None) -> None:
    assert not reassessing.may_decide(role)


def test_a_member_who_posts_a_decision_is_refused(as_mia: Client, squad: Squad) -> None:
    prompt = make_asked(squad, "Waiting?")

    assert as_mia.post(prompt.get_absolute_url(), {"decision": "retire"}).status_code == 403
    assert as_mia.post(prompt.get_absolute_url() + "snooze/", {"seen": 0, "operation": uuid4()}).status_code == 403


def test_a_strangers_prompt_does_not_exist(as_eve: Client, squad: Squad) -> None:
    prompt = make_asked(squad, "Waiting?")

    assert as_eve.get(prompt.get_absolute_url()).status_code == 404
    assert as_eve.get(reverse("metrics:squad-inbox", args=[squad.slug])).status_code == 404
    assert "Waiting?" not in as_eve.get(INBOX).content.decode()


def test_an_empty_inbox_says_when_the_next_review_is(as_lea: Client, squad: Squad, lea: User) -> None:
    today = timezone.now().astimezone(squad.tz).date()
    make_dashboard(squad, review_date=today + 20 * DAY)
    make_goal(make_metric(squad), review_date=today + 30 * DAY)
    Dashboard.objects.create(squad=make_squad(), question="x", bucket="x", owner=lea, review_date=today + 2 * DAY)

    page = as_lea.get(INBOX).content.decode()

    day = today + 20 * DAY
    assert "Nothing to reassess" in page
    assert f"{day.day} {day:%b} {day.year}" in page


def test_a_bad_decision_is_asked_again_with_what_was_typed(as_lea: Client, squad: Squad) -> None:
    prompt = make_asked(squad, "Waiting?")

    response = as_lea.post(
        prompt.get_absolute_url(),
        {"decision": "keep", "why": "Because <b>", "keep-text": "Call back", "operation": uuid4()},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Because &lt;b&gt;" in page
    assert 'value="Call back"' in page
    assert page.count('class="field__error"') == 5
    assert not Ruling.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("why", "\u200b", "Write something that can be read."),
        ("reason", "x" * 501, "at most 500 characters"),
        ("keep-expected_effect", "left\u202eright", "invisible character"),
        ("solvable", "perhaps", "This cannot be chosen any more."),
        ("keep-due", "2020-01-01", "That day is over."),
        ("keep-next_review", "2090-01-01", "more than a year away"),
        ("keep-owner", "987654321", "This cannot be chosen any more."),
    ],
)
def test_each_field_says_what_is_wrong_with_it(
    as_lea: Client, squad: Squad, field: str, value: str, sentence: str
) -> None:
    prompt = make_asked(squad, "Waiting?")

    response = as_lea.post(prompt.get_absolute_url(), {"decision": "keep", "operation": uuid4(), field: value})

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_prompt_says_how_often_it_can_still_be_put_off(as_lea: Client, squad: Squad) -> None:
    prompt = make_asked(squad, "Waiting?")
    url = prompt.get_absolute_url()
    said = [as_lea.get(url).content.decode()]
    for seen in range(2):
        as_lea.post(url + "snooze/", {"seen": seen, "operation": uuid4()})
        said.append(as_lea.get(url).content.decode())

    assert "2 times at most" in said[0]
    assert "once more" in said[1]
    assert "put off twice already" in said[2]


def test_an_action_is_done_with_what_it_changed_and_undone_again(as_mia: Client, squad: Squad) -> None:
    action = make_action(make_asked(squad, "Waiting?"))
    url = action.get_absolute_url()

    response = as_mia.post(url, {"is_done": "True", "effect_seen": "Two points", "operation": uuid4()})
    done = Action.objects.get()
    as_mia.post(url, {"operation": uuid4()})

    assert action.metric is not None
    assert response["Location"] == action.metric.get_absolute_url()
    assert (done.done_at is not None, done.effect_seen) == (True, "Two points")
    assert list(Action.objects.to_do()) == [action]


@pytest.mark.parametrize("effect", ["x" * 201, "left\u202eright"])
def test_an_effect_that_cannot_be_kept_is_asked_again(as_mia: Client, squad: Squad, effect: str) -> None:
    action = make_action(make_asked(squad, "Waiting?"))

    response = as_mia.post(action.get_absolute_url(), {"effect_seen": effect, "operation": uuid4()})

    assert response.status_code == 422
    assert effect in response.content.decode()


def test_the_retired_can_be_read_but_not_changed(as_mia: Client, squad: Squad) -> None:
    metric = make_metric(squad, state="retired")

    assert as_mia.get(metric.get_absolute_url()).status_code == 200
    for page in ("edit", "goal", "values"):
        refused = as_mia.get(reverse(f"metrics:{page}", args=[metric.pk]))
        assertContains(refused, "This metric is retired. It can be read, but not changed.", status_code=403)
        assertNotContains(refused, "Your role here does not allow it.", status_code=403)


Count = Callable[[str], int]


@pytest.fixture
def count(as_lea: Client) -> Count:
    def counted(url: str) -> int:
        as_lea.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert as_lea.get(url).status_code == 200
        return len(queries)

    return counted


def test_an_inbox_takes_as_many_queries_for_ten_as_for_one(count: Count, squad: Squad, lea: User) -> None:
    ruled(make_asked(squad, "Decided?"), lea)
    make_asked(squad, "One?")
    for_one = count(INBOX)

    for _ in range(9):
        make_asked(squad, "Another?")
        ruled(make_asked(squad, "Decided?"), lea)

    session_user_squads_prompts_role_navigation = 6
    assert count(INBOX) == for_one == session_user_squads_prompts_role_navigation


def test_a_prompt_takes_few_queries(count: Count, squad: Squad) -> None:
    prompt = make_asked(squad, "One?")
    make_action(prompt)

    assert count(prompt.get_absolute_url()) <= 16


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("package", [metrics.views, workshops.views])
def test_no_page_raises_prompts(package: object) -> None:
    """Only beat evaluates: a page that is looked at often would raise what nobody waits for."""
    modules = list(Path(package.__path__[0]).glob("*.py"))  # type: ignore[attr-defined]

    assert modules
    assert not {path.name for path in modules if "metrics.evaluating" in imported(path)}


def test_what_was_known_is_told_as_exactly_as_its_goal(as_lea: Client, squad: Squad) -> None:
    goal = {"form": "reach", "target": 99.95, "upper": None, "due": "2026-04-20"}
    facts = {"value": 99.97, "unit": "%", "day": "2026-03-19", "goal": goal}
    prompt = make_asked(squad, "How much?", facts=facts)

    page = as_lea.get(prompt.get_absolute_url()).content.decode()

    assert "99.97% · 19 Mar 2026" in page
    assert "reach 99.95% by 20 Apr 2026" in page


def test_overdue_is_told_by_the_squads_own_day(squad: Squad, lea: User) -> None:
    prompt = make_asked(squad, "Due?")
    midnight = timezone.now().astimezone(squad.tz).replace(hour=0, minute=0) + timedelta(days=1)
    Reassessment.objects.update(due=(midnight - timedelta(days=1)).date())

    before = reassessing.inbox_of(lea, midnight - timedelta(minutes=1))
    after = reassessing.inbox_of(lea, midnight + timedelta(minutes=1))

    assert [row.prompt for row in before.due] == [row.prompt for row in after.overdue] == [prompt]


def test_what_was_known_is_told_by_the_squads_own_clock(as_lea: Client, squad: Squad) -> None:
    prompt = make_asked(squad, "When?", opened_at=datetime(2026, 3, 20, 23, 30, tzinfo=UTC))
    Reassessment.objects.update(facts={"data_at": "2026-03-20T23:10:00+00:00"})

    page = as_lea.get(prompt.get_absolute_url()).content.decode()

    assert "On 21 Mar" in page
    assert "21 Mar 2026 00:10" in page
