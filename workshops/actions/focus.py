"""Choosing the main question: phrasing, dots, consent, and the decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mdd import live
from metrics.actions import dashboards
from workshops import entered, focus
from workshops.actions import anonymity, deeds, guessing, writing
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Bucket, Consent, Decision, Participant, Vote, Workshop
from workshops.trails import Rows, Trail


@dataclass(frozen=True)
class Phrasing:
    """A bucket as one question, with its decision test."""

    question: str
    if_rises: str
    if_falls: str
    unit: str = ""


@transaction.atomic
def phrase(bucket: Bucket, *, wanted: Phrasing, seen: str, by: Participant, operation: UUID) -> None:
    """Say as one question what a bucket asks. Raises Refused where somebody has done so since it was `seen`."""
    if not writing.is_new(bucket.workshop, operation):
        return
    bucket = Bucket.objects.select_related("workshop__topic").get(pk=bucket.pk)
    if bucket.stamp != seen:
        raise Refused(
            _("Somebody has phrased it meanwhile: “%(question)s”. Yours is kept here; save it to replace theirs.")
            % {"question": bucket.question}
        )
    guessing.must_keep_its_unit(bucket, wanted.unit)
    trail = Trail(bucket)
    Bucket.objects.filter(pk=bucket.pk).update(**asdict(wanted))
    payload = {"bucket": bucket.pk, "rows": trail.since()}
    live.record(bucket.workshop.topic, "bucket-phrased", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def dot(bucket: Bucket, *, change: int, by: Participant, operation: UUID, voice: Participant | None = None) -> None:
    """Put one more dot on a bucket, or take one off. A `voice` is spoken for. Raises Refused."""
    if not writing.is_new(bucket.workshop, operation):
        return
    buckets = [each.pk for each in focus.candidates(bucket.workshop)]
    if focus.is_open(bucket.workshop):
        raise Refused(_("The dots are open now. Ask a facilitator to vote again."))
    if bucket.pk not in buckets:
        raise Refused(_("Nothing in “%(title)s” has survived, so it takes no dots.") % {"title": bucket.title})
    voter = voice or by
    trail = Trail(*voter.votes.all())
    mine = {vote.bucket_id: vote.dots for vote in voter.votes.filter(bucket__in=buckets)}
    voter.votes.exclude(bucket__in=buckets).delete()
    if sum(mine.values()) + change > focus.budget(len(buckets)):
        raise Refused(_("All your dots are placed. Take one back first."))
    place(bucket, mine.get(bucket.pk, 0) + change, voter)
    note(bucket, "dot-placed", trail.since(*voter.votes.all()), by, operation)


def place(bucket: Bucket, dots: int, by: Participant) -> None:
    if dots > 0:
        Vote.objects.update_or_create(bucket=bucket, participant=by, defaults={"dots": dots})
    else:
        Vote.objects.filter(bucket=bucket, participant=by).delete()


@transaction.atomic
def reveal_dots(workshop: Workshop, *, is_revealed: bool, by: Participant, operation: UUID) -> None:
    """Open the dots, or close them so that people vote again. Raises Refused where there are none."""
    if not writing.is_new(workshop, operation):
        return
    rows = Vote.objects.filter(bucket__workshop=workshop)
    counted = {entered.COUNT: entered.people(rows)}
    if not turn(workshop, rows, is_revealed=is_revealed, is_sure=True):
        raise Refused(_("Nobody has put a dot yet."))
    kind = "dots-revealed" if is_revealed else "dots-hidden"
    live.record(workshop.topic, kind, operation=operation, by=by.actor, payload=counted)


@transaction.atomic
def ask_about(bucket: Bucket, *, by: Participant, operation: UUID) -> None:
    """Ask everybody whether they can live with this bucket's question. Raises Refused."""
    topic = bucket.workshop.topic
    if not writing.is_new(bucket.workshop, operation):
        return
    must_be_choosable(bucket)
    live.record(topic, focus.ASKED, operation=operation, by=by.actor, payload={"bucket": bucket.pk})


