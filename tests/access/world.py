"""One object of each kind in our squad, and everybody who may come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from mdd.actions import invitations
from mdd.actions.invitations import Invited
from mdd.models import Expectation, Membership, Role, Squad, User
from metrics.delivery import letters
from metrics.models import Action, Backfill, Dashboard, Metric, Query, Reassessment, Source, Tile
from tests import builders
from tests.reassess.builders import make_action, make_prompt
from tests.workshops import builders_focus, coming
from workshops import reminders
from workshops.actions import apart, results, workshops
from workshops.models import Agreement, Answer, Card, Reminder, ResultLink, Workshop

HEALTH = ("health", "say-confidence")
SUGGESTING = ("suggest-groups", "accept-suggestion", "dismiss-suggestion")


@dataclass
class World:
    """One object of each kind in our squad, and everybody who may come."""

    squad: Squad
    clients: dict[str, Client]
    hand: Metric
    pulled: Metric
    query: Query
    backfill: Backfill
    dashboard: Dashboard
    tile: Tile
    source: Source
    workshop: Workshop
    prompt: Reassessment
    action: Action
    invited: Invited
    member: Membership
    token: str
    answer: Answer
    expectation: Expectation
    shared: str
    link: ResultLink
    arguments: dict[str, list[object]] = field(default_factory=dict)


def make_world(squad: Squad, client_of: Callable[[User], Client], eve: User, olga: User) -> World:
    people = {role.value: builders.make_member(squad, role, name=role.label) for role in Role}
    clients = {name: client_of(user) for name, user in {**people, "stranger": eve, "operator": olga}.items()}
    source = builders.make_source()
    query = builders.make_query(squad, source)
    hand, pulled = builders.make_metric(squad), builders.make_metric(squad, query=query)
    prompt = make_prompt(builders.make_goal(pulled))
    action = make_action(prompt, owner=people["member"])
    dashboard = builders.make_dashboard(squad)
    tile = Tile.objects.create(dashboard=dashboard, metric=pulled)
    backfill = Backfill.objects.create(query=query, start=query.next_slot.replace(day=1, month=2), end=query.next_slot)
    workshop = workshops.start(squad, title="Spring", path="whole", by=people["admin"])
    answer = builders.make_answer(workshop, people["admin"], text="Flights")
    expectation = builders.make_expectation(squad, people["admin"])
    made = World(
        squad,
        clients | {"anonymous": Client(), "guest": coming.client_of(coming.make_guest(workshop))},
        hand,
        pulled,
        query,
        backfill,
        dashboard,
        tile,
        source,
        workshop,
        prompt,
        action,
        invitations.invite(squad, role="member", by=people["admin"]),
        Membership.objects.get(squad=squad, user=people["member"]),
        letters.token_of(builders.make_delivery(hand)),
        answer,
        expectation,
        shared := results.share(workshop, lasts=timedelta(days=7), by=people["admin"]),
        ResultLink.objects.get(digest=invitations.digest_of(shared)),
    )
    made.arguments = arguments(made)
    made.arguments |= focus(workshop)
    return made


def focus(workshop: Workshop) -> dict[str, list[object]]:
    """A survivor in a bucket, and the bucket's question decided."""
    bucket = builders_focus.make_finalists(workshop, 1)[0]
    builders_focus.decide(bucket, workshop.participants.get(role="facilitator"))
    of_bucket = ("phrase", "dot", "guess", "reveal-guesses", "ask-about", "consent", "reveal-consents")
    return {
        **{f"workshops:{name}": [workshop.pk, bucket.pk] for name in of_bucket},
        **{f"workshops:{name}": [workshop.pk] for name in ("reveal-dots", "decide", "decision", "share-result")},
        "workshops:earlier-decision": [workshop.pk, 1],
        "workshops:export-decision": [workshop.pk, 1, "md"],
        "workshops:adopt": [workshop.pk, bucket.cards.get().pk],
    }


