"""Where topics are, and who may still follow them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.sessions.models import Session
from django.utils import timezone

from mdd.models import Topic

from . import feeds
from .feeds import Admission
from .steps import Cursor


def cursor(pk: int) -> Cursor:
    topic = Topic.objects.get(pk=pk)
    return Cursor(topic.epoch, topic.serial)


def cursors(pks: Collection[int]) -> dict[int, Cursor]:
    rows = Topic.objects.filter(pk__in=pks).values_list("pk", "epoch", "serial")
    return {pk: Cursor(epoch, serial) for pk, epoch, serial in rows}


def still(pk: int, admissions: Iterable[Admission]) -> set[Admission]:
    """Those who may go on listening: their session lives, and they see what they saw when they came."""
    asked = set(admissions)
    topic = Topic.objects.get(pk=pk)
    audiences = feeds.of(topic).audiences(topic, {each.key for each in asked})
    sessions = {each.session for each in asked if each.session}
    alive = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    keys = {"", *alive.values_list("session_key", flat=True)}
    return {each for each in asked if audiences.get(each.key) == each.audience and each.session in keys}


def seen(pk: int, keys: Collection[str]) -> None:
    topic = Topic.objects.get(pk=pk)
    feeds.of(topic).seen(topic, keys)
