"""A workshop splits into groups that throw and group apart, and brings their cards back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests.builders import make_expectation
from tests.races import race
from tests.workshops.coming import client_of, make_guest
from tests.workshops.posting import move, post, url
from workshops.actions import apart, bringing_back, cards, workshops
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Bucket, Card, CardWording, Participant, Workshop
from workshops.thoughts import Thought


@pytest.fixture
def whole(workshop: Workshop, mia_in: Participant, gus: Participant) -> Workshop:
    """At Throw, with Ada who leads, Mia, and Gus, a guest."""
    return move(workshop, "throw")


@pytest.fixture
def group(whole: Workshop, mia_in: Participant, gus: Participant) -> Workshop:
    """A group in which Mia and Gus sit."""
    group = apart.open_group(whole, 1)
    apart.seat(group, mia_in, leads=True)
    apart.seat(group, gus)
    return group


def seat_of(group: Workshop, person: Participant) -> Participant:
    return group.participants.get(origin=person)


def lay(group: Workshop, person: Participant | None, text: str = "Who waits?", **fields: Any) -> Card:
    seat = seat_of(group, person) if person else None
    return Card.objects.create(workshop=group, participant=seat, text=text, **{"is_revealed": True} | fields)


def bring(group: Workshop, by: Participant) -> None:
    assert group.parent
    bringing_back.bring_back(group.parent, group=group, by=by, operation=uuid4())


def page_of(client: Client, workshop: Workshop) -> str:
    return client.get(workshop.get_absolute_url()).content.decode()


def test_who_is_here_is_dealt_out_evenly(as_ada: Client, whole: Workshop) -> None:
    for name in ("Ida", "Uma"):
        make_guest(whole, name=name)
    make_guest(whole, name="Gran", has_device=False)

    post(as_ada, "split", whole, groups=2)

    sizes = [group.participants.count() for group in whole.groups.all()]
    assert sorted(sizes) == [3, 3]


def test_each_group_has_a_leader_where_there_are_members_enough(as_ada: Client, whole: Workshop) -> None:
    post(as_ada, "split", whole, groups=2)

    assert all(group.participants.filter(role="facilitator").count() == 1 for group in whole.groups.all())


def test_a_split_that_is_sent_twice_happens_once(as_ada: Client, whole: Workshop) -> None:
    operation = uuid4()

    for _ in range(2):
        post(as_ada, "split", whole, groups=2, operation=operation)

    assert whole.groups.count() == 2


def test_nobody_splits_twice_or_into_more_than_are_here(as_ada: Client, whole: Workshop) -> None:
    assert "Only 3 people are here. Make fewer groups." in post(as_ada, "split", whole, groups=4).content.decode()
    post(as_ada, "split", whole, groups=2)

    page = post(as_ada, "split", whole, groups=2).content.decode()

    assert "You are in groups already." in page
    assert whole.groups.count() == 2


@pytest.mark.parametrize("stage", ["deliver", "prune"])
def test_there_are_groups_only_where_cards_are_thrown_and_grouped(as_ada: Client, whole: Workshop, stage: str) -> None:
    page = post(as_ada, "split", move(whole, stage), groups=2).content.decode()

    assert "and nowhere else" in page


def test_a_number_that_is_none_is_asked_for_again(as_ada: Client, whole: Workshop) -> None:
    assert post(as_ada, "split", whole, groups=1).status_code == 422


def test_a_group_begins_with_empty_buckets_of_the_same_names(as_ada: Client, whole: Workshop) -> None:
    Bucket.objects.create(workshop=whole, title="Delays")

    post(as_ada, "split", whole, groups=2)

    titles = [list(each.buckets.values_list("title", flat=True)) for each in (whole, *whole.groups.all())]
    assert titles[0] == titles[1] == titles[2]


def test_everybody_is_shown_the_way_to_their_group(as_mia: Client, whole: Workshop, group: Workshop) -> None:
    page = page_of(as_mia, whole)

    assert "You sit in <b>Group 1</b>" in page
    assert group.get_absolute_url() in page


def test_a_group_has_two_stages_and_a_way_back(as_mia: Client, whole: Workshop, group: Workshop) -> None:
    page = page_of(as_mia, group)

    assert page.count('class="stepper__step"') == 2
    assert whole.get_absolute_url() in page
    assert "Close the workshop" not in page


def test_a_group_goes_nowhere_else(as_mia: Client, group: Workshop) -> None:
    post(as_mia, "move", group, seen="throw", to="prune")

    group.refresh_from_db()
    assert group.stage == "throw"


def test_a_guest_of_the_whole_comes_into_their_group(as_gus: Client, group: Workshop, gus: Participant) -> None:
    post(as_gus, "throw", group, text="Who calls?", seen="throw")

    assert Card.objects.get(workshop=group).participant == seat_of(group, gus)


def test_a_guest_comes_into_no_other_group_until_they_choose_it(
    as_gus: Client, whole: Workshop, group: Workshop, gus: Participant
) -> None:
    other = apart.open_group(whole, 2)
    apart.seat(other, make_guest(whole, name="Ida"))
    assert as_gus.get(other.get_absolute_url())["Location"].startswith("/accounts/login/")

    page = post(as_gus, "go-to-group", whole, other.pk).content.decode()

    assert "Group 2" in page
    assert as_gus.get(group.get_absolute_url()).status_code == 404


def test_a_guest_of_another_workshop_comes_into_no_group(group: Workshop, squad: Squad, mia: User) -> None:
    stranger = make_guest(workshops.start(squad, title="Other", path="whole", by=mia), name="Sam")

    assert client_of(stranger).get(group.get_absolute_url())["Location"].startswith("/accounts/login/")


def test_a_group_of_another_workshop_is_not_there(as_gus: Client, whole: Workshop, squad: Squad, mia: User) -> None:
    theirs = apart.open_group(move(workshops.start(squad, title="Other", path="whole", by=mia), "throw"), 1)

    assert as_gus.post(url("go-to-group", whole, theirs.pk), {"operation": uuid4()}).status_code == 404


def test_who_is_taken_out_of_the_whole_is_out_of_the_group(
    as_ada: Client, as_gus: Client, whole: Workshop, group: Workshop, gus: Participant
) -> None:
    post(as_ada, "take-out", whole, gus.pk)

    assert as_gus.get(group.get_absolute_url()).status_code in {302, 404}
    assert Event.objects.filter(topic=group.topic, kind="participant-removed").count() == 1


def test_each_may_choose_another_group(as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant) -> None:
    other = apart.open_group(whole, 2)

    page = post(as_mia, "go-to-group", whole, other.pk).content.decode()

    assert "Group 2" in page
    assert seat_of(group, mia_in).removed_at is not None
    assert "You sit in <b>Group 2</b>" in page_of(as_mia, whole)


def test_and_come_back_to_the_first(as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant) -> None:
    other = apart.open_group(whole, 2)
    for each in (other, group):
        post(as_mia, "go-to-group", whole, each.pk)

    assert seat_of(group, mia_in).removed_at is None
    assert mia_in.seats.filter(removed_at=None).count() == 1


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
    post(as_ada, "throw", group, text="Who calls?", seen="group")

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
    post(as_mia, "bring-back", whole, group.pk)

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

    post(as_ada, "undo", whole, of=operation)

    assert not Card.objects.filter(workshop=whole).exists()
    assert "To everybody" in page_of(as_mia, group)
    assert "This group is back." not in page_of(as_mia, group)


def test_it_is_not_brought_back_by_redo_once_the_group_has_gone_on(
    as_ada: Client, as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant
) -> None:
    lay(group, mia_in)
    operation = uuid4()
    post(as_ada, "bring-back", whole, group.pk, operation=operation)
    post(as_ada, "undo", whole, of=operation)
    post(as_mia, "throw", group, text="Who calls?", seen="group")

    post(as_ada, "redo", whole, of=operation)

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
    post(as_mia, "judge", whole, Card.objects.get(workshop=whole).pk, verdict="keep")

    page = post(as_ada, "undo", whole, of=operation).content.decode()

    assert "it stays as it is" in page
    assert Card.objects.filter(workshop=whole).exists()


def test_a_group_is_no_workshop_of_its_own_in_lists(as_ada: Client, squad: Squad, group: Workshop) -> None:
    for name in ("workshops", "healths", "squad"):
        page = as_ada.get(reverse(f"workshops:{name}", args=[squad.slug])).content.decode()
        assert "Group 1" not in page


def test_the_whole_is_not_closed_while_a_group_is_apart(as_ada: Client, whole: Workshop, group: Workshop) -> None:
    page = post(as_ada, "change-state", whole, to="closed").content.decode()

    assert "“Group 1” is still apart. Bring its cards back first." in page


@pytest.mark.parametrize("to", ["closed", "open"])
def test_a_group_is_neither_closed_nor_opened_again_by_hand(
    as_mia: Client, group: Workshop, ada_in: Participant, to: str
) -> None:
    if to == "open":
        bring(group, ada_in)

    page = post(as_mia, "change-state", group, to=to).content.decode()

    assert "A group ends when its cards are brought back to everybody." in page


def test_nobody_comes_into_a_group_by_a_code(as_mia: Client, group: Workshop) -> None:
    post(as_mia, "renew-code", group)

    group.refresh_from_db()
    assert group.join_code is None
    assert "choose this group there" in as_mia.get(url("lobby", group)).content.decode()


def test_a_viewer_sees_who_sits_where_and_does_nothing(as_vic: Client, whole: Workshop, group: Workshop) -> None:
    page = page_of(as_vic, whole)

    assert "Mia, Gus" in page
    assert "Sit here" not in page
