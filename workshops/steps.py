"""The one next step of a squad: the first thing that is missing on the way to a number it acts on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd.models import Squad
from metrics import sentences, words
from metrics.models import Dashboard
from metrics.standing import Standing
from metrics.status import Status
from metrics.tiles import Link
from workshops import rings
from workshops.loops import QUESTIONS, Loop, Point
from workshops.models import Stage, Workshop

LONG_AGO = timedelta(days=180)
SOUND = (Status.MET, Status.ON_PACE, Status.QUIET, None)


@dataclass(frozen=True)
class Step:
    """The one thing to do next, and at most one other way to go."""

    title: str
    text: str
    action: str = ""
    url: str = ""
    other: Link | None = None


@dataclass(frozen=True)
class Scene:
    """What the next step depends on. `drafts` are the metrics whose goal waits for a measured baseline."""

    squad: Squad
    loop: Loop
    standings: Sequence[Standing]
    dashboards: Sequence[Dashboard]
    drafts: frozenset[int]
    may_write: bool
    may_decide: bool
    is_alone: bool


def next_step(scene: Scene) -> Step:
    if not scene.may_write:
        return look_at_the_worst(scene) if scene.standings else look_in(scene)
    return next(filter(None, (wanted(scene) for wanted in IN_ORDER)), None) or look_at_the_worst(scene)


def go_in(scene: Scene) -> Step | None:
    workshop = scene.loop.unfinished
    if workshop is None or not (workshop.is_open and scene.loop.is_in_workshop):
        return None
    span = rings.spell(timezone.now() - workshop.stage_since)
    if workshop.is_ahead:
        return before_the_meeting(scene, workshop)
    said = {"stage": Stage(workshop.stage).label, "span": span}
    where = _("It is at “%(stage)s”, for %(span)s by now.") if span else _("It has just come to “%(stage)s”.")
    invites = _("Carry on where you were.") if scene.is_alone else _("Everybody in the squad can join in.")
    return Step(
        _("“%(title)s” is under way") % {"title": workshop.title},
        f"{where % said} {invites}",
        _("Go in"),
        workshop.get_absolute_url(),
    )


def before_the_meeting(scene: Scene, workshop: Workshop) -> Step:
    day = formats.date_format(timezone.localtime(workshop.meets_at, scene.squad.tz), _("l j F, H:i"))
    return Step(
        _("“%(title)s” meets on %(day)s") % {"title": workshop.title, "day": day},
        _("Until then everybody writes and throws for themselves, unseen."),
        _("Write something down"),
        workshop.get_absolute_url(),
    )


def go_back(scene: Scene) -> Step | None:
    workshop = scene.loop.unfinished
    if workshop is None or workshop.is_open:
        return None
    since = timezone.localtime(workshop.stage_since, scene.squad.tz)
    said = {"stage": Stage(workshop.stage).label, "day": formats.date_format(since, _("j M Y"))}
    where = _("It has been at “%(stage)s” since %(day)s, and nothing of it is lost.") % said
    title = _("“%(title)s” rests") % {"title": workshop.title}
    if timezone.now() - since > LONG_AGO:
        text = _("Life went on, that is fine. Carry on where it stopped, or let it rest and start afresh.")
        afresh = Link(_("Start afresh"), reverse("workshops:start", args=[scene.squad.slug]))
        return Step(title, f"{where} {text}", _("Look at it again"), workshop.get_absolute_url(), afresh)
    text = _("Resume it when you like.") if scene.is_alone else _("Resume it when you are together again.")
    return Step(title, f"{where} {text}", _("Go back to it"), workshop.get_absolute_url())


def decide(scene: Scene) -> Step | None:
    if not (scene.may_decide and scene.loop.prompts):
        return None
    first, n = scene.loop.prompts[0], len(scene.loop.prompts)
    is_late = first.due < timezone.localdate(timezone=scene.squad.tz)
    when = _("Due since %(day)s: %(title)s") if is_late else _("Due on %(day)s: %(title)s")
    return Step(
        ngettext("One thing wants a decision", "%(n)d things want a decision", n) % {"n": n},
        when % {"day": formats.date_format(first.due, _("j M")), "title": first.title},
        _("Decide it") if n == 1 else _("Decide the first"),
        first.get_absolute_url(),
    )


def adopt(scene: Scene) -> Step | None:
    workshop, n = scene.loop.workshop, scene.loop.waiting
    if workshop is None or n == 0:
        return None
    first = reverse("workshops:adopt", args=[workshop.pk, scene.loop.first_waiting])
    return Step(
        ngettext("One survivor waits to become a metric", "%(n)d survivors wait to become metrics", n) % {"n": n},
        _("Say whose it is, where it comes from, where it shall be by when, and what you do if it goes wrong."),
        _("Take the first"),
        first,
    )


def begin(scene: Scene) -> Step | None:
    if scene.standings or scene.loop.now.point != Point.DELIVER:
        return None
    start = reverse("workshops:start", args=[scene.squad.slug])
    together = Link(_("Start a workshop"), start)
    alone = Link(_("Alone, in 15 minutes"), f"{start}?path=alone")
    main, other = (alone, together) if scene.is_alone else (together, alone)
    return Step(
        _("Ask what you are doing here"),
        _("Four questions are where every good number begins: 90 minutes with the squad, or 15 alone."),
        main.label,
        main.url,
        other,
    )


def answer_on(scene: Scene) -> Step | None:
    point = scene.loop.now.point
    if scene.standings or point not in QUESTIONS:
        return None
    asks = {
        Point.CUSTOMERS: _("Who are your customers?"),
        Point.EXPECT: _("What do they expect?"),
        Point.MEET: _("Do you meet them?"),
    }
    return Step(
        asks[point],
        _("You have begun with the four questions. This one comes next."),
        _("Answer it"),
        reverse("workshops:statements", args=[scene.squad.slug]) + f"#{point}",
        Link(_("Start a workshop"), reverse("workshops:start", args=[scene.squad.slug])),
    )


def ask_for_numbers(scene: Scene) -> Step | None:
    if scene.standings:
        return None
    return Step(
        _("Ask for the first numbers"),
        _("Which answers would change what you do next week? Throw all you can think of, then keep a few."),
        _("Start a workshop"),
        reverse("workshops:start", args=[scene.squad.slug]),
        Link(_("Write one metric yourself"), reverse("metrics:new", args=[scene.squad.slug])),
    )


def mend_a_query(scene: Scene) -> Step | None:
    broken = next((each for each in scene.standings if each.status is Status.ERROR), None)
    if broken is None or broken.metric.query_id is None:
        return None
    url = reverse("metrics:query", args=[broken.metric.query_id])
    return Step(broken.metric.question, answer(broken), _("Look at the query"), url)


def set_a_goal(scene: Scene) -> Step | None:
    without = next((each for each in scene.standings if each.goal is None and each.metric.pk not in scene.drafts), None)
    if without is None:
        return None
    metric = without.metric
    waits = {each.metric_id: dashboard for dashboard in scene.dashboards for each in dashboard.waiting.all()}
    then = _("A number without a goal asks nothing of anybody, and cannot stand on a dashboard.")
    if metric.pk in waits:
        then = _("With a goal it stands on “%(dashboard)s” at once.") % {"dashboard": waits[metric.pk].question}
    return Step(
        _("Give “%(question)s” a goal") % {"question": metric.question},
        then,
        _("Set the goal"),
        reverse("metrics:goal", args=[metric.pk]),
    )


def build_a_dashboard(scene: Scene) -> Step | None:
    has_tiles = any(dashboard.tiles.all() for dashboard in scene.dashboards)
    if has_tiles or len(scene.drafts) == len(scene.standings):
        return None
    url = reverse("metrics:add-tile", args=[scene.dashboards[0].pk]) if scene.dashboards else ""
    return Step(
        _("Put your numbers side by side"),
        _("One question, the few numbers that answer it. Everybody in the squad sees them move."),
        _("Build the dashboard"),
        url or reverse("metrics:new-dashboard", args=[scene.squad.slug]),
    )


def look_at_the_worst(scene: Scene) -> Step:
    worst = scene.standings[0]
    if worst.status not in SOUND:
        return Step(worst.metric.question, answer(worst), _("Look at it"), worst.metric.get_absolute_url())
    if worst.goal is None:
        return Step(_("Nothing needs you today"), _("The goals wait for their first measured days."))
    return Step(_("Nothing needs you today"), _("Every goal is met or on pace. Look again when something moves."))


def answer(now: Standing) -> str:
    """What the number is and why it needs somebody: no tile stands beside it to say what is counted."""
    value = "" if now.value is None else f"{words.beside(now.value, now.goal, now.metric.unit)}. "
    return value + sentences.sentence(now)


def look_in(scene: Scene) -> Step:
    return Step(
        _("The squad is at “%(point)s”") % {"point": scene.loop.now.point.label},
        _("You look in here; nothing waits for you. Its numbers will show up below."),
    )


IN_ORDER: Sequence[Callable[[Scene], Step | None]] = (
    go_in,
    decide,
    go_back,
    adopt,
    begin,
    answer_on,
    ask_for_numbers,
    mend_a_query,
    set_a_goal,
    build_a_dashboard,
)