def arguments(world: World) -> dict[str, list[object]]:
    """What stands in the address of each route that has an object in it."""
    of_metric = ("metric", "edit", "retire", "goal", "ask-again", "progress", "ask-to-reassess")
    of_workshop = (
        "workshop",
        *HEALTH,
        "move",
        "change-state",
        "facilitate",
        "done",
        "write",
        "reveal",
    )
    of_dashboard = ("dashboard", "add-tile")
    return {
        **{f"metrics:{name}": [world.pulled.pk] for name in of_metric},
        **{f"metrics:{name}": [world.dashboard.pk] for name in of_dashboard},
        **{f"metrics:{name}": [world.hand.pk] for name in ("values", "paste")},
        **{f"metrics:{name}": [world.dashboard.pk, world.tile.pk] for name in ("remove-tile", "move-tile")},
        **{f"metrics:{name}": [world.source.pk] for name in ("source", "check-source", "grants")},
        **{f"metrics:{name}": [world.squad.slug] for name in ("metrics", "new", "dashboards", "new-dashboard", "runs")},
        **{f"workshops:{name}": [world.squad.slug] for name in ("squad", "statements")},
        "workshops:agree": [world.squad.slug, "deliver"],
        **{f"workshops:{name}": [world.squad.slug] for name in ("workshops", "healths", "start")},
        **{f"workshops:{name}": [world.workshop.pk] for name in of_workshop},
        "metrics:squad-inbox": [world.squad.slug],
        **{f"metrics:{name}": [world.prompt.pk] for name in ("reassessment", "snooze")},
        "metrics:action": [world.action.pk],
        **{
            f"workshops:{name}": [world.squad.slug]
            for name in ("people", "ask-by-mail", "remind-by-mail", "hand-over", "settings")
        },
        **{f"workshops:{name}": [world.squad.slug, world.member.pk] for name in ("change-role", "leave")},
        "workshops:invite": [world.squad.slug, "mail"],
        "workshops:withdraw": [world.squad.slug, world.invited.invitation.pk],
        "workshops:join": [world.invited.secret],
        "workshops:result": [world.shared],
        "workshops:withdraw-result": [world.workshop.pk, world.link.pk],
        "metrics:numbers": [world.squad.slug],
        "metrics:number": [world.squad.slug, world.hand.pk],
        **{f"metrics:{name}": [world.token] for name in ("by-link", "stop-mail")},
        **{f"workshops:{name}": [world.workshop.pk] for name in ("reveal-opinions", "reveal-next", "then-and-now")},
        "workshops:export-statements": [world.squad.slug, "csv"],
        "workshops:export-board": [world.workshop.pk, "json"],
        "workshops:import-board": [world.squad.slug],
        "workshops:say-again": [world.workshop.pk, "expectations", world.expectation.pk],
        "workshops:mark-critical": [world.workshop.pk, world.expectation.deliverable_id],
        "workshops:assent": [world.workshop.pk, agreement_in(world).pk],
        "workshops:settle": [world.workshop.pk, "deliver"],
        **{f"workshops:{name}": [world.workshop.pk, world.answer.pk] for name in ("reword-answer", "take-back")},
        "workshops:set-aside": [world.workshop.pk, world.answer.pk],
        **{f"workshops:{name}": [world.workshop.pk, world.expectation.pk] for name in ("opine", "find")},
        "workshops:prompts": [world.squad.slug],
        **{f"workshops:{name}": [world.squad.slug, "whole"] for name in ("change-prompts", "shipped-prompts")},
        "workshops:reword": [world.squad.slug, "expectations", world.expectation.pk],
        **board_arguments(world.workshop),
        **people_arguments(world.workshop),
        "live": [world.workshop.topic_id],
        "metrics:cancel": [world.backfill.pk],
        "metrics:query": [world.query.pk],
    }


def agreement_in(world: World) -> Agreement:
    return Agreement.objects.create(workshop=world.workshop, stage="expectations", expectation=world.expectation)


def people_arguments(workshop: Workshop) -> dict[str, list[object]]:
    """The people of the workshop, with one who waits at its door."""
    of_workshop = (
        "lobby",
        "split",
        "add-person",
        "plan-meeting",
        "begin-meeting",
        "speak-for",
        "take-part",
        "leave-workshop",
    )
    of_door = ("lock-door", "ask-approval", "set-password", "clear-password", "renew-code")
    tools = ("projector", "stop-move", "add-time", "rest-clock", "raise-hand")
    group = apart.open_group(workshop, 1)
    waiting = coming.make_guest(workshop, name="Wim", approved_at=None)
    return {
        **{f"workshops:{name}": [workshop.pk] for name in (*of_workshop, *of_door, *tools)},
        **{
            f"workshops:{name}": [workshop.pk, waiting.pk] for name in ("give-role", "let-in", "take-out", "lower-hand")
        },
        **{f"workshops:{name}": [workshop.pk, group.pk] for name in ("go-to-group", "bring-back")},
        "workshops:come-in": [workshop.join_code],
        "workshops:stop-reminders": [reminders.token_of(reminder_of(workshop))],
    }


def reminder_of(workshop: Workshop) -> Reminder:
    user = workshop.participants.get(role="facilitator").member
    return Reminder.objects.create(workshop=workshop, user=user, due_at=timezone.now())


def board_arguments(workshop: Workshop) -> dict[str, list[object]]:
    """The spaghetti board of the workshop, with a card on it."""
    card = Card.objects.create(
        workshop=workshop, participant=workshop.participants.get(role="facilitator"), text="Why?", is_revealed=True
    )
    of_workshop = (
        "throw",
        "reveal-cards",
        "move-cards",
        "hold-cards",
        "undo",
        "redo",
        "replay",
        "board",
        "settle-cards",
        "open-bucket",
        *SUGGESTING,
    )
    throwing = ("reveal-next-cards", "lead-to-bucket", "evidence", "throw-evidence")
    of_card = ("reword-card", "take-back-card", "judge", "talk", "decide-card", "restore")
    of_bucket = ("rename-bucket", "merge-bucket", "remove-bucket")
    return {
        **{f"workshops:{name}": [workshop.pk] for name in (*of_workshop, *throwing)},
        **{f"workshops:{name}": [workshop.pk, card.pk] for name in of_card},
        **{f"workshops:{name}": [workshop.pk, workshop.buckets.all()[0].pk] for name in of_bucket},
    }
