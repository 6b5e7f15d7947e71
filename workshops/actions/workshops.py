"""Running a workshop: starting it, moving through its stages, pausing, closing, taking part."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from mdd.actions import audit
from mdd.actors import Actor
from mdd.models import Squad, Topic, User
from metrics.forms.dashboards import BUCKETS
from workshops import codes, timer
from workshops.actions import anonymity, counting, templates, writing
from workshops.actions.refusals import Refused
from workshops.models import APART, Bucket, Participant, Stage, Workshop

MOVING = ("moving_to", "moves_at", *timer.FIELDS)


@transaction.atomic
def start(
    squad: Squad, *, title: str, path: str, by: User, is_anonymous: bool = False, meets_at: datetime | None = None
) -> Workshop:
    """Open a workshop at its first stage, with three buckets offered; who starts it is its facilitator.

    Until people meet, everybody writes for themselves.
    """
    topic = Topic.objects.create(key=f"workshop:{uuid4()}")
    template = templates.copy_for(squad, path)
    workshop = Workshop(squad=squad, title=title, template=template, topic=topic, is_anonymous=is_anonymous)
    workshop.meets_at, workshop.is_ahead = meets_at, meets_at is not None
    workshop.join_code = codes.code_for(workshop)
    workshop.save()
    Participant.objects.create(workshop=workshop, user=by, role=Participant.Role.FACILITATOR)
    Bucket.objects.bulk_create(
        Bucket(workshop=workshop, title=str(title), origin=Bucket.Origin.OFFERED, position=position)
        for position, title in enumerate(BUCKETS)
    )
    live.record(topic, "workshop-started", operation=uuid4(), by=by, payload={"stage": workshop.stage})
    audit.record("workshop-started", workshop, by=by, squad=squad, after={"title": title, "path": path})
    return workshop


@transaction.atomic
def join(workshop: Workshop, *, user: User) -> Participant:
    """The person's place in the workshop, taken the first time they do something in it."""
    participant, is_new = Participant.objects.get_or_create(workshop=workshop, user=user)
    if is_new:
        live.record(
            workshop.topic, "participant-joined", operation=uuid4(), by=user, payload={"participant": participant.pk}
        )
        counting.hint(workshop)
    return participant


@transaction.atomic
def come_to(workshop: Workshop, *, user: User) -> Participant:
    """As `join`, for who wants to do something. Raises TooLate once the workshop rests."""
    writing.is_new(workshop, uuid4())
    return join(workshop, user=user)


@transaction.atomic
def facilitate(workshop: Workshop, *, by: Participant, operation: UUID) -> None:
    """Let a participant run the workshop too."""
    if not writing.is_new(workshop, operation):
        return
    Participant.objects.filter(pk=by.pk).update(role=Participant.Role.FACILITATOR)
    live.record(workshop.topic, "facilitator-joined", operation=operation, by=by.actor, payload={"participant": by.pk})


@transaction.atomic
def move(workshop: Workshop, *, seen: str, to: str, by: Participant, operation: UUID) -> None:
    """Lead everybody from the stage that the facilitator has `seen` to another one, forward or back.

    Raises Refused where somebody else has moved it meanwhile.
    """
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    if workshop.stage != seen:
        raise Refused(moved_already(workshop.stage))
    go(workshop, to=to, by=by.actor, operation=operation)


def go(workshop: Workshop, *, to: str, by: Actor | None, operation: UUID) -> None:
    """Be at another stage, with its whole time box ahead. The caller holds the topic."""
    before, workshop.stage = workshop.stage, to
    workshop.moving_to, workshop.moves_at, workshop.is_ahead = "", None, False
    timer.begin(workshop)
    workshop.save(update_fields=[*MOVING, "stage", "stage_since", "is_ahead"])
    live.record(workshop.topic, "stage-moved", operation=operation, by=by, payload={"from": before, "to": to})


