"""Following a topic: where it stands since a page was made. Streams are let in by this view too."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mdd.http import Request
from mdd.live import feeds, looks, steps, wakeups
from mdd.live.feeds import Admission
from mdd.live.frames import Frame
from mdd.live.steps import Cursor
from mdd.models import Topic

HEX = re.compile(r"\b[0-9a-f]{8}\b")


class Followed(JsonResponse):
    """What a page that asks again and again gets, and what the endpoint of streams begins with."""

    def __init__(
        self,
        admission: Admission,
        epoch: UUID,
        frame: Frame,
        *,
        shown: Collection[int] = (),
        more: Mapping[str, object] | None = None,
    ) -> None:
        self.admission = admission
        self.epoch = epoch
        self.frame = frame
        self.shown = shown
        super().__init__({"epoch": str(epoch)} | dict(more or {}) | frame.told())
        self["Cache-Control"] = "no-store"


@require_safe
def follow(request: Request, pk: int) -> JsonResponse:
    topic = get_object_or_404(Topic, pk=pk)
    admission = feeds.of(topic).admit(request, topic).reading(get_language() or "")
    admission = admission._replace(proof=request.session.get(HASH_SESSION_KEY, ""))
    if feeds.watched(topic):
        return look(request, topic, admission)
    since = Cursor.read(request.GET.get("since", ""))
    more = {} if streams(request) else {"whispers": wakeups.whispered(pk)}
    return Followed(admission, topic.epoch, steps.tail(pk, admission.audience, since), more=more)


def look(request: Request, topic: Topic, admission: Admission) -> Followed:
    """A stream begins with what its process holds, so that nothing is drawn for each listener."""
    shown = versions(request)
    if streams(request):
        return Followed(admission, topic.epoch, Frame(topic.serial, topic.serial), shown=shown)
    frame, stamp = looks.asked(topic, admission.audience, request.GET.get("stamp", ""), shown)
    return Followed(admission, topic.epoch, frame, more={"stamp": stamp})


def streams(request: Request) -> bool:
    return "text/event-stream" in request.headers.get("Accept", "")


def versions(request: Request) -> frozenset[int]:
    """Of the parts that the page shows, "3f2a01bc.…"."""
    return frozenset(int(each, 16) for each in HEX.findall(request.GET.get("shown", "")))
