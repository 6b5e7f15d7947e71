"""Choosing the main question: words, dots, consent and the decision, with and without a browser's help."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.models import User
from tests.workshops import builders_focus as builders
from tests.workshops.voting import put_dot, reveal, said_in, url, words
from workshops import focus as reads
from workshops.actions import focus
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Participant, Vote, Workshop

HTMX = {"HX-Request": "true"}


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
    focus.phrase(finalists[0], wanted=theirs, seen=str(typed["seen"]), by=facilitator, operation=uuid4())

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


def test_dots_that_were_revealed_on_what_is_parked_by_now_can_be_voted_on_again(
    as_ada: Client, focusing: Workshop, leading: Bucket
) -> None:
    leading.cards.update(state="parked", reason="later")

    page = as_ada.get(focusing.get_absolute_url())

    assert page.context["is_open"]
    assert "Vote again" in page.content.decode()
    assert "no longer among the questions" in page.content.decode()


def test_a_bucket_without_survivors_takes_no_dots(focusing: Workshop, finalists: list[Bucket], me: Participant) -> None:
    with pytest.raises(Refused, match="has survived"):
        put_dot(builders.make_bucket(focusing, title="Empty"), me)


def test_dots_on_what_no_longer_survives_come_back(
    focusing: Workshop, finalists: list[Bucket], me: Participant
) -> None:
    put_dot(finalists[0], me)
    finalists[0].cards.update(state="parked", reason="later")
    voted = reads.people_of(focusing, None)["voted"]

    put_dot(finalists[1], me)

    assert Vote.objects.get().bucket == finalists[1]
    assert (voted, reads.people_of(focusing, None)["voted"]) == (0, 1)


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