@transaction.atomic
def change_state(
    workshop: Workshop,
    *,
    to: Workshop.State,
    by: Participant,
    operation: UUID,
    dropped: int = 0,
    seen: str = "",
    stage: str = "",
) -> None:
    """Pause, resume or close. What is closed stays readable and can be opened again.

    The clock rests with the workshop and goes on with it; what is opened again or had no time left begins its box anew.

    An anonymous workshop forgets at its close who wrote what, and drops what nobody has revealed. Raises Refused where
    that is more than what was agreed to be `dropped`, and where somebody has changed the state that was `seen` (or, to
    be closed, the `stage`) meanwhile; "" is not compared.
    """
    if not live.is_new(workshop.topic, operation):
        return
    workshop = held(workshop)
    refuse_apart(workshop, to)
    refuse_unseen(workshop, seen, stage if to == Workshop.State.CLOSED else "")
    if to == Workshop.State.CLOSED and (left := anonymity.left_behind(workshop)) > dropped:
        raise Refused(anonymity.losing(left))
    before, workshop.state = workshop.state, to
    workshop.moving_to, workshop.moves_at = "", None
    turn_clock(workshop, before)
    workshop.join_code = codes.code_for(workshop)
    workshop.save(update_fields=[*MOVING, "state", "stage_since", "join_code"])
    live.record(workshop.topic, f"workshop-{to}", operation=operation, by=by.actor, payload={"from": before})
    audit.record(
        f"workshop-{to}", workshop, by=by.member, squad=workshop.squad, before={"state": before}, after={"state": to}
    )
    if to == Workshop.State.CLOSED and workshop.is_anonymous:
        for each in (workshop, *workshop.groups.all()):
            anonymity.forget(each)


def refuse_apart(workshop: Workshop, to: str) -> None:
    """A group ends when it is brought back, and the whole is not closed before. Raises Refused."""
    closed = Workshop.State.CLOSED
    if workshop.is_group and closed in {to, workshop.state}:
        raise Refused(_("A group ends when its cards are brought back to everybody."))
    apart = workshop.groups.unfinished().order_by("pk").first() if to == closed else None
    if apart:
        raise Refused(_("“%(group)s” is still apart. Bring its cards back first.") % {"group": apart.title})


def refuse_unseen(workshop: Workshop, seen: str, stage: str) -> None:
    if seen and workshop.state != seen:
        raise Refused(turned_already(workshop.state))
    if stage and workshop.stage != stage:
        raise Refused(moved_already(workshop.stage))


def turn_clock(workshop: Workshop, before: str) -> None:
    """Let the clock do what the workshop does."""
    if not workshop.is_open:
        timer.rest(workshop, minutes_of(workshop))
        return
    left = workshop.timer_paused_left
    if before == Workshop.State.PAUSED and left:
        timer.go_on(workshop)
        workshop.stage_since = timezone.now()
    elif before != Workshop.State.OPEN:
        timer.begin(workshop)


@transaction.atomic
def say_done(workshop: Workshop, *, stage: str, is_done: bool, by: Participant, operation: UUID) -> None:
    """Tell the others that one has nothing more for this stage, or has again. Once it is over that says nothing."""
    if not writing.is_new(workshop, operation) or held(workshop).stage != stage:
        return
    Participant.objects.filter(pk=by.pk).update(done_stage=stage if is_done else "")
    live.record(workshop.topic, "done-said", operation=operation, by=by.actor, payload={"is_done": is_done})


def held(workshop: Workshop) -> Workshop:
    """The workshop as it is now. `live.is_new` holds its topic, so nobody changes it meanwhile."""
    return Workshop.objects.select_related("squad", "topic", "template").get(pk=workshop.pk)


def minutes_of(workshop: Workshop, stage: str = "") -> int:
    """The minutes of a stage, or of the one everybody is at; 0 where the workshop does not have it."""
    if workshop.is_group and (stage or workshop.stage) not in APART:
        return 0
    prefetch_related_objects([workshop.template], "boxes")  # the page asks for all of them anyway
    found = [box.minutes for box in workshop.template.boxes.all() if box.stage == (stage or workshop.stage)]
    return found[0] if found else 0


def moved_already(stage: str) -> str:
    return _("Somebody has moved on already: you are at “%(stage)s” now.") % {"stage": Stage(stage).label}


def turned_already(state: str) -> str:
    match state:
        case Workshop.State.CLOSED:
            return _("Somebody has closed it meanwhile.")
        case Workshop.State.PAUSED:
            return _("Somebody has paused it meanwhile.")
        case _other:
            return _("Somebody has resumed it meanwhile.")
