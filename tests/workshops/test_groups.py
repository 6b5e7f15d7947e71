"""A workshop splits into groups that throw and group apart."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests.workshops.coming import client_of, make_guest
from tests.workshops.groups import bring, page_of, seat_of
from tests.workshops.posting import move, post, send, told_after, url
from workshops.actions import apart, workshops
from workshops.models import Bucket, Card, Participant, Workshop


def test_who_is_here_is_dealt_out_evenly(as_ada: Client, whole: Workshop) -> None:
    for name in ("Ida", "Uma"):
        make_guest(whole, name=name)
    make_guest(whole, name="Gran", has_device=False)

    send(as_ada, "split", whole, groups=2)

    sizes = [group.participants.count() for group in whole.groups.all()]
    assert sorted(sizes) == [3, 3]


def test_each_group_has_a_leader_where_there_are_members_enough(as_ada: Client, whole: Workshop) -> None:
    send(as_ada, "split", whole, groups=2)

    assert all(group.participants.filter(role="facilitator").count() == 1 for group in whole.groups.all())


def test_a_split_that_is_sent_twice_happens_once(as_ada: Client, whole: Workshop) -> None:
    operation = uuid4()

    for _ in range(2):
        send(as_ada, "split", whole, groups=2, operation=operation)

    assert whole.groups.count() == 2


def test_nobody_splits_twice_or_into_more_than_are_here(as_ada: Client, whole: Workshop) -> None:
    assert "Only 3 people are here. Make fewer groups." in post(as_ada, "split", whole, groups=4).content.decode()
    send(as_ada, "split", whole, groups=2)

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

    send(as_ada, "split", whole, groups=2)

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
    assert told_after(as_mia, "move", group, seen="throw", to="prune")

    group.refresh_from_db()
    assert group.stage == "throw"


def test_a_guest_of_the_whole_comes_into_their_group(as_gus: Client, group: Workshop, gus: Participant) -> None:
    send(as_gus, "throw", group, text="Who calls?", seen="throw")

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


def test_a_guest_whose_name_is_taken_in_a_group_is_told_apart(
    as_gus: Client, whole: Workshop, gus: Participant
) -> None:
    other = apart.open_group(whole, 2)
    Participant.objects.create(workshop=other, name=gus.name, has_device=False)

    post(as_gus, "go-to-group", whole, other.pk)

    assert seat_of(other, gus).name == f"{gus.name} 2"


def test_a_guest_of_another_workshop_comes_into_no_group(group: Workshop, squad: Squad, mia: User) -> None:
    stranger = make_guest(workshops.start(squad, title="Other", path="whole", by=mia), name="Sam")

    assert client_of(stranger).get(group.get_absolute_url())["Location"].startswith("/accounts/login/")


def test_a_group_of_another_workshop_is_not_there(as_gus: Client, whole: Workshop, squad: Squad, mia: User) -> None:
    theirs = apart.open_group(move(workshops.start(squad, title="Other", path="whole", by=mia), "throw"), 1)

    assert as_gus.post(url("go-to-group", whole, theirs.pk), {"operation": uuid4()}).status_code == 404


def test_who_is_taken_out_of_the_whole_is_out_of_the_group(
    as_ada: Client, as_gus: Client, whole: Workshop, group: Workshop, gus: Participant
) -> None:
    send(as_ada, "take-out", whole, gus.pk)

    assert as_gus.get(group.get_absolute_url()).status_code in {302, 404}
    assert Event.objects.filter(topic=group.topic, kind="participant-removed").count() == 1


def test_each_may_choose_another_group(as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant) -> None:
    other = apart.open_group(whole, 2)

    page = post(as_mia, "go-to-group", whole, other.pk).content.decode()

    assert "Group 2" in page
    assert seat_of(group, mia_in).removed_at is not None
    assert "You sit in <b>Group 2</b>" in page_of(as_mia, whole)


def test_a_group_that_rests_may_be_chosen(
    as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant
) -> None:
    other = apart.open_group(whole, 2)
    Workshop.objects.filter(pk=other.pk).update(state="paused")

    send(as_mia, "go-to-group", whole, other.pk)

    assert seat_of(other, mia_in).removed_at is None


def test_and_come_back_to_the_first(as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant) -> None:
    other = apart.open_group(whole, 2)
    for each in (other, group):
        send(as_mia, "go-to-group", whole, each.pk)

    assert seat_of(group, mia_in).removed_at is None
    assert mia_in.seats.filter(removed_at=None).count() == 1


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
    assert told_after(as_mia, "renew-code", group)

    group.refresh_from_db()
    assert group.join_code is None
    assert "choose this group there" in as_mia.get(url("lobby", group)).content.decode()


def test_a_viewer_sees_who_sits_where_and_does_nothing(as_vic: Client, whole: Workshop, group: Workshop) -> None:
    page = page_of(as_vic, whole)

    assert "Mia, Gus" in page
    assert "Sit here" not in page
