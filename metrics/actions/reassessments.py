"""Deciding prompts, putting them off, asking for one by hand. Active goals change only through here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.models import User
from metrics import facts, tiles, triggers
from metrics.actions import goals
from metrics.models import Goal, Metric, Reassessment, Ruling
from metrics.triggers import Case, Choice, Given, subject_of

SNOOZE = timedelta(days=7)
TO_DECIDE = timedelta(days=7)


class Refused(Exception):
    """It cannot be done any more; the message says what came between."""


@dataclass(frozen=True)
class Answers:
    """The three questions, answered. `given` is what the chosen decision wanted to know."""

    choice: Choice
    why: str
    solvable: str
    reason: str
    given: Given


@transaction.atomic
def decide(case: Case, *, answers: Answers, by: User) -> Ruling:
    """Record the one decision about a prompt and do what it says. Raises Refused where somebody was faster.

    The other open prompts about the same goal, or of a metric that is retired, are answered by it too.
    """
    prompts = held(case.prompt, answers.choice)
    first = next(prompt for prompt in prompts if prompt.pk == case.prompt.pk)
    refuse_second(first)
    goal = answers.choice.apply(case, {**answers.given, "reason": answers.reason}, by)
    ruling = rule(first, answers, by, goal)
    Ruling.objects.bulk_create(
        [unsaved(prompt, answers, by, None) for prompt in prompts if prompt != first and not hasattr(prompt, "ruling")]
    )
    return ruling


def held(prompt: Reassessment, choice: Choice) -> Sequence[Reassessment]:
    """The prompt and those that its decision answers too, locked in one order by everybody."""
    together = Q(pk=prompt.pk)
    if prompt.metric_id and choice.decision == Ruling.Decision.RETIRE:
        together |= Q(metric=prompt.metric_id)
    elif prompt.subject.startswith("metrics.goal:"):
        together |= Q(subject=prompt.subject)
    locked = Reassessment.objects.filter(together).order_by("pk").select_for_update(no_key=True)
    pks = [each.pk for each in locked]
    return list(Reassessment.objects.filter(pk__in=pks).select_related("squad", "metric", "ruling__by").order_by("pk"))


def refuse_second(prompt: Reassessment) -> None:
    ruling = getattr(prompt, "ruling", None)
    if ruling is not None:
        told = {"name": ruling.by.name, "decision": triggers.decided(prompt.trigger, ruling.decision)}
        raise Refused(_("%(name)s has decided this already: %(decision)s. Nothing of yours was written.") % told)


def rule(prompt: Reassessment, answers: Answers, by: User, goal: Goal | None) -> Ruling:
    ruling = unsaved(prompt, answers, by, goal)
    ruling.save(force_insert=True)
    after = {"decision": ruling.decision, "reason": ruling.reason, "goal": goal and goal.pk}
    audit.record("reassessment-decided", prompt, by=by, squad=prompt.squad, after=after)
    return ruling


def unsaved(prompt: Reassessment, answers: Answers, by: User, goal: Goal | None) -> Ruling:
    return Ruling(
        reassessment=prompt,
        why=answers.why,
        solvable=answers.solvable,
        decision=answers.choice.decision,
        reason=answers.reason,
        next_review=answers.given.get("next_review"),
        goal=goal,
        by=by,
    )


@transaction.atomic
def snooze(prompt: Reassessment, *, seen: int, by: User) -> Reassessment:
    """Put a prompt off for a week. `seen` is how often it was before: sent twice, it happens once. Raises Refused."""
    prompt = Reassessment.objects.select_for_update(no_key=True, of=("self",)).select_related("squad").get(pk=prompt.pk)
    refuse_second(prompt)
    if prompt.snoozes >= Reassessment.MOST_SNOOZES:
        raise Refused(_("It was put off twice already. Now it wants a decision."))
    if prompt.snoozes != seen:
        return prompt
    prompt.snoozes += 1
    prompt.snoozed_until = timezone.now().astimezone(prompt.squad.tz).date() + SNOOZE
    prompt.due = max(prompt.due, prompt.snoozed_until)
    prompt.save(update_fields=["snoozes", "snoozed_until", "due"])
    audit.record("reassessment-snoozed", prompt, by=by, squad=prompt.squad, after={"snoozes": prompt.snoozes})
    return prompt


@transaction.atomic
def ask(goal: Goal, *, by: User) -> Reassessment:
    """Ask for a goal to be reassessed. Where that is asked already, for whatever reason, that prompt is the answer."""
    metric = goals.locked(goal.metric)
    subject = subject_of(goal)
    about = Reassessment.objects.filter(subject=subject)
    if asked := about.undecided().order_by("opened_at").first():
        return asked
    now = timezone.now()
    prompt = Reassessment.objects.create(
        squad=metric.squad,
        metric=metric,
        trigger="asked",
        occasion=f"{subject}:asked {about.filter(trigger='asked').count() + 1}",
        subject=subject,
        title=metric.question,
        facts=facts.of(tiles.standings(Metric.objects.filter(pk=metric.pk), now)[0]),
        due=now.astimezone(metric.zone).date() + TO_DECIDE,
    )
    audit.record("reassessment-asked", prompt, by=by, squad=metric.squad)
    return prompt
