"""Where a web process can die on the way of a room's action: functions of the product, by name."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

RECORD, PUBLISH = "mdd.live:record", "mdd.live.wakeups:publish"
SEND = "uvicorn.protocols.http.httptools_impl:RequestResponseCycle.send"
PUT = "mdd.live.sockets:Uvicorn.put"


@dataclass(frozen=True)
class Point:
    """The `nth` call of `target`, counted once `since` was called: before it, after it, or in the middle of a write."""

    target: str
    when: str = "before"
    nth: int = 1
    since: str = ""

    def told(self) -> dict[str, Any]:
        return asdict(self)


POINTS = {
    "somebody is let in": Point("workshops.feed:WorkshopFeed.admit", nth=2),
    "a stream is about to say hello": Point("mdd.live.endpoint:Endpoint._catch_up", nth=2),
    "what was missed has been read": Point("mdd.live.steps:tail", "after", nth=3),
    "a page is drawn": Point("workshops.stages:show", "after", nth=2),
    "the room was found": Point("workshops.rooms:find", "after", nth=6),
    "rights were asked": Point("workshops.rooms:placed", "after", nth=2),
    "the lock is not held yet": Point("mdd.live:is_new", nth=2),
    "the lock is held": Point("mdd.live:is_new", "after", nth=2),
    "the rows are written": Point(RECORD, nth=2),
    "the serial is counted": Point("mdd.models.live:TopicQuerySet.next_serial", "after"),
    "the event is not committed": Point(RECORD, "after", nth=3),
    "it is committed and not published": Point(PUBLISH, nth=5),
    "it is published": Point(PUBLISH, "after", nth=5),
    "the answer is not begun": Point(SEND, since=RECORD),
    "the answer is half sent": Point(SEND, nth=2, since=RECORD),
    "the answer is sent": Point(SEND, "after", nth=2, since=PUBLISH),
    "a wake-up is heard": Point("mdd.live.hub:Hub._hear", since=PUBLISH),
    "a step is not read yet": Point("mdd.live.steps:step", since=RECORD),
    "a step is drawn": Point("mdd.live.steps:step", "after", since=RECORD),
    "one audience has its step": Point("mdd.live.channel:Channel._send", "after", since=RECORD),
    "a frame is torn": Point(PUT, "torn", since=RECORD),
    "one page has a frame and the other not": Point(PUT, "written", since=RECORD),
    "somebody polls": Point("mdd.views.live:Followed.__init__", "after", since=PUBLISH),
    "everything is drawn for a beat": Point("mdd.live.steps:whole", since=PUBLISH),
    "a beat is told": Point("mdd.live.channel:Channel._compare", "after", nth=2, since=PUBLISH),
    "serials are looked up": Point("mdd.live.rights:cursors", since=RECORD),
    "rights are checked again": Point("mdd.live.rights:ended", "after", since=RECORD),
}
