"""Following a topic: where it stands since a page was made. Streams are let in by this view too."""

from __future__ import annotations

from uuid import UUID

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mdd.http import Request
from mdd.live import feeds, steps
from mdd.live.feeds import Admission
from mdd.live.frames import Frame
from mdd.live.steps import Cursor
from mdd.models import Topic


class Followed(JsonResponse):
    """What a page that asks again and again gets, and what the endpoint of streams begins with."""

    def __init__(self, admission: Admission, epoch: UUID, frame: Frame) -> None:
        self.admission = admission
        self.epoch = epoch
        self.frame = frame
        super().__init__({"epoch": str(epoch)} | frame.told())
        self["Cache-Control"] = "no-store"


@require_safe
def follow(request: Request, pk: int) -> JsonResponse:
    topic = get_object_or_404(Topic, pk=pk)
    admission = feeds.of(topic).admit(request, topic)
    return Followed(admission, topic.epoch, steps.tail(pk, admission.audience, cursor(request)))


def cursor(request: Request) -> Cursor | None:
    """Where the page is, "epoch.serial"; None where it says nothing that could be one."""
    epoch, _, serial = request.GET.get("since", "").partition(".")
    try:
        return Cursor(UUID(epoch), int(serial))
    except ValueError:
        return None
