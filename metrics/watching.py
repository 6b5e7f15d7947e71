"""What asks for a reassessment as a metric stands: pure, a standing in, findings out. Days are the squad's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from metrics import pace
from metrics.models import Goal
from metrics.slots import DAY
from metrics.standing import Standing
from metrics.status import Status
from metrics.triggers import Finding, subject_of

PERIODS = {"days": 14, "weeks": 3}
SILENT = timedelta(days=3)


def about_goal(now: Standing, goal: Goal, occasion: str, since: date) -> Finding:
    subject = subject_of(goal)
    return Finding(
        now.metric.squad,
        subject,
        f"{subject}:{occasion}",
        now.metric.question,
        metric=now.metric,
        standing=now,
        since=since,
    )


def missed(now: Standing) -> Iterator[Finding]:
    """The due date is past and its period is over, and the goal is not met, or there is nothing to judge it by."""
    if now.goal is None or now.last is None or now.last.day < now.goal.due or now.was_met:
        return
    if now.pace is Status.MISSED or now.status is Status.NO_DATA:
        yield about_goal(now, now.goal, "due", now.goal.due)


def off_pace(now: Standing) -> Iterator[Finding]:
    """Off pace in each of the last 14 closed days, or 3 closed weeks where there is one value a week."""
    if now.goal is None or now.pace is not Status.OFF_PACE:
        return
    row = off_pace_row(now, now.goal)
    if len(row) >= PERIODS["weeks" if now.rhythm.length > DAY else "days"]:
        since = now.goal.start if now.may_be_longer(len(row)) else row[0]
        yield about_goal(now, now.goal, since.isoformat(), since)


def off_pace_row(now: Standing, goal: Goal) -> list[date]:
    """The last closed periods of the goal in a row on which it was off pace, oldest first."""
    row: list[date] = []
    for end in range(len(now.closed), 0, -1):
        day = now.closed[end - 1].day
        if day < goal.start or pace.pace(goal, now.closed[max(end - 2, 0) : end]) is not Status.OFF_PACE:
            break
        row.append(day)
    return row[::-1]


def review(now: Standing) -> Iterator[Finding]:
    """The day has come on which the goal wanted to be looked at again."""
    goal = now.goal
    if goal and goal.review_date and goal.review_date <= now.today:
        yield about_goal(now, goal, f"review {goal.review_date.isoformat()}", goal.review_date)


def stale(now: Standing) -> Iterator[Finding]:
    """Nothing has come in, or the source has refused, for more than three days."""
    since = silent_since(now)
    if since is None or now.now - since <= SILENT:
        return
    subject = subject_of(now.metric)
    yield Finding(
        now.metric.squad,
        subject,
        f"{subject}:{since.isoformat()}",
        now.metric.question,
        metric=now.metric,
        standing=now,
        since=since.astimezone(now.rhythm.zone).date(),
    )


def silent_since(now: Standing) -> datetime | None:
    """When it became overdue; for what is broken, when it last answered or, if it never did, was first asked to."""
    if now.status is Status.STALE:
        return now.feed.fresh_until
    if now.status is Status.ERROR and now.metric.query:
        return now.metric.query.answered_at or now.metric.query.created_at
    return None
