"""Stage 4: opinions, findings, and what the board must find a number for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.actions import statements
from mdd.live import key_of
from mdd.models import Expectation, Finding, Squad, User
from tests.builders import make_expectation, make_metric
from tests.workshops.posting import move, post, send, url
from workshops.models import Opinion, Workshop
from workshops.openings import open_expectations


@pytest.fixture
def expectation(squad: Squad, ada: User, workshop: Workshop) -> Expectation:
    move(workshop, "meeting")
    return make_expectation(squad, ada)


def opine(client: Client, workshop: Workshop, about: Expectation, **said: object) -> str:
    fields = {"expectation": about.pk, "verdict": "met"} | said
    return post(client, "opine", workshop, about.pk, **fields).content.decode()


def find(client: Client, workshop: Workshop, about: Expectation, **said: object) -> str:
    fields = {"expectation": about.pk, "verdict": "met", "evidence": "counted", "seen": 0} | said
    return post(client, "find", workshop, about.pk, **fields).content.decode()


def test_an_opinion_is_kept_face_down_and_can_change(
    as_mia: Client, workshop: Workshop, expectation: Expectation
) -> None:
    opine(as_mia, workshop, expectation, evidence="saw it")
    page = opine(as_mia, workshop, expectation, verdict="unknown")

    opinion = Opinion.objects.get()
    assert (opinion.verdict, opinion.is_revealed) == ("unknown", False)
    assert "Kept, face down." in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"verdict": ""}, "Choose one."),
        ({"verdict": "perhaps"}, "This cannot be chosen any more."),
        ({"evidence": "e" * 401}, "at most 400 characters"),
        ({"evidence": "\u200b"}, "Write something that can be read."),
    ],
)
def test_a_bad_opinion_is_asked_again_and_kept(
    as_mia: Client, workshop: Workshop, expectation: Expectation, said: dict[str, str], sentence: str
) -> None:
    page = opine(as_mia, workshop, expectation, **{"evidence": "kept words"} | said)

    assert sentence in page
    assert said.get("evidence", "kept words") in page
    assert not Opinion.objects.exists()


def test_revealed_opinions_are_counted_without_names(
    as_ada: Client, as_mia: Client, workshop: Workshop, expectation: Expectation
) -> None:
    opine(as_mia, workshop, expectation, verdict="not-met", evidence="saw runs")
    opine(as_ada, workshop, expectation, verdict="not-met")

    page = post(as_ada, "reveal-opinions", workshop).content.decode()

    assert '<b class="num">2</b> Not met' in page
    assert "saw runs" in page


@pytest.mark.parametrize(("mias", "proposed"), [("met", "met"), ("unknown", None)])
def test_what_most_think_is_proposed_and_of_a_tie_nothing(
    as_ada: Client, as_mia: Client, workshop: Workshop, expectation: Expectation, mias: str, proposed: str | None
) -> None:
    opine(as_ada, workshop, expectation, verdict="met", evidence="counted")
    opine(as_mia, workshop, expectation, verdict=mias)
    send(as_ada, "reveal-opinions", workshop)

    (matter,) = as_ada.get(workshop.get_absolute_url()).context["matters"]

    assert matter.finding_form.initial.get("verdict") == proposed
    assert ("evidence" in matter.finding_form.initial) is bool(proposed)


def test_a_revealed_opinion_stays(as_mia: Client, as_ada: Client, workshop: Workshop, expectation: Expectation) -> None:
    opine(as_mia, workshop, expectation)
    send(as_ada, "reveal-opinions", workshop)

    page = opine(as_mia, workshop, expectation, verdict="not-met")

    assert "Your opinion has been revealed" in page
    assert Opinion.objects.get().verdict == "met"


def test_the_squad_agrees_on_a_finding_once(as_ada: Client, workshop: Workshop, expectation: Expectation) -> None:
    operation = uuid4()

    for _ in range(2):
        page = find(as_ada, workshop, expectation, operation=operation)

    finding = Finding.objects.get()
    assert (finding.verdict, finding.evidence) == ("met", "counted")
    assert "meanwhile" not in page


def test_a_finding_without_evidence_is_asked_again(
    as_ada: Client, workshop: Workshop, expectation: Expectation
) -> None:
    page = find(as_ada, workshop, expectation, evidence="")

    assert "Say how you know" in page
    assert not Finding.objects.exists()


def test_the_second_of_two_findings_is_told(as_ada: Client, workshop: Workshop, expectation: Expectation) -> None:
    find(as_ada, workshop, expectation)

    page = find(as_ada, workshop, expectation, verdict="not-met")

    assert "Somebody has agreed on “Met” meanwhile." in page
    assert Finding.objects.get().verdict == "met"


def test_a_finding_that_was_outrun_is_asked_again_and_may_be_sent_again(
    as_ada: Client, workshop: Workshop, expectation: Expectation
) -> None:
    find(as_ada, workshop, expectation)

    page = find(as_ada, workshop, expectation, verdict="not-met", evidence="kept words")

    assert 'value="kept words"' in page
    assert f'name="seen" value="{Finding.objects.get().pk}"' in page


def test_a_finding_that_was_outrun_comes_back_where_its_stage_is_over(
    as_ada: Client, ada: User, workshop: Workshop, expectation: Expectation
) -> None:
    find(as_ada, workshop, expectation)
    move(workshop, "throw")
    sent = {"expectation": expectation.pk, "verdict": "met", "evidence": "counted", "seen": 0, "operation": uuid4()}

    answer = as_ada.post(url("find", workshop, expectation.pk), sent, headers={"MDD-Person": key_of(ada)})

    assert (answer.status_code, "meanwhile" in answer.content.decode()) == (410, True)


def test_an_opinion_that_comes_late_is_given_back_with_the_reason(
    as_mia: Client, mia: User, workshop: Workshop, expectation: Expectation
) -> None:
    opine(as_mia, workshop, expectation)
    Opinion.objects.update(is_revealed=True)
    sent = {"expectation": expectation.pk, "verdict": "not-met", "evidence": "counted", "operation": uuid4()}

    answer = as_mia.post(url("opine", workshop, expectation.pk), sent, headers={"MDD-Person": key_of(mia)})

    assert (answer.status_code, "has been revealed" in answer.content.decode()) == (410, True)


def test_an_expectation_of_another_squad_is_not_judged(as_ada: Client, workshop: Workshop, eve: User) -> None:
    move(workshop, "meeting")
    theirs = make_expectation(eve.memberships.get().squad, eve)

    opine(as_ada, workshop, theirs)
    find(as_ada, workshop, theirs)

    assert not Opinion.objects.exists()
    assert not Finding.objects.exists()


def test_alone_a_finding_needs_no_opinions(as_mia: Client, alone: Workshop, squad: Squad, mia: User) -> None:
    expectation = make_expectation(squad, mia)
    move(alone, "meeting")

    page = as_mia.get(alone.get_absolute_url()).content.decode()
    assert "Keep my opinion" not in page

    find(as_mia, alone, expectation, verdict="unknown", evidence="")
    assert Finding.objects.get().verdict == "unknown"


@pytest.mark.parametrize(("verdict", "is_open"), [("", True), ("unknown", True), ("not-met", True), ("met", False)])
def test_what_is_not_known_to_be_met_wants_a_number(squad: Squad, mia: User, verdict: str, is_open: bool) -> None:
    expectation = make_expectation(squad, mia)
    if verdict:
        statements.find(squad, expectation=expectation, verdict=verdict, evidence="seen", by=mia)

    assert (expectation in open_expectations(squad)) is is_open


def test_the_latest_finding_counts(squad: Squad, mia: User) -> None:
    expectation = make_expectation(squad, mia)
    for verdict in ("met", "not-met"):
        statements.find(squad, expectation=expectation, verdict=verdict, evidence="seen", by=mia)

    assert list(open_expectations(squad)) == [expectation]


@pytest.mark.parametrize(("state", "is_open"), [("active", False), ("draft", False), ("retired", True)])
def test_a_metric_that_is_not_retired_is_a_number(squad: Squad, mia: User, state: str, is_open: bool) -> None:
    expectation = make_expectation(squad, mia)
    make_metric(squad, expectation=expectation, owner=mia, state=state)

    assert (expectation in open_expectations(squad)) is is_open


def test_what_cannot_be_measured_wants_none(squad: Squad, mia: User) -> None:
    expectation = make_expectation(squad, mia)
    Expectation.objects.filter(pk=expectation.pk).update(is_measurable=False)

    assert not open_expectations(squad).exists()


def test_the_stage_lists_what_wants_a_number(as_vic: Client, workshop: Workshop, expectation: Expectation) -> None:
    page = as_vic.get(workshop.get_absolute_url()).content.decode()

    assert "The board must find a number for these" in page
    assert "Not agreed yet" in page