@transaction.atomic
def consent(
    bucket: Bucket,
    *,
    value: str,
    text: str,
    seen: str,
    by: Participant,
    operation: UUID,
    voice: Participant | None = None,
) -> None:
    """Say privately whether one can live with it in the words that were `seen`. Raises TooLate.

    The last word counts, until it is revealed. A `voice` is spoken for.
    """
    if not writing.is_new(bucket.workshop, operation):
        return
    if Consent.objects.filter(bucket=bucket, about=seen, is_revealed=True).exists():
        raise TooLate(_("The answers are open now. Ask a facilitator to ask again."))
    said = {"value": value, "text": text}
    speaker = voice or by
    trail = Trail(*speaker.consents.filter(bucket=bucket, about=seen))
    answer, _new = Consent.objects.update_or_create(bucket=bucket, participant=speaker, about=seen, defaults=said)
    note(bucket, "consent-given", trail.since(answer), by, operation)


@transaction.atomic
def reveal_consents(
    bucket: Bucket, *, is_revealed: bool, by: Participant, operation: UUID, is_sure: bool = False
) -> None:
    """Open the answers to a bucket's words, or close them so that people answer again. Raises Refused."""
    topic = bucket.workshop.topic
    if not writing.is_new(bucket.workshop, operation):
        return
    now = Bucket.objects.get(pk=bucket.pk)
    rows = Consent.objects.to_words_of(now)
    counted = {entered.COUNT: entered.people(rows)}
    if not turn(bucket.workshop, rows, is_revealed=is_revealed, is_sure=is_sure):
        raise Refused(_("Nobody has answered yet."))
    kind = "consents-revealed" if is_revealed else "consents-hidden"
    told = {"bucket": bucket.pk, "about": now.stamp}
    live.record(topic, kind, operation=operation, by=by.actor, payload=told | counted)


def turn(workshop: Workshop, rows: QuerySet[Any], *, is_revealed: bool, is_sure: bool) -> bool:
    """Turn rows face up or down, if there are any. What has lost its author cannot be given back: it is dropped."""
    if not rows.exists():
        return False
    if is_revealed:
        anonymity.reveal(workshop, rows.filter(is_revealed=False), is_sure=is_sure)
    elif workshop.is_anonymous:
        rows.delete()
    else:
        rows.update(is_revealed=False)
    return True


def note(bucket: Bucket, kind: str, rows: Rows, by: Participant, operation: UUID) -> None:
    """What is between one person and the log."""
    deeds.record(
        bucket.workshop,
        kind,
        rows=rows,
        by=by,
        operation=operation,
        payload={"bucket": bucket.pk},
        is_private=True,
    )


@dataclass(frozen=True)
class Choice:
    """What a facilitator says about the main question beyond the bucket's own words."""

    guardrail: str
    gaming: str
    dissent: str
    review_date: date


@transaction.atomic
def decide(bucket: Bucket, *, choice: Choice, about: str, seen: int, by: Participant, operation: UUID) -> Decision:
    """Make a bucket's question the main one, under the number after the one that was `seen`.

    Sent again it answers with the decision in force. Raises Refused where somebody has decided since, TooLate
    where the bucket has other words by now than those that it is `about`.
    """
    workshop = bucket.workshop
    is_new, last = writing.is_new(workshop, operation), focus.latest(workshop)
    if not is_new and last:
        return last
    if (last.number if last else 0) != seen:
        raise Refused(already_decided(last))
    bucket = must_be_choosable(bucket)
    if bucket.stamp != about:
        said = _("Somebody has phrased it meanwhile: “%(question)s”. Ask everybody about these words first.")
        raise TooLate(said % {"question": bucket.question})
    words = {"question": bucket.question, "if_rises": bucket.if_rises, "if_falls": bucket.if_falls}
    decision = Decision.objects.create(
        workshop=workshop, number=seen + 1, bucket=bucket, by=by.member, **words, **asdict(choice)
    )
    guessing.open_up(bucket)
    if bucket.dashboard:
        dashboards.look_again(bucket.dashboard, on=choice.review_date, by=by.member)
    live.record(
        workshop.topic, "main-question-decided", operation=operation, by=by.actor, payload={"decision": decision.pk}
    )
    return decision


def must_be_choosable(bucket: Bucket) -> Bucket:
    """The bucket as it is now. Raises Refused unless its decision test leads somewhere."""
    bucket = Bucket.objects.select_related("workshop__topic", "dashboard__squad").get(pk=bucket.pk)
    if not focus.is_choosable(bucket):
        raise Refused(_("Say first what you will do if “%(title)s” rises or falls.") % {"title": bucket.title})
    return bucket


def already_decided(last: Decision | None) -> str:
    if last is None:
        return _("There is no decision to look at again.")
    return _("%(name)s has decided meanwhile: “%(question)s”. Look at it, then decide again if you must.") % {
        "name": last.by.name,
        "question": last.question,
    }
