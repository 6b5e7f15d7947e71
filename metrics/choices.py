"""What keep, adjust and retire mean for a goal, a silent source, a number without an owner, a dashboard."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mdd.models import User
from metrics.actions import dashboards, doing, goals, metrics
from metrics.forms.reassessments import AdjustPart, KeepPart, Nothing, OwnerPart
from metrics.models import Dashboard, Goal, Metric, Ruling, Tile
from metrics.tiles import Link
from metrics.triggers import DECIDED, Case, Choice, Given, metric_page

KEEP, ADJUST, RETIRE = Ruling.Decision.KEEP, Ruling.Decision.ADJUST, Ruling.Decision.RETIRE


HANDED_OVER = {**DECIDED, ADJUST: gettext_lazy("handed over")}
TIDIED = {**DECIDED, ADJUST: gettext_lazy("tidied"), RETIRE: gettext_lazy("cleared")}


def of_metric(case: Case) -> Sequence[Choice]:
    """What may be decided about a number and its goal. Nobody sets a goal for a number that cannot be seen."""
    if is_retired(case):
        return [retire(case)]
    return [mend(), retire(case)] if case.is_broken else [keep(case), adjust(case), retire(case)]


def is_retired(case: Case) -> bool:
    return metric_of(case).state == Metric.State.RETIRED


def keep(case: Case) -> Choice:
    goal = gettext_lazy("The goal stays as it is. Somebody does something about the gap until a day.")
    number = gettext_lazy("The number stays as it is. Somebody does something about it until a day.")
    return Choice(KEEP, gettext_lazy("Keep"), goal if case.goal else number, KeepPart, promise)


def mend() -> Choice:
    says = gettext_lazy(
        "Nothing can be said of the goal while no data comes in. Somebody mends the source until a day."
    )
    return Choice(KEEP, gettext_lazy("Keep, and mend the source"), says, KeepPart, promise)


def promise(case: Case, given: Given, by: User) -> None:
    asked = ("text", "owner", "due", "expected_effect")
    doing.promise(case.prompt, by=by, **{name: given[name] for name in asked})


def adjust(case: Case) -> Choice:
    if case.goal:
        says = gettext_lazy("A new goal takes over. The old one ends and stays on the chart.")
        return Choice(ADJUST, gettext_lazy("Adjust"), says, AdjustPart, set_new_goal)
    return Choice(ADJUST, gettext_lazy("Set a goal"), what_a_goal_begins(case), AdjustPart, set_new_goal)


def what_a_goal_begins(case: Case) -> str:
    if metric_of(case).goals.exclude(state=Goal.State.DRAFT).exists():
        return _("The old goal has ended already. A new one begins.")
    return _("It has no goal yet. The first one begins.")


def set_new_goal(case: Case, given: Given, by: User) -> Goal:
    """Raises PeriodTaken."""
    if case.goal:
        return goals.succeed(case.goal, plan=given["plan"], because=given["reason"], by=by)
    return goals.set_goal(metric_of(case), plan=given["plan"], by=by)


def retire(case: Case) -> Choice:
    return Choice(RETIRE, gettext_lazy("Retire"), what_retiring_does(case), Nothing, retire_metric)


def what_retiring_does(case: Case) -> str:
    if is_retired(case):
        return _("It is retired already. This keeps the lesson.")
    stays = _("The question is let go, with the lesson. Its numbers stay, its goal ends, nothing new is collected.")
    on = Tile.objects.filter(metric=case.metric).count()
    leaves = ngettext("It leaves %(n)d dashboard.", "It leaves %(n)d dashboards.", on) % {"n": on} if on else ""
    return f"{stays} {leaves}".strip()


def retire_metric(case: Case, given: Given, by: User) -> None:
    metrics.retire(metric_of(case), by=by)


def metric_of(case: Case) -> Metric:
    if case.metric is None:
        raise LookupError("It is not about a metric.")
    return case.metric


def of_ownerless(case: Case) -> Sequence[Choice]:
    """A number whose owner has left the squad."""
    says = gettext_lazy("Somebody who is in the squad keeps the number from now on.")
    hand_over = Choice(ADJUST, gettext_lazy("Hand it over"), says, OwnerPart, set_owner)
    stay = Choice(
        KEEP,
        gettext_lazy("Keep it as it is"),
        gettext_lazy("It stays with who has left, and somebody finds a new owner until a day."),
        KeepPart,
        promise,
    )
    return [retire(case)] if is_retired(case) else [stay, hand_over, retire(case)]


def set_owner(case: Case, given: Given, by: User) -> None:
    metrics.describe(metric_of(case), by=by, owner=given["owner"])


def of_review(case: Case) -> Sequence[Choice]:
    return of_dashboard(case) if case.prompt.metric_id is None else of_metric(case)


def of_dashboard(case: Case) -> Sequence[Choice]:
    """A dashboard as a whole."""
    shown = Dashboard.objects.get(pk=case.subject[1])
    stay = Choice(
        KEEP,
        gettext_lazy("Keep"),
        gettext_lazy("The dashboard stays as it is. Somebody does something about it until a day."),
        KeepPart,
        keep_dashboard,
    )
    says = gettext_lazy("Numbers without a goal leave it. They stay among the metrics.")
    tidy = Choice(ADJUST, gettext_lazy("Take off what has no goal"), says, Nothing, take_off_the_unwatched)
    says = gettext_lazy("All numbers leave it; they stay among the metrics, with their goals.")
    clear = Choice(RETIRE, gettext_lazy("Clear it"), says, Nothing, take_off_everything)
    return [stay, tidy, clear] if shown.degraded_since else [stay, clear]


def dashboard_page(case: Case) -> Link:
    return Link(_("The dashboard"), Dashboard.objects.get(pk=case.subject[1]).get_absolute_url())


def reviewed_page(case: Case) -> Link | None:
    return dashboard_page(case) if case.prompt.metric_id is None else metric_page(case)


def keep_dashboard(case: Case, given: Given, by: User) -> None:
    Dashboard.objects.filter(pk=case.subject[1]).update(review_date=given["next_review"])
    promise(case, given, by)


def take_off_the_unwatched(case: Case, given: Given, by: User) -> None:
    take_off(case, by, metric__in=Metric.objects.unwatched().values("pk"))


def take_off_everything(case: Case, given: Given, by: User) -> None:
    Dashboard.objects.filter(pk=case.subject[1]).update(review_date=None)
    take_off(case, by)


def take_off(case: Case, by: User, **which: object) -> None:
    tiles = Tile.objects.filter(dashboard=case.subject[1], **which)
    for tile in tiles.select_related("dashboard__squad").order_by("metric"):
        dashboards.remove_tile(tile, by=by)
