"""A topic whose state is its log, for tests of the engine alone: cells that hold the last word said of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from django.db import transaction

from mdd import live
from mdd.http import Request
from mdd.live import feeds
from mdd.live.feeds import Admission, Group, Groups
from mdd.models import Event, Topic, User

AUDIENCES = ("lead", "look")
CELLS = ("a", "b")
SECRET = "for-leads"  # a cell that only one audience sees


class TrialFeed:
    """Every cell is a group of its own; "list" holds the latest events, one part each. "turned" touches everything."""

    def admit(self, request: Request, topic: Topic) -> Admission:
        return Admission("user:0", "look", "")

    def draw(self, topic: Topic, audiences: Collection[str], names: Collection[str] | None) -> Mapping[str, Groups]:
        return {audience: self.drawn(topic, audience, names) for audience in audiences}

    def drawn(self, topic: Topic, audience: str, names: Collection[str] | None) -> Groups:
        said = list(Event.objects.filter(topic=topic).order_by("serial").values_list("serial", "kind", "payload"))
        words = {kind.partition(".")[2]: payload["word"] for _, kind, payload in said if "." in kind}
        seen = [cell for cell in (*CELLS, SECRET) if cell != SECRET or audience == "lead"]
        groups: dict[str, Group] = {cell: {cell: f'<p id="{cell}">{words.get(cell, "")}</p>'} for cell in seen}
        groups["list"] = {f"item-{serial}": f'<li id="item-{serial}">{serial}</li>' for serial, *_ in said[-5:]}
        return {name: group for name, group in groups.items() if names is None or name in names}

    def touches(self, topic: Topic, kind: str) -> Collection[str] | None:
        return None if kind == "turned" else (kind.partition(".")[2], "list")

    def revokes(self, kind: str) -> bool:
        return False

    def audiences(self, topic: Topic, keys: Collection[str]) -> Mapping[str, str]:
        return dict.fromkeys(keys, "look")

    def seen(self, topic: Topic, keys: Collection[str]) -> None:
        pass


def make_topic() -> Topic:
    feeds.register("trial", TrialFeed())
    return Topic.objects.create(key=f"trial:{uuid4()}")


@transaction.atomic
def say(topic: Topic, cell: str, word: str, *, by: User, operation: UUID, turns: bool = False) -> bool:
    """An action in the shape of all of them; says whether it did something."""
    if not live.is_new(topic, operation):
        return False
    kind = "turned" if turns else f"said.{cell}"
    live.record(topic, kind, operation=operation, by=by, payload={"word": word})
    return True
