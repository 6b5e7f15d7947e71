"""An answer about the main question is about the words that were answered, and counts for no others."""

from __future__ import annotations

from importlib import import_module
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.test import Client

from mdd.models import Squad, User
from tests.workshops import anonymous
from tests.workshops import builders_focus as builders
from tests.workshops.voting import WORRY, open_answers, put_dot, reveal, said_in, say, url, words
from workshops.models import Bucket, Consent, Participant, Workshop

OTHER = "Do callers get answers the same day?"
CHANGED = "The words have changed since you answered"


def now(bucket: Bucket) -> Bucket:
    return Bucket.objects.get(pk=bucket.pk)


def phrase(client: Client, bucket: Bucket, question: str = OTHER) -> None:
    client.post(url("phrase", bucket.workshop, bucket.pk), words(now(bucket), question=question))


def answer(client: Client, bucket: Bucket, value: str = "fine", text: str = "") -> None:
    """To the words of the bucket as it was read."""
    sent = {"value": value, "text": text, "seen": words(bucket)["seen"], "operation": uuid4()}
    client.post(url("consent", bucket.workshop, bucket.pk), sent)


def turn(client: Client, bucket: Bucket, is_revealed: str = "1") -> str:
    sent = {"is_revealed": is_revealed, "operation": uuid4()}
    return client.post(url("reveal-consents", bucket.workshop, bucket.pk), sent, follow=True).content.decode()


def test_who_answered_to_other_words_has_not_answered(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading)

    phrase(as_ada, leading)

    assert as_ada.get(focusing.get_absolute_url()).context["counts"]["answered"] == 0
    assert "Nobody has answered yet." in turn(as_ada, leading)


def test_who_answered_is_told_that_the_words_have_changed(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading, "concern", WORRY)
    before = said_in(as_mia.get(focusing.get_absolute_url()))

    phrase(as_ada, leading)

    told, others = (said_in(client.get(focusing.get_absolute_url())) for client in (as_mia, as_ada))
    assert (CHANGED in before, CHANGED in told, CHANGED in others) == (False, True, False)
    assert "Yours is kept." not in told


def test_what_was_typed_about_other_words_stands_in_the_form_again(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading, "concern", WORRY)

    phrase(as_ada, leading)

    form = as_mia.get(focusing.get_absolute_url()).context["asked"].form
    assert (form["text"].value(), form["value"].value()) == (WORRY, "")


def test_only_answers_to_the_words_of_now_are_revealed(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading, "objection", WORRY)
    phrase(as_ada, leading)
    answer(as_ada, now(leading))

    turn(as_ada, leading)

    response = as_ada.get(focusing.get_absolute_url())
    assert dict(response.context["asked"].said.counts) == {"fine": 1}
    assert WORRY not in said_in(response)


def test_answers_that_are_open_do_not_speak_for_other_words(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading)
    turn(as_ada, leading)

    phrase(as_ada, leading)

    asked = as_mia.get(focusing.get_absolute_url()).context["asked"]
    assert (asked.said, asked.form is None) == (None, False)


def test_what_was_open_about_other_words_stays_to_be_read_whoever_answers_again(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading, "objection", WORRY)
    turn(as_ada, leading)
    phrase(as_ada, leading)

    answer(as_mia, now(leading))

    page = said_in(as_ada.get(focusing.get_absolute_url()))
    assert ("What was said about earlier words" in page, WORRY in page) == (True, True)


def test_an_answer_that_was_on_its_way_counts_for_the_words_it_was_given_to(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    phrase(as_ada, leading)

    answer(as_mia, leading, "concern", WORRY)

    response = as_mia.get(focusing.get_absolute_url())
    assert (CHANGED in said_in(response), response.context["counts"]["answered"]) == (True, 0)
    assert response.context["asked"].form["text"].value() == WORRY


def test_answers_count_again_once_the_words_are_what_they_were(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading)
    phrase(as_ada, leading)
    answer(as_mia, now(leading), "concern", WORRY)

    Bucket.objects.filter(pk=leading.pk).update(question=leading.question, if_rises=leading.if_rises, if_falls="")

    response = as_mia.get(focusing.get_absolute_url())
    assert (response.context["counts"]["answered"], CHANGED in said_in(response)) == (1, False)
    assert Consent.objects.count() == 2


def test_asking_again_leaves_what_was_said_about_other_words(
    as_ada: Client, as_mia: Client, focusing: Workshop, leading: Bucket
) -> None:
    answer(as_mia, leading, "concern", WORRY)
    turn(as_ada, leading)
    phrase(as_ada, leading)
    answer(as_mia, now(leading))
    turn(as_ada, leading)

    turn(as_ada, leading, is_revealed="")

    assert WORRY in said_in(as_ada.get(focusing.get_absolute_url()))


def test_an_anonymous_workshop_keeps_what_was_open_about_other_words(as_ada: Client, squad: Squad, ada: User) -> None:
    bucket, people = anonymous_answers(squad, ada)
    phrase(as_ada, bucket)
    for person in people:
        say(now(bucket), person)
    turn(as_ada, bucket)

    turn(as_ada, bucket, is_revealed="")

    assert WORRY in said_in(as_ada.get(bucket.workshop.get_absolute_url()))


def anonymous_answers(squad: Squad, ada: User) -> tuple[Bucket, list[Participant]]:
    """Answers that are open."""
    workshop = anonymous.start(squad, ada)
    Workshop.objects.update(stage="focus")
    leader, people = workshop.participants.get(), anonymous.people(workshop)
    bucket = builders.make_bucket(workshop)
    builders.make_card(workshop, bucket=bucket, participant=None)
    put_dot(bucket, leader)
    reveal(workshop, leader)
    for person in people:
        say(bucket, person, "concern", WORRY)
    open_answers(bucket, leader)
    return bucket, people


def test_answers_from_before_there_were_stamps_go_on_counting(leading: Bucket, me: Participant) -> None:
    say(leading, me)
    Consent.objects.update(about="")

    migration = import_module("workshops.migrations.0004_what_was_consented_to")
    migration.answer_to_the_words_of_now(apps, connection.schema_editor())

    assert Consent.objects.to_words_of(leading).count() == 1
