"""Guessing blind at Focus: private until it is open, without names after, and kept beside what it turned out to be."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from mdd.constraints import constraint_of
from mdd.live import key_of
from mdd.models import Event, Squad, User
from metrics.actions import reassessments as asking
from metrics.models import Metric
from tests.workshops import builders_focus as builders
from tests.workshops.voting import url, words
from workshops import board_files, board_reading, copies, guesses
from workshops.actions import adopting, focus, guessing, undoing, workshops
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Bucket, Card, Guess, Participant, Workshop

SECRET = 4711.25


@pytest.fixture
def bucket(focusing: Workshop) -> Bucket:
    bucket = builders.make_finalists(focusing, 1)[0]
    Bucket.objects.filter(pk=bucket.pk).update(unit="minutes")
    return Bucket.objects.select_related("workshop__topic").get(pk=bucket.pk)


def guess(bucket: Bucket, by: Participant, value: float) -> None:
    guessing.guess(bucket, value=value, by=by, operation=uuid4())


def reveal(bucket: Bucket, by: Participant) -> None:
    guessing.reveal(bucket, by=by, operation=uuid4())


@pytest.fixture
def guessed(bucket: Bucket, facilitator: Participant, me: Participant) -> Bucket:
    """Open: 40 and 70."""
    guess(bucket, facilitator, 70)
    guess(bucket, me, 40)
    reveal(bucket, facilitator)
    return bucket


def test_a_guess_is_kept_and_may_be_changed(as_mia: Client, focusing: Workshop, bucket: Bucket) -> None:
    for value in ("40", "55,5"):
        page = as_mia.post(url("guess", focusing, bucket.pk), {"value": value, "operation": uuid4()}, follow=True)

    assert Guess.objects.get().value == 55.5
    assert "Yours is kept." in page.content.decode()
    assert 'value="55.5"' in page.content.decode()


def test_what_is_no_number_is_asked_again(as_mia: Client, focusing: Workshop, bucket: Bucket) -> None:
    response = as_mia.post(url("guess", focusing, bucket.pk), {"value": "a lot", "operation": uuid4()})

    assert response.status_code == 422
    assert 'value="a lot"' in response.content.decode()
    assert not Guess.objects.exists()


def test_a_guess_sent_twice_is_one(bucket: Bucket, me: Participant) -> None:
    key = uuid4()

    for _ in range(2):
        guessing.guess(bucket, value=40, by=me, operation=key)

    assert Event.objects.filter(kind="guess-given").count() == 1


def test_what_is_not_one_question_yet_cannot_be_guessed(focusing: Workshop, bucket: Bucket, me: Participant) -> None:
    Bucket.objects.filter(pk=bucket.pk).update(question="")

    with pytest.raises(Refused, match="as one question first"):
        guess(bucket, me, 40)


@pytest.mark.parametrize("who", ["ada", "vic"])
def test_before_the_reveal_nobody_else_is_sent_it(
    request: pytest.FixtureRequest, who: str, focusing: Workshop, bucket: Bucket, me: Participant
) -> None:
    guess(bucket, me, SECRET)
    client = Client()
    client.force_login(request.getfixturevalue(who))

    paths = ["", "projector/", "decision/", "replay/", "board/", "board/json/", "board/md/", "board/csv/"]
    pages = [client.get(f"{focusing.get_absolute_url()}{path}").content.decode() for path in paths]
    pages.append(client.get(f"/live/{focusing.topic_id}/").content.decode())

    assert not any(str(SECRET) in page for page in pages)


def test_others_learn_how_many_have(as_ada: Client, focusing: Workshop, bucket: Bucket, me: Participant) -> None:
    guess(bucket, me, 40)

    assert "1 of 2 have" in as_ada.get(focusing.get_absolute_url()).content.decode()


def test_the_log_names_nobody_and_no_number(bucket: Bucket, me: Participant) -> None:
    guess(bucket, me, SECRET)

    told = Event.objects.get(kind="guess-given")
    assert (told.by, told.audience, told.payload) == ("", "", {"bucket": bucket.pk})


def test_the_reveal_shows_the_spread_without_names(as_vic: Client, focusing: Workshop, guessed: Bucket) -> None:
    page = as_vic.get(focusing.get_absolute_url()).content.decode()

    said = page[page.index('<figure class="spread"') : page.index("</figure>")]
    assert "2 blind guesses: 40 to 70" in said
    assert "minutes" in said
    assert "Mia" not in said


def test_only_a_facilitator_reveals_and_only_what_there_is(
    as_mia: Client, as_ada: Client, focusing: Workshop, bucket: Bucket, me: Participant
) -> None:
    there = url("reveal-guesses", focusing, bucket.pk)

    assert "Nobody has guessed yet." in as_ada.post(there, {"operation": uuid4()}, follow=True).content.decode()
    guess(bucket, me, 40)
    assert "Only a facilitator" in as_mia.post(there, {"operation": uuid4()}, follow=True).content.decode()

    assert not Guess.objects.get().is_revealed


def test_a_late_guess_is_given_back_with_the_reason(
    as_mia: Client, mia: User, focusing: Workshop, guessed: Bucket
) -> None:
    sent = {"value": "82", "operation": uuid4()}

    response = as_mia.post(url("guess", focusing, guessed.pk), sent, headers={"MDD-Person": key_of(mia)})

    assert response.status_code == 410
    assert "would not be blind" in response.content.decode()
    assert sorted(Guess.objects.values_list("value", flat=True)) == [40, 70]


def test_what_is_measured_is_guessed_no_longer(bucket: Bucket, facilitator: Participant, me: Participant) -> None:
    guess(bucket, facilitator, 40)

    builders.adopt(bucket.cards.get(), facilitator)

    assert Guess.objects.get().is_revealed
    with pytest.raises(TooLate, match="would not be blind"):
        guess(bucket, me, 40)


def test_a_metric_nobody_guessed_takes_no_guess_either(bucket: Bucket, facilitator: Participant) -> None:
    builders.adopt(bucket.cards.get(), facilitator)

    with pytest.raises(TooLate, match="measured by now"):
        guess(bucket, facilitator, 40)


def test_the_decision_opens_and_keeps_what_was_guessed(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant, me: Participant
) -> None:
    guess(bucket, me, 40)

    builders.decide(bucket, facilitator)

    assert Guess.objects.get().is_revealed
    assert as_mia.get(url("decision", focusing)).context["record"].guessed == "40\u00a0minutes, by 1 person"
    assert "Guessed before anybody looked" in as_mia.get(url("export-decision", focusing, 1, "md")).content.decode()
    assert as_mia.get(url("export-decision", focusing, 1, "json")).json()["guessed"] == "40\u00a0minutes, by 1 person"


def adopted(card: Card, by: Participant, *, unit: str = "min", **goal: object) -> Metric:
    plan = builders.plan(by.member, builders.goal_plan(**goal), unit=unit)
    return adopting.adopt(card, plan=plan, by=by, operation=uuid4()).metric


def test_the_metric_says_what_was_guessed_until_it_is_measured(
    as_mia: Client, guessed: Bucket, facilitator: Participant
) -> None:
    metric = adopted(guessed.cards.get(), facilitator)

    page = as_mia.get(metric.get_absolute_url()).content.decode()

    assert "You guessed 40 to 70\u00a0minutes. It is not measured yet." in page


def test_the_metric_and_its_reassessment_say_what_it_was(
    as_mia: Client, guessed: Bucket, facilitator: Participant
) -> None:
    metric = adopted(guessed.cards.get(), facilitator, baseline=82.0, start=builders.today() - timedelta(days=2))
    sentence = "You guessed 40 to 70\u00a0minutes, it was 82\u00a0min."

    prompt = asking.ask(metric.goals.get(), by=facilitator.member)

    for page in (metric.get_absolute_url(), prompt.get_absolute_url()):
        assert sentence in as_mia.get(page).content.decode()


def test_a_number_that_is_counted_otherwise_was_not_guessed(guessed: Bucket, facilitator: Participant) -> None:
    other = builders.make_card(guessed.workshop, bucket=guessed, text="How many call?")
    mine = guessed.cards.exclude(pk=other.pk).get()
    ours, theirs = adopted(mine, facilitator, unit="Minutes"), adopted(other, facilitator, unit="")

    assert guesses.remark(ours).startswith("You guessed")
    assert guesses.remark(theirs) == ""


def test_the_unit_stays_once_somebody_has_guessed_in_it(
    as_mia: Client, focusing: Workshop, bucket: Bucket, me: Participant
) -> None:
    guess(bucket, me, 40)

    refused = as_mia.post(url("phrase", focusing, bucket.pk), words(bucket, unit="hours"))
    kept = as_mia.post(url("phrase", focusing, bucket.pk), words(bucket, unit="minutes"))

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Somebody has guessed in minutes already" in refused.content.decode()


def test_a_phrasing_is_not_undone_under_a_guess(bucket: Bucket, me: Participant) -> None:
    key = uuid4()
    wanted = focus.Phrasing("Do they wait?", "", "call them", unit="hours")
    focus.phrase(bucket, wanted=wanted, seen=bucket.stamp, by=me, operation=key)
    guess(bucket, me, 40)

    with pytest.raises(Refused, match="Somebody has guessed in hours"):
        undoing.undo(bucket.workshop, of=key, by=me, operation=uuid4())


def test_an_anonymous_reveal_cuts_guesses_loose_and_a_close_drops_the_hidden(squad: Squad, ada: User) -> None:
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada, is_anonymous=True)
    opened, hidden = (builders.make_bucket(workshop, title=title) for title in ("Open", "Hidden"))
    lead = Participant.objects.get(workshop=workshop)
    for bucket in (opened, hidden):
        guess(bucket, lead, 40)

    reveal(opened, lead)
    workshops.change_state(workshop, to=Workshop.State.CLOSED, by=lead, operation=uuid4(), dropped=1)

    left = Guess.objects.get()
    assert (left.bucket, left.participant, left.at.minute) == (opened, None, 0)


def test_the_unit_leaves_with_the_board_and_comes_back(focusing: Workshop, bucket: Bucket) -> None:
    file = board_files.as_json(copies.of(focusing)).encode()

    read = board_reading.read(file)

    assert [each.unit for each in read.buckets if each.question] == ["minutes"]


def two(bucket: Bucket, by: Participant) -> None:
    for _ in range(2):
        Guess.objects.create(bucket=bucket, participant=by, value=1)


def endless(bucket: Bucket, by: Participant) -> None:
    Guess.objects.create(bucket=bucket, participant=by, value=float("inf"))


BROKEN = {"guess_one_each_per_bucket": two, "guess_is_a_finite_number": endless}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_holds(bucket: Bucket, me: Participant, name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](bucket, me)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    assert {each.name for each in Guess._meta.constraints} == BROKEN.keys()


def test_a_unit_beside_a_guess_is_words_not_markup(as_mia: Client, focusing: Workshop, finalists: list[Bucket]) -> None:
    Bucket.objects.filter(pk=finalists[0].pk).update(unit="calls <b>a day</b>")

    page = as_mia.get(focusing.get_absolute_url()).content.decode()

    assert "In calls &lt;b&gt;a day&lt;/b&gt;." in page
    assert "In calls <b>" not in page
