"""Survivors become metrics, each exactly once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import User
from metrics.actions import dashboards, goals, queries
from metrics.actions import metrics as definitions
from metrics.models import Dashboard, Goal, Metric, Query, Source
from metrics.slots import Cadence
from workshops import focus
from workshops.actions import guessing, writing
from workshops.actions.refusals import Refused
from workshops.models import Adoption, Bucket, Card, Participant
from workshops.trails import Trail


@dataclass(frozen=True)
class Question:
    """A query that nobody asks yet."""

    source: Source
    text: str
    cadence: Cadence


@dataclass(frozen=True)
class Plan:
    """What a survivor becomes: a metric, fed by `question` if that is new, with its goal.

    A goal to reach whose baseline is not known waits until it is measured.
    """

    metric: definitions.Plan
    goal: goals.Plan
    question: Question | None = None


@transaction.atomic
def adopt(card: Card, *, plan: Plan, by: Participant, operation: UUID) -> Adoption:
    """Turn a survivor into a metric. Adopting it again answers with the first adoption.

    Raises Refused where the card does not survive any more, TooLate while the workshop rests, SourceError where its
    question cannot be asked.
    """
    topic = card.workshop.topic
    live.is_new(topic, operation)
    rows = Card.objects.select_for_update(of=("self",)).select_related("workshop__squad", "workshop__template")
    card = rows.get(pk=card.pk)
    if adoption := Adoption.objects.select_related("metric", "by").filter(card=card).first():
        return adoption
    writing.refuse_to_adopt(card.workshop)

    trail = Trail(card, *Bucket.objects.filter(workshop=card.workshop_id))
    bucket = settled(card)
    guessing.open_up(bucket)
    metric = define(card, plan, by.member)
    dashboards.invite(dashboard_of(bucket, by.member), metric, by=by.member)
    set_out(metric, plan.goal, by.member)
    adoption = Adoption.objects.create(card=card, metric=metric, by=by.member)
    payload = {"card": card.pk, "metric": metric.pk, "rows": trail.since(bucket)}
    live.record(topic, "card-adopted", operation=operation, by=by.actor, payload=payload)
    return adoption


def must_not_be_adopted(card: Card) -> None:
    """For whoever parks or moves a card, under the lock of its workshop's topic. Raises Refused."""
    if Adoption.objects.filter(card=card).exists():
        raise Refused(_("“%(card)s” is a metric already. Retire the metric if nobody needs it.") % {"card": card.text})


def settled(card: Card) -> Bucket:
    """The bucket of a card that survives; alone, adopting is what makes it survive. Raises Refused."""
    if card.state == Card.State.PARKED:
        raise Refused(_("“%(card)s” was parked meanwhile. Bring it back first.") % {"card": card.text})
    if card.state != Card.State.SURVIVED and not card.workshop.template.is_solo:
        raise Refused(_("“%(card)s” is not settled yet. Keep or park it first.") % {"card": card.text})
    if card.bucket is None or card.state != Card.State.SURVIVED:
        card.bucket, card.state = card.bucket or bucket_of_its_own(card), Card.State.SURVIVED
        card.save(update_fields=["bucket", "state"])
    return card.bucket


def bucket_of_its_own(card: Card) -> Bucket:
    """The bucket of a workshop for what was put in none: it is called like the workshop, and becomes one dashboard."""
    workshop = card.workshop
    wanted = {"title": Truncator(workshop.title).chars(60), "origin": Bucket.Origin.HUMAN}
    buckets = Bucket.objects.filter(workshop=workshop)
    last = buckets.aggregate(last=Max("position"))["last"] or 0
    return buckets.filter(**wanted).first() or Bucket.objects.create(
        workshop=workshop, question=workshop.title, position=last + 1, **wanted
    )


def define(card: Card, plan: Plan, by: User) -> Metric:
    """Raises SourceError."""
    wanted = plan.metric
    if plan.question:
        wanted = replace(wanted, query=ask(card, plan.question, by))
    return definitions.define(card.workshop.squad, plan=wanted, by=by)


def ask(card: Card, question: Question, by: User) -> Query:
    squad = card.workshop.squad
    return queries.create(squad, source=question.source, text=question.text, cadence=question.cadence, by=by)


def dashboard_of(bucket: Bucket, by: User) -> Dashboard:
    """What the bucket has become; the first adoption makes it."""
    if bucket.dashboard is None:
        decision = focus.latest(bucket.workshop)
        bucket.dashboard = dashboards.create(
            bucket.workshop.squad,
            question=bucket.question or bucket.title,
            bucket=bucket.title,
            review_date=decision.review_date if decision else None,
            by=by,
        )
        bucket.save(update_fields=["dashboard"])
    return bucket.dashboard


def set_out(metric: Metric, wanted: goals.Plan, by: User) -> Goal:
    """Set the goal; one to reach starts from its baseline, or waits for it as a draft."""
    if wanted.form != Goal.Form.REACH:
        return goals.set_goal(metric, plan=wanted, by=by)
    if wanted.baseline is None:
        return goals.draft(metric, plan=wanted, by=by)
    return goals.set_goal(metric, plan=goals.fitting(wanted, metric.direction, wanted.baseline), by=by)
