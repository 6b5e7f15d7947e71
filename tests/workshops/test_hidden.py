"""Hidden means not sent: what somebody wrote privately is on no page of anybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mdd.actions import statements
from mdd.models import Event, Squad, User
from tests.builders import make_answer, make_expectation, make_participant
from tests.workshops.posting import move, post, send
from workshops.models import Opinion, Stage, Workshop

SECRET = "quiet-spaghetti"


def pages(workshop: Workshop) -> list[str]:
    slug = workshop.squad.slug
    named = ("squad", "statements", "workshops", "prompts")
    return [workshop.get_absolute_url(), *(reverse(f"workshops:{name}", args=[slug]) for name in named)]


@pytest.mark.sampled
@pytest.mark.parametrize("who", ["ada", "vic", "cory", "lea"])
@pytest.mark.parametrize("stage", ["deliver", "customers", "expectations"])
def test_a_hidden_answer_is_on_no_page_of_others(
    workshop: Workshop,
    mia: User,
    client_of: Callable[[User], Client],
    request: pytest.FixtureRequest,
    who: str,
    stage: str,
) -> None:
    client = client_of(request.getfixturevalue(who))
    for each in Stage.values[:3]:
        make_answer(workshop, mia, text=SECRET, stage=each)
    move(workshop, stage)

    said = [client.get(page).content.decode() for page in pages(workshop)]
    said.append(client.get(reverse("live", args=[workshop.topic_id])).content.decode())

    assert not any(SECRET in page for page in said)


def test_a_refusal_does_not_send_it_either(as_ada: Client, workshop: Workshop, mia: User) -> None:
    answer = make_answer(workshop, mia, text=SECRET)

    said = [
        post(as_ada, "reword-answer", workshop, answer.pk, text=""),
        post(as_ada, "take-back", workshop, answer.pk),
        post(as_ada, "set-aside", workshop, answer.pk, is_aside="on"),
        post(as_ada, "write", workshop, stage="deliver", text=""),
        post(as_ada, "settle", workshop, "deliver", text="", pick=answer.pk),
    ]
    picking = as_ada.get(workshop.get_absolute_url(), {"pick": answer.pk}).content.decode()

    assert not any(SECRET in page for page in [*(each.content.decode() for each in said), picking])


def test_others_see_how_many_there_are(as_ada: Client, workshop: Workshop, mia: User) -> None:
    for text in ("one", "two"):
        make_answer(workshop, mia, text=text)

    page = as_ada.get(workshop.get_absolute_url()).content.decode()

    assert "1 has written." in page
    assert "2 answers lie face down." in page


def test_the_log_names_rows_and_never_what_was_written(as_mia: Client, workshop: Workshop) -> None:
    send(as_mia, "write", workshop, stage="deliver", text=SECRET)

    assert not any(SECRET in str(payload) for payload in Event.objects.values_list("payload", flat=True))


def test_a_hidden_opinion_is_on_no_page_of_others(as_ada: Client, workshop: Workshop, squad: Squad, mia: User) -> None:
    expectation = make_expectation(squad, mia)
    statements.find(squad, expectation=expectation, verdict="unknown", by=mia)
    make_opinion(workshop, mia, expectation_id=expectation.pk)
    move(workshop, "meeting")

    said = [as_ada.get(page).content.decode() for page in pages(workshop)]

    assert not any(SECRET in page for page in said)
    assert "1 opinion is face down." in said[0]


def make_opinion(workshop: Workshop, by: User, *, expectation_id: int) -> Opinion:
    return Opinion.objects.create(
        workshop=workshop,
        expectation_id=expectation_id,
        participant=make_participant(workshop, by),
        verdict="met",
        evidence=SECRET,
    )


def test_only_facilitators_learn_who_is_done(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    send(as_mia, "done", workshop, is_done="on")

    mine, theirs = (client.get(workshop.get_absolute_url()).content.decode() for client in (as_mia, as_ada))

    assert "1 of 2 done" in mine
    assert 'class="is-done"' not in mine
    assert 'class="is-done"' in theirs
