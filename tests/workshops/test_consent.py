"""Consent to the main question, and deciding it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.test import Client

from mdd.live import key_of
from mdd.models import Event, User
from tests.workshops import builders_focus as builders
from tests.workshops.voting import WORRY, open_answers, said_in, say, url
from workshops.actions import focus
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Bucket, Consent, Decision, Participant, Vote, Workshop


def test_everybody_is_asked_about_the_leading_one(as_mia: Client, focusing: Workshop, leading: Bucket) -> None:
    assert as_mia.get(focusing.get_absolute_url()).context["asked"].bucket == leading


def test_what_a_worry_needs_is_not_called_optional(as_mia: Client, focusing: Workshop, leading: Bucket) -> None:
    page = as_mia.get(focusing.get_absolute_url()).content.decode()

    label = page.partition("What worries you?")[2].partition("</label>")[0]
    assert "optional" not in label
    assert "For a concern or an objection." in page


def test_what_leads_to_no_action_is_not_asked_about(
    as_ada: Client, focusing: Workshop, leading: Bucket, finalists: list[Bucket]
) -> None:
    Bucket.objects.filter(pk=leading.pk).update(if_rises="")

    asked = as_ada.get(focusing.get_absolute_url()).context["asked"]
    response = as_ada.post(url("ask-about", focusing, leading.pk), {"operation": uuid4()}, follow=True)

    assert asked.bucket == finalists[0]
    assert "Say first what you will do" in response.content.decode()


def test_a_facilitator_asks_about_another_one(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket, finalists: list[Bucket]
) -> None:
    as_ada.post(url("ask-about", focusing, finalists[0].pk), {"operation": uuid4()})

    assert as_mia.get(focusing.get_absolute_url()).context["asked"].bucket == finalists[0]


def test_a_concern_is_kept_and_may_be_changed(as_mia: Client, focusing: Workshop, leading: Bucket) -> None:
    there = url("consent", focusing, leading.pk)
    for value in ("concern", "fine"):
        as_mia.post(there, {"value": value, "text": WORRY, "seen": leading.stamp, "operation": uuid4()})

    said = Consent.objects.get()
    assert (said.value, said.text) == ("fine", "")


def test_a_worry_that_comes_late_is_given_back_with_the_reason(
    as_mia: Client, mia: User, focusing: Workshop, leading: Bucket, facilitator: Participant
) -> None:
    say(leading, facilitator)
    open_answers(leading, facilitator)
    sent = {"value": "concern", "text": WORRY, "seen": leading.stamp, "operation": uuid4()}

    response = as_mia.post(url("consent", focusing, leading.pk), sent, headers={"MDD-Person": key_of(mia)})

    assert response.status_code == 410
    assert "The answers are open now." in response.content.decode()


def test_a_concern_without_words_is_asked_for_again(as_mia: Client, focusing: Workshop, leading: Bucket) -> None:
    response = as_mia.post(
        url("consent", focusing, leading.pk), {"value": "objection", "seen": leading.stamp, "operation": uuid4()}
    )

    assert response.status_code == 422
    assert "Say in a few words" in response.content.decode()
    assert not Consent.objects.exists()


def test_what_worries_people_is_theirs_until_it_is_revealed(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket, me: Participant
) -> None:
    say(leading, me, "concern", WORRY)

    others, mine = (client.get(focusing.get_absolute_url()).content.decode() for client in (as_ada, as_mia))

    assert (WORRY in others, WORRY in mine) == (False, True)


def test_what_worries_people_is_shown_without_names(
    as_vic: Client, focusing: Workshop, leading: Bucket, me: Participant, facilitator: Participant
) -> None:
    say(leading, me, "concern", WORRY)
    say(leading, facilitator, "objection", "It would do harm")
    open_answers(leading, facilitator)

    response = as_vic.get(focusing.get_absolute_url())

    page = said_in(response)
    assert response.context["asked"].said.worries == [("objection", "It would do harm"), ("concern", WORRY)]
    assert not [name for name in ("Mia", "Ada") if name in page]


def test_open_answers_stay(leading: Bucket, me: Participant, facilitator: Participant) -> None:
    say(leading, facilitator)
    open_answers(leading, facilitator)

    with pytest.raises(Refused, match="open now"):
        say(leading, me)


def test_the_log_names_no_text_and_keeps_votes_for_their_author(
    leading: Bucket, me: Participant, facilitator: Participant
) -> None:
    say(leading, me, "concern", WORRY)

    private = Event.objects.filter(kind__in=("dot-placed", "consent-given"))
    assert {event.audience for event in private} == {f"user:{me.user_id}", f"user:{facilitator.user_id}"}
    assert not Event.objects.filter(payload__icontains="app sees").exists()


def decision(bucket: Bucket, **fields: Any) -> dict[str, object]:
    said = builders.choice()
    return {
        "bucket": bucket.pk,
        "seen": 0,
        "about": bucket.stamp,
        "guardrail": said.guardrail,
        "gaming": said.gaming,
        "dissent": "",
        "review_date": said.review_date,
        "operation": uuid4(),
    } | fields


def test_a_facilitator_decides(as_ada: Client, focusing: Workshop, leading: Bucket, ada: User) -> None:
    response = as_ada.post(url("decide", focusing), decision(leading))

    made = Decision.objects.get()
    assert response["Location"] == url("decision", focusing)
    assert (made.number, made.bucket, made.question, made.by) == (1, leading, leading.question, ada)


def test_a_decision_that_waits_for_the_close_is_given_back(
    as_ada: Client, ada: User, focusing: Workshop, leading: Bucket
) -> None:
    with mock.patch.object(focus, "decide", side_effect=TooLate("This workshop rests.")):
        answer = as_ada.post(url("decide", focusing), decision(leading), headers={"MDD-Person": key_of(ada)})

    assert (answer.status_code, answer.content.decode()) == (410, "This workshop rests.")


def test_who_decides_on_words_that_have_changed_meanwhile_gets_theirs_back(
    as_ada: Client, ada: User, focusing: Workshop, leading: Bucket
) -> None:
    sent = decision(leading)
    Bucket.objects.filter(pk=leading.pk).update(question="Do callers come back?")

    answer = as_ada.post(url("decide", focusing), sent, headers={"MDD-Person": key_of(ada)})

    assert (answer.status_code, "phrased it meanwhile: “Do callers come back?”" in answer.content.decode()) == (
        410,
        True,
    )
    assert not Decision.objects.exists()


def test_dissent_is_filled_from_what_worries_people(
    as_ada: Client, focusing: Workshop, leading: Bucket, me: Participant, facilitator: Participant
) -> None:
    say(leading, me, "concern", WORRY)
    open_answers(leading, facilitator)

    form = as_ada.get(focusing.get_absolute_url()).context["asked"].decide

    assert form["dissent"].value() == f"Concern: {WORRY}"


def test_a_decision_that_lacks_something_is_asked_for_again(
    as_ada: Client, focusing: Workshop, leading: Bucket, facilitator: Participant
) -> None:
    say(leading, facilitator)
    open_answers(leading, facilitator)

    response = as_ada.post(url("decide", focusing), decision(leading, guardrail="", review_date="2020-01-01"))

    page = response.content.decode()
    assert response.status_code == 422
    assert ("Hang up early" in page, "a day that is still to come" in page) == (True, True)


def test_a_decision_sent_twice_is_one(leading: Bucket, facilitator: Participant) -> None:
    operation = uuid4()

    first, second = (
        focus.decide(
            leading, choice=builders.choice(), about=leading.stamp, seen=0, by=facilitator, operation=operation
        )
        for _ in range(2)
    )

    assert first == second


def test_deciding_again_makes_the_next_number(leading: Bucket, facilitator: Participant) -> None:
    for seen in range(2):
        builders.decide(leading, facilitator, seen=seen)

    assert list(Decision.objects.values_list("number", flat=True)) == [1, 2]


def test_who_decides_second_sees_the_first_decision_and_keeps_what_they_typed(
    as_ada: Client, focusing: Workshop, leading: Bucket, facilitator: Participant, me: Participant
) -> None:
    say(leading, facilitator)
    open_answers(leading, facilitator)
    builders.decide(leading, me)

    response = as_ada.post(url("decide", focusing), decision(leading, gaming="Count less"))

    page = response.content.decode()
    assert (response.status_code, "Mia has decided meanwhile" in page, "Count less" in page) == (422, True, True)
    assert response.context["asked"].decide["seen"].value() == "1"
    assert Decision.objects.count() == 1


def test_another_workshops_bucket_is_not_there(as_ada: Client, focusing: Workshop, ada: User) -> None:
    other = builders.make_bucket(builders.make_workshop(focusing.squad, ada))

    for name in ("phrase", "dot", "consent", "ask-about", "reveal-consents"):
        assert as_ada.post(url(name, focusing, other.pk), {"operation": uuid4()}).status_code == 404
    assert as_ada.post(url("decide", focusing), decision(other)).status_code == 422


def test_who_only_looks_has_nothing_to_press(
    client_of: Callable[[User], Client], cory: User, focusing: Workshop, leading: Bucket
) -> None:
    page = client_of(cory).get(focusing.get_absolute_url()).content.decode()

    assert [word for word in ("Save the words", "Say so", "Reveal", "Vote again") if word in page] == []


def test_a_workshop_that_rests_changes_nothing(as_ada: Client, focusing: Workshop, finalists: list[Bucket]) -> None:
    Workshop.objects.update(join_code=None, state="paused")

    page = as_ada.get(focusing.get_absolute_url()).content.decode()
    as_ada.post(url("dot", focusing, finalists[0].pk), {"change": "1", "operation": uuid4()})

    assert "Save the words" not in page
    assert not Vote.objects.exists()


def test_without_survivors_it_says_where_to_go(as_mia: Client, focusing: Workshop) -> None:
    assert "Nothing has survived yet" in as_mia.get(focusing.get_absolute_url()).content.decode()
