"""Choosing the main question: words, dots, consent and the decision, with and without a browser's help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, User
from tests.workshops import builders_focus as builders
from workshops import focus as reads
from workshops.actions import focus
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Consent, Decision, Participant, Vote, Workshop

WORRY = "We would only count what the app sees"
HTMX = {"HX-Request": "true"}


def url(name: str, workshop: Workshop, *more: object) -> str:
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


def words(bucket: Bucket, **fields: Any) -> dict[str, object]:
    return {
        "question": "Do callers come back?",
        "if_rises": "",
        "if_falls": "call them",
        "seen": focus.stamp(bucket),
        "operation": uuid4(),
    } | fields


def said_in(response: Any) -> str:
    """What the stage itself says; who takes part stands above it."""
    page: str = response.content.decode()
    return page[page.index('<div class="focus">') :]


def put_dot(bucket: Bucket, by: Participant, change: int = 1) -> None:
    focus.dot(bucket, change=change, by=by, operation=uuid4())


def reveal(workshop: Workshop, by: Participant) -> None:
    focus.reveal_dots(workshop, is_revealed=True, by=by, operation=uuid4())


def say(bucket: Bucket, by: Participant, value: str = "fine", text: str = "") -> None:
    focus.consent(bucket, value=value, text=text, by=by, operation=uuid4())


def open_answers(bucket: Bucket, by: Participant) -> None:
    focus.reveal_consents(bucket, is_revealed=True, by=by, operation=uuid4())


@pytest.fixture
def me(focusing: Workshop, mia: User) -> Participant:
    return builders.take_part(focusing, mia)


@pytest.fixture
def leading(focusing: Workshop, finalists: list[Bucket], facilitator: Participant) -> Bucket:
    """The bucket that has a dot, after the reveal."""
    put_dot(finalists[1], facilitator)
    reveal(focusing, facilitator)
    return finalists[1]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_bucket_is_phrased_as_one_question(
    as_mia: Client, focusing: Workshop, finalists: list[Bucket], headers: dict[str, str]
) -> None:
    response = as_mia.post(url("phrase", focusing, finalists[0].pk), words(finalists[0]), headers=headers, follow=True)

    assert Bucket.objects.get(pk=finalists[0].pk).question == "Do callers come back?"
    assert "Do callers come back?" in response.content.decode()


def test_words_that_cannot_be_kept_are_asked_for_again(
    as_mia: Client, focusing: Workshop, finalists: list[Bucket]
) -> None:
    typed = words(finalists[0], question="", if_rises="<b>thank</b> them")

    response = as_mia.post(url("phrase", focusing, finalists[0].pk), typed)

    assert response.status_code == 422
    assert "&lt;b&gt;thank&lt;/b&gt; them" in response.content.decode()


def test_who_phrases_second_sees_the_first_and_keeps_their_own(
    as_mia: Client, focusing: Workshop, finalists: list[Bucket], facilitator: Participant
) -> None:
    typed = words(finalists[0])
    theirs = focus.Phrasing("Do they call at all?", "be glad", "")
    focus.phrase(finalists[0], wanted=theirs, seen=typed["seen"], by=facilitator, operation=uuid4())  # type: ignore[arg-type]

    refused = as_mia.post(url("phrase", focusing, finalists[0].pk), typed)
    seen = refused.context["candidates"][0].form["seen"].value()
    as_mia.post(url("phrase", focusing, finalists[0].pk), typed | {"seen": seen})

    assert (refused.status_code, "Do they call at all?" in refused.content.decode()) == (422, True)
    assert Bucket.objects.get(pk=finalists[0].pk).question == "Do callers come back?"


def test_what_is_not_settled_is_shown_and_what_no_action_follows_is_warned_of(
    as_mia: Client, focusing: Workshop, finalists: list[Bucket]
) -> None:
    builders.make_card(focusing, bucket=finalists[0], state="grouped", text="Who calls twice?")
    Bucket.objects.filter(pk=finalists[0].pk).update(if_rises="")

    page = as_mia.get(focusing.get_absolute_url()).content.decode()

    assert "1 card is not settled yet" in page
    assert "No action either way" in page


@pytest.mark.parametrize(("buckets", "dots"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_the_dots_are_a_third_of_the_buckets(buckets: int, dots: int) -> None:
    assert reads.budget(buckets) == dots


def test_a_dot_is_put_and_taken_back(as_mia: Client, focusing: Workshop, finalists: list[Bucket]) -> None:
    there = url("dot", focusing, finalists[0].pk)
    as_mia.post(there, {"change": "1", "operation": uuid4()})
    put = Vote.objects.get().dots

    as_mia.post(there, {"change": "-1", "operation": uuid4()})

    assert (put, Vote.objects.count()) == (1, 0)


def test_a_dot_sent_twice_is_one(finalists: list[Bucket], focusing: Workshop, me: Participant) -> None:
    for bucket in builders.make_finalists(focusing, 3):
        builders.make_card(focusing, bucket=bucket)
    operation = uuid4()

    for _ in range(2):
        focus.dot(finalists[0], change=1, by=me, operation=operation)

    assert Vote.objects.get().dots == 1


def test_no_more_dots_than_there_are(as_mia: Client, focusing: Workshop, finalists: list[Bucket]) -> None:
    for bucket in finalists:
        sent = {"change": "1", "operation": uuid4()}
        response = as_mia.post(url("dot", focusing, bucket.pk), sent, follow=True)

    assert "All your dots are placed" in response.content.decode()
    assert Vote.objects.get().bucket == finalists[0]


def test_a_bucket_without_survivors_takes_no_dots(focusing: Workshop, finalists: list[Bucket], me: Participant) -> None:
    with pytest.raises(Refused, match="has survived"):
        put_dot(builders.make_bucket(focusing, title="Empty"), me)


def test_dots_on_what_no_longer_survives_come_back(
    focusing: Workshop, finalists: list[Bucket], me: Participant
) -> None:
    put_dot(finalists[0], me)
    finalists[0].cards.update(state="parked", reason="later")

    put_dot(finalists[1], me)

    assert Vote.objects.get().bucket == finalists[1]


def test_once_the_dots_are_open_they_stay(finalists: list[Bucket], leading: Bucket, me: Participant) -> None:
    with pytest.raises(Refused, match="open now"):
        put_dot(finalists[0], me)


def test_only_my_dots_show_before_the_reveal(
    as_mia: Client, focusing: Workshop, finalists: list[Bucket], facilitator: Participant
) -> None:
    put_dot(finalists[1], facilitator)

    context = as_mia.get(focusing.get_absolute_url()).context

    assert [candidate.dots for candidate in context["candidates"]] == [0, 0]
    assert (context["top"], context["is_open"], context["asked"]) == ([], False, None)


def test_the_reveal_gives_the_top_three_without_names(
    as_vic: Client, focusing: Workshop, facilitator: Participant, ada: User
) -> None:
    buckets = builders.make_finalists(focusing, 10)
    for bucket in (buckets[4], buckets[4], buckets[2], buckets[7]):
        put_dot(bucket, facilitator)

    reveal(focusing, facilitator)
    response = as_vic.get(focusing.get_absolute_url())

    assert [(place.bucket, place.dots) for place in response.context["top"]] == [
        (buckets[4], 2),
        (buckets[2], 1),
        (buckets[7], 1),
    ]
    assert ada.name not in said_in(response)


def test_only_a_facilitator_reveals(
    as_mia: Client, focusing: Workshop, finalists: list[Bucket], facilitator: Participant
) -> None:
    put_dot(finalists[0], facilitator)

    response = as_mia.post(url("reveal-dots", focusing), {"is_revealed": "1", "operation": uuid4()}, follow=True)

    assert "Only a facilitator" in response.content.decode()
    assert not Vote.objects.get().is_revealed


def test_nothing_is_revealed_where_nobody_voted(as_ada: Client, focusing: Workshop, finalists: list[Bucket]) -> None:
    response = as_ada.post(url("reveal-dots", focusing), {"is_revealed": "1", "operation": uuid4()}, follow=True)

    assert "Nobody has put a dot yet" in response.content.decode()


def test_voting_again_keeps_the_dots_and_closes_them(as_ada: Client, focusing: Workshop, leading: Bucket) -> None:
    as_ada.post(url("reveal-dots", focusing), {"operation": uuid4()})

    assert (Vote.objects.get().dots, Vote.objects.get().is_revealed) == (1, False)


def test_everybody_is_asked_about_the_leading_one(as_mia: Client, focusing: Workshop, leading: Bucket) -> None:
    assert as_mia.get(focusing.get_absolute_url()).context["asked"].bucket == leading


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
    as_mia.post(there, {"value": "concern", "text": WORRY, "operation": uuid4()})
    as_mia.post(there, {"value": "fine", "text": WORRY, "operation": uuid4()})

    said = Consent.objects.get()
    assert (said.value, said.text) == ("fine", "")


def test_a_concern_without_words_is_asked_for_again(as_mia: Client, focusing: Workshop, leading: Bucket) -> None:
    response = as_mia.post(url("consent", focusing, leading.pk), {"value": "objection", "operation": uuid4()})

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
        focus.decide(leading, choice=builders.choice(), seen=0, by=facilitator, operation=operation) for _ in range(2)
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
    Workshop.objects.update(state="paused")

    page = as_ada.get(focusing.get_absolute_url()).content.decode()
    as_ada.post(url("dot", focusing, finalists[0].pk), {"change": "1", "operation": uuid4()})

    assert "Save the words" not in page
    assert not Vote.objects.exists()


def test_without_survivors_it_says_where_to_go(as_mia: Client, focusing: Workshop) -> None:
    assert "Nothing has survived yet" in as_mia.get(focusing.get_absolute_url()).content.decode()
