"""What a group has thrown and grouped comes back to everybody."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.models import Squad, User
from tests.builders import make_expectation
from tests.races import race
from tests.workshops.groups import bring, lay, page_of, seat_of
from tests.workshops.posting import move, post, send, told_after, url
from workshops.actions import apart, cards, workshops
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Bucket, Card, CardWording, Participant, Workshop
from workshops.thoughts import Thought


def test_cards_and_buckets_come_back(
    as_ada: Client, whole: Workshop, group: Workshop, mia_in: Participant, gus: Participant, ada: User
) -> None:
    serves = make_expectation(whole.squad, ada)
    lay(group, mia_in, "Who waits?", bucket=group.buckets.get(title="Usage"), state="grouped", expectation=serves)
    own = Bucket.objects.create(workshop=group, title="Delays")
    lay(group, gus, "Late again", kind="evidence", weight=7, bucket=own, state="grouped")
    lay(group, mia_in, "Why?", state="parked", reason="later")

    page = post(as_ada, "bring-back", whole, group.pk).content.decode()

    rows = {card.text: card for card in Card.objects.filter(workshop=whole)}
    assert "Who waits?" in page
    assert rows["Who waits?"].bucket == whole.buckets.get(title="Usage")
    assert (rows["Who waits?"].participant, rows["Who waits?"].expectation) == (mia_in, serves)
    assert (rows["Late again"].weight, rows["Late again"].participant) == (7, gus)
    assert rows["Late again"].bucket == whole.buckets.get(title="Delays")
    assert rows["Why?"].reason == "later"


def test_buckets_of_one_name_become_one(whole: Workshop, group: Workshop, ada_in: Participant) -> None:
    group.buckets.filter(title="Usage").update(title="USAGE")
    before = whole.buckets.count()

    bring(group, ada_in)

    assert whole.buckets.count() == before


def test_earlier_wordings_come_along(
    whole: Workshop, group: Workshop, ada_in: Participant, mia_in: Participant
) -> None:
    CardWording.objects.create(card=lay(group, mia_in), text="Who queues?", by=seat_of(group, mia_in))

    bring(group, ada_in)

    assert CardWording.objects.get(card__workshop=whole).text == "Who queues?"


def test_a_member_who_looked_in_and_threw_stands_for_their_card(
    as_ada: Client, whole: Workshop, group: Workshop, ada_in: Participant
) -> None:
    send(as_ada, "throw", group, text="Who calls?", seen="group")

    bring(group, ada_in)

    assert Card.objects.get(workshop=whole).participant == ada_in


def test_an_anonymous_group_brings_no_names(squad: Squad, ada: User) -> None:
    whole = move(workshops.start(squad, title="Spring", path="whole", by=ada, is_anonymous=True), "group")
    lay(group := apart.open_group(whole, 1), None)

    bring(group, whole.participants.get(user=ada))

    assert Card.objects.get(workshop=whole).participant is None


def test_what_lies_face_down_is_revealed_first(
    as_ada: Client, whole: Workshop, group: Workshop, mia_in: Participant
) -> None:
    lay(group, mia_in, is_revealed=False)

    page = post(as_ada, "bring-back", whole, group.pk).content.decode()

    assert "In “Group 1” 1 card still lies face down." in page
    assert not Card.objects.filter(workshop=whole).exists()


def test_a_group_comes_back_once(whole: Workshop, group: Workshop, ada_in: Participant, mia_in: Participant) -> None:
    lay(group, mia_in)
    bring(group, ada_in)

    with pytest.raises(Refused, match="with everybody already"):
        bring(group, ada_in)

    assert Card.objects.filter(workshop=whole).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_it_back_at_once_do_it_once(
    whole: Workshop, group: Workshop, ada_in: Participant, mia_in: Participant
) -> None:
    lay(group, mia_in)

    def bring_it() -> None:
        try:
            bring(group, ada_in)
        except Refused:
            return

    race(bring_it, bring_it).result()

    assert Card.objects.filter(workshop=whole).count() == 1


def test_only_who_leads_brings_it_back(as_mia: Client, whole: Workshop, group: Workshop) -> None:
    assert told_after(as_mia, "bring-back", whole, group.pk)

    group.refresh_from_db()
    assert group.is_open


def test_a_group_that_is_back_says_so_and_leads_to_everybody(
    as_mia: Client, whole: Workshop, group: Workshop, ada_in: Participant
) -> None:
    bring(group, ada_in)

    page = page_of(as_mia, group)

    assert "This group is back." in page
    assert "Open again" not in page
    assert "You sit in" not in page_of(as_mia, whole)


def test_what_comes_too_late_for_it_is_given_back(
    group: Workshop, ada_in: Participant, mia_in: Participant, as_mia: Client
) -> None:
    bring(group, ada_in)
    thoughts = [Thought("Who calls?", Card.Kind.QUESTION)]
    seat = seat_of(group, mia_in)

    with pytest.raises(TooLate):
        cards.throw(group, thoughts=thoughts, expectation=None, is_hidden=True, by=seat, operation=uuid4())

    sent = {"operation": uuid4(), "text": "Who calls?", "seen": "throw"}
    answer = as_mia.post(url("throw", group), sent, headers={"MDD-Person": f"user:{mia_in.user_id}"})
    assert (answer.status_code, "with everybody already" in answer.content.decode()) == (410, True)


def test_bringing_back_is_undone_and_the_group_goes_on(
    as_ada: Client, as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant
) -> None:
    CardWording.objects.create(card=lay(group, mia_in), text="Who queues?", by=seat_of(group, mia_in))
    operation = uuid4()
    post(as_ada, "bring-back", whole, group.pk, operation=operation)

    send(as_ada, "undo", whole, of=operation)

    assert not Card.objects.filter(workshop=whole).exists()
    assert "To everybody" in page_of(as_mia, group)
    assert "This group is back." not in page_of(as_mia, group)


def test_it_is_not_brought_back_by_redo_once_the_group_has_gone_on(
    as_ada: Client, as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant
) -> None:
    lay(group, mia_in)
    operation = uuid4()
    post(as_ada, "bring-back", whole, group.pk, operation=operation)
    send(as_ada, "undo", whole, of=operation)
    send(as_mia, "throw", group, text="Who calls?", seen="group")

    assert told_after(as_ada, "redo", whole, of=operation)

    group.refresh_from_db()
    assert group.is_open
    assert not Card.objects.filter(workshop=whole).exists()


def test_it_is_not_undone_once_somebody_has_used_a_card(
    as_ada: Client, as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant
) -> None:
    lay(group, mia_in)
    operation = uuid4()
    post(as_ada, "bring-back", whole, group.pk, operation=operation)
    move(whole, "prune")
    send(as_mia, "judge", whole, Card.objects.get(workshop=whole).pk, verdict="keep")

    page = post(as_ada, "undo", whole, of=operation).content.decode()

    assert "it stays as it is" in page
    assert Card.objects.filter(workshop=whole).exists()
