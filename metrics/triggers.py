"""What may raise a reassessment, and what its three decisions mean. A layer above registers triggers of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeAlias

from django.db.models import Model
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.models import Squad, User
from metrics.models import Goal, Metric, Reassessment, Ruling
from metrics.standing import Standing
from metrics.status import Status
from metrics.tiles import Link

Words: TypeAlias = str | Promise
BROKEN = {Status.ERROR, Status.STALE}


@dataclass(frozen=True)
class Finding:
    """Something that asks for a decision. One occasion is raised once, for ever.

    `since` is the day on which it began: a prompt of the same trigger and subject from that day on was about the same
    thing. `says` is its sentence, where the metric's own does not tell; `standing` is loaded where it is wanted.
    """

    squad: Squad
    subject: str
    occasion: str
    title: str
    metric: Metric | None = None
    standing: Standing | None = None
    since: date | None = None
    says: Callable[[], str] = str


@dataclass(frozen=True)
class Case:
    """A prompt, and how things stand now. `standing` is None where it is not about a metric."""

    prompt: Reassessment
    now: datetime
    standing: Standing | None = None

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.prompt.squad.tz).date()

    @property
    def metric(self) -> Metric | None:
        return self.standing.metric if self.standing else None

    @property
    def goal(self) -> Goal | None:
        return self.standing.goal if self.standing else None

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be said of the number: its source is silent or refuses."""
        return self.standing is not None and self.standing.status in BROKEN

    @property
    def subject(self) -> tuple[str, int]:
        """The model ("metrics.goal") and the id of what it is about."""
        model, _, pk = self.prompt.subject.partition(":")
        return model, int(pk)


Given: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One way to decide: in words, with a form for what it wants to know, and what it does with the answers.

    `apply` runs in the transaction that records the ruling; it answers with the goal that it has set, if any.
    """

    decision: Ruling.Decision
    label: Words
    says: Words
    form: Callable[..., BaseForm]
    apply: Callable[[Case, Given, User], Goal | None]


def nothing(_look: object) -> Iterator[Finding]:
    return iter(())


def metric_page(case: Case) -> Link | None:
    return Link(_("The metric"), case.metric.get_absolute_url()) if case.metric else None


DECIDED = {
    Ruling.Decision.KEEP: gettext_lazy("kept"),
    Ruling.Decision.ADJUST: gettext_lazy("adjusted"),
    Ruling.Decision.RETIRE: gettext_lazy("let go"),
}


@dataclass(frozen=True)
class Trigger:
    """A reason to look again. `look` sees each metric as it stands, `find` asks the database for all there is.

    `asks_why` is False where there is no gap to ask about; `place` is where its subject is looked at,
    `decided` how its three decisions are told afterwards.
    """

    key: str
    label: Words
    choices: Callable[[Case], Sequence[Choice]]
    look: Callable[[Standing], Iterator[Finding]] = nothing
    find: Callable[[datetime], Iterator[Finding]] = nothing
    asks_why: bool = True
    place: Callable[[Case], Link | None] = metric_page
    decided: Mapping[Ruling.Decision, Words] = field(default_factory=lambda: DECIDED)


registered: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    registered.update({trigger.key: trigger for trigger in triggers})


def label_of(key: str) -> Words:
    """In words, also for a trigger that is not known any more."""
    trigger = registered.get(key)
    return trigger.label if trigger else key


def subject_of(row: Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def decided(key: str, decision: str) -> Words:
    """What was decided, in one or two words."""
    trigger = registered.get(key)
    return (trigger.decided if trigger else DECIDED)[Ruling.Decision(decision)]
