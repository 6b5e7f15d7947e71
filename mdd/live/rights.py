"""Where topics are, and who may still follow them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from mdd.models import Topic, User

from . import feeds, wakeups
from .feeds import Admission
from .steps import Cursor

KEY = "rights"  # of the topic whose serial counts their changes


def changed() -> None:
    """Let every process look at once whether those who listen still may. Within the transaction that changes it."""
    Topic.objects.count_on(KEY)
    transaction.on_commit(wakeups.recheck, robust=True)


def changes() -> int:
    """How often rights have changed, as far as no event tells of it."""
    return Topic.objects.filter(key=KEY).values_list("serial", flat=True).first() or 0


def topic(pk: int) -> Topic:
    return Topic.objects.get(pk=pk)


def cursors(pks: Collection[int]) -> dict[int, Cursor]:
    rows = Topic.objects.filter(pk__in=pks).values_list("pk", "epoch", "serial")
    return {pk: Cursor(epoch, serial) for pk, epoch, serial in rows}


def ended(pk: int, admissions: Collection[Admission]) -> dict[Admission, str]:
    """Those who may not go on as they came: "gone", or "changed" where they now see something else."""
    topic = Topic.objects.get(pk=pk)
    audiences = feeds.of(topic).audiences(topic, {each.key for each in admissions})
    sessions = {each.session for each in admissions if each.session}
    alive = Session.objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    living = {"", *alive.values_list("session_key", flat=True)}
    proofs = _proofs({_user(each.key) for each in admissions})
    return {
        each: why
        for each in admissions
        if (why := _why(each, audiences.get(each.key), living, proofs.get(_user(each.key))))
    }


def _why(admission: Admission, audience: str | None, sessions: Collection[str], proof: str | None) -> str:
    if audience is None or admission.session not in sessions:
        return "gone"
    if admission.session and admission.proof != proof:
        return "gone"
    return "changed" if audience != admission.audience.partition(".")[0] else ""


def _user(key: str) -> int | None:
    """Who an actor key means, where that is somebody with an account."""
    *_beside, kind, pk = key.split(":")
    return int(pk) if kind == "user" else None


def _proofs(users: Collection[int | None]) -> dict[int | None, str]:
    """What a session holds that was opened with the password that each has now."""
    rows = User.objects.filter(pk__in=[pk for pk in users if pk], is_active=True)
    return {user.pk: user.get_session_auth_hash() for user in rows}


def seen(pk: int, keys: Collection[str]) -> None:
    topic = Topic.objects.get(pk=pk)
    feeds.of(topic).seen(topic, keys)
