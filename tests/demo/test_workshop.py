"""The workshop that the demo's metrics lead back to."""

import pytest

from mdd.models import Event, Membership, Role, Squad, User
from metrics.models import Metric
from tests.loops.builders import loop_at, states
from tests.quicker import signed_in
from workshops.demo.statements import WISHES
from workshops.demo.workshop import PARKED, TITLE
from workshops.models import Adoption, Bucket, Card, Decision, Reason, Workshop

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.long]


def test_every_metric_began_as_its_owners_card(demo: Squad) -> None:
    for metric in Metric.objects.filter(squad=demo):
        card = Adoption.objects.get(metric=metric).card
        assert (card.text, card.participant and card.participant.user, card.expectation) == (
            metric.question,
            metric.owner,
            metric.expectation,
        )


def test_everything_that_the_squad_says_was_said_first_in_its_workshop(demo: Squad, mia: User) -> None:
    Membership.objects.create(squad=demo, user=mia, role=Role.MEMBER)

    told = signed_in(mia).get(f"{Workshop.objects.get(squad=demo).get_absolute_url()}then-and-now/").context

    assert [(len(question.new), question.silent) for question in told["differences"]] == [(3, []), (4, []), (7, [])]
    assert [turn.then for turn in told["turns"]] == [None] * len(WISHES)


def test_each_bucket_became_the_dashboard_that_holds_its_survivors(demo: Squad) -> None:
    for bucket in Bucket.objects.filter(workshop__squad=demo):
        assert bucket.dashboard
        held = set(bucket.dashboard.tiles.values_list("metric", flat=True))
        assert held == set(bucket.cards.values_list("adoption__metric", flat=True))


def test_nothing_was_lost_on_the_way_and_every_reason_is_shown(demo: Squad) -> None:
    parked = Card.objects.filter(workshop__squad=demo).parked()

    assert parked.count() == len(PARKED)
    assert set(parked.values_list("reason", flat=True)) == set(Reason)


def test_the_workshop_is_closed_decided_and_says_that_it_is_made_up(demo: Squad) -> None:
    workshop = Workshop.objects.get(squad=demo)

    assert (workshop.title, workshop.state) == (TITLE, Workshop.State.CLOSED)
    assert "demo" in workshop.title
    assert Decision.objects.get(workshop=workshop).bucket.dashboard


def test_no_time_is_earlier_than_the_loading(demo: Squad) -> None:
    workshop = Workshop.objects.get(squad=demo)

    assert Event.objects.filter(topic=workshop.topic).earliest("at").at >= demo.created_at
    assert Card.objects.filter(workshop=workshop).earliest("at").at >= demo.created_at


def test_the_loop_of_the_demo_is_alive(demo: Squad) -> None:
    loop = loop_at(demo)

    assert states(loop) == dict.fromkeys(
        ("deliver", "customers", "expectations", "meeting", "board", "metrics"), "done"
    ) | {"dashboards": "now"}
    assert loop.days == 1
