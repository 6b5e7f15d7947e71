"""The squad "On-time out of New York", made through the same actions as any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from mdd.actions import squads
from mdd.engines import FlightsServer
from mdd.models import Expectation, Squad, User
from metrics import context
from metrics.actions import dashboards, goals, metrics, queries, sources
from metrics.models import Goal, Metric, Query, Source
from workshops.demo import aims, catalogue, measured, people, statements, workshop
from workshops.demo.aims import Aim
from workshops.demo.catalogue import Entry
from workshops.demo.flights import ZONE

NAME = "On-time out of New York"
SLUG = "on-time-out-of-new-york"
SOURCE = "Flights out of New York"
LOCK = 364


@transaction.atomic
def load(server: FlightsServer) -> Squad:
    """Make source and squad, all of it or nothing. Where they are already, only the server's address is kept right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    source = reach(server)
    return Squad.objects.filter(slug=SLUG).first() or found(source, today=timezone.now().astimezone(ZONE).date())


def reach(server: FlightsServer) -> Source:
    """The source, granted to all squads, pointing at where the server listens now."""
    config = {
        "host": server.host,
        "port": server.port,
        "dbname": server.dbname,
        "user": server.reader,
        "sslmode": "disable",
    }
    secret = {"password": server.reader_password}
    source = Source.objects.filter(name=SOURCE).first()
    if source is None:
        return sources.create(
            name=SOURCE, kind="postgres", config=config | secret, by=None, is_for_all=True, concurrency=2
        )
    if config.items() <= source.config.items() and context.secrets_of(source) == secret:
        return source
    wanted = source.config | config | secret
    return sources.edit(source, name=SOURCE, config=wanted, by=None, is_for_all=source.is_for_all)


def found(source: Source, *, today: date) -> Squad:
    """Make the squad, what it agreed on, and what it measures."""
    cast = people.cast()
    squad = squads.found(name=NAME, zone=ZONE.key, by=cast["Mia"])
    people.join(squad, cast)
    began = workshop.begin(squad, by=cast["Mia"])
    expectations = statements.agree(squad, by=cast["Mia"])
    seen = {entry.name: aim(source, entry, today) for entry in catalogue.ENTRIES}
    statements.find(squad, expectations, seen, by=cast["Ada"])
    asked = {
        name: queries.create(squad, source=source, text=catalogue.text_of(name), cadence=cadence, by=cast["Mia"])
        for name, cadence in catalogue.CADENCES.items()
    }
    for bucket, question, entries in catalogue.DASHBOARDS:
        dashboard = dashboards.create(squad, question=question, bucket=bucket, by=cast["Mia"])
        for entry in entries:
            metric = measure(squad, entry, asked[entry.query], expectations, owner=cast[entry.owner])
            goals.set_goal(metric, plan=promise(entry, seen[entry.name], today), by=cast[entry.owner])
            dashboards.add_tile(dashboard, metric, by=cast["Mia"])
    workshop.hold(began, expectations, cast, today)
    return squad


def aim(source: Source, entry: Entry, today: date) -> Aim:
    """Where the metric stood in the eight weeks before its goal starts, and where its rule wants it."""
    start = entry.timing.start_day(today)
    return entry.aim(measured.days(source, entry, first=start - aims.WINDOW, last=start))


def measure(
    squad: Squad, entry: Entry, query: Query, expectations: Mapping[str, Expectation], *, owner: User
) -> Metric:
    plan = metrics.Plan(
        question=entry.question,
        name=entry.name,
        unit=entry.unit,
        direction=entry.direction,
        instrument=entry.instrument,
        statistic=entry.statistic,
        definition=entry.definition,
        why=entry.why,
        owner=owner,
        expectation=expectations[entry.expectation],
        query=query,
        column=entry.column,
    )
    return metrics.define(squad, plan=plan, by=owner)


def promise(entry: Entry, aim: Aim, today: date) -> goals.Plan:
    return goals.Plan(
        form=form_of(entry),
        baseline=aim.baseline,
        target=aim.target,
        start=entry.timing.start_day(today),
        due=entry.timing.due_day(today),
        why_this_number=aim.why,
        if_wrong=entry.if_wrong,
    )


def form_of(entry: Entry) -> Goal.Form:
    if entry.rule is not aims.hold:
        return Goal.Form.REACH
    return Goal.Form.STAY_ABOVE if entry.is_up else Goal.Form.STAY_BELOW
