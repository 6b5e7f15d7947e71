"""What topics of one kind show, and to whom. The layers above register theirs."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, Protocol, Self, runtime_checkable

from django.conf import settings
from django.http import Http404
from django.utils import translation

from mdd.http import Request
from mdd.models import Topic

Group = Mapping[str, str]
"""Parts of a page by id: HTML whose one root carries that id, the same for a whole audience."""

Groups = Mapping[str, Group]
"""Parts by their place: a group holds one part of its own name, or is the id of the element whose children they are."""

Marks = Mapping[str, Mapping[str, Hashable]]
"""What each part of each group was drawn from, in short: a part whose mark differs may differ."""


class Admission(NamedTuple):
    """Somebody who may listen: who they are (an actor key), what they see, and the session that may end.

    `proof` is what the session holds of the password that it was opened with; "" where nobody has signed in.
    """

    key: str
    audience: str
    session: str
    proof: str = ""

    def reading(self, language: str) -> Self:
        """Whoever reads another language is another audience of the engine: what they see is drawn apart."""
        return self._replace(audience=f"{self.audience}.{language}")


class Feed(Protocol):
    def admit(self, request: Request, topic: Topic) -> Admission:
        """Raises Http404 where the topic does not exist for the one who asks."""
        ...

    def draw(self, topic: Topic, audiences: Collection[str], names: Collection[str] | None) -> Mapping[str, Groups]:
        """These groups as they are now, or all of them, for each of these audiences, each `spoken` to.

        Nobody's own things: they are fetched with the page. What a group draws beside itself (a list in a list) is
        a group as well.
        """
        ...

    def touches(self, topic: Topic, kind: str) -> Collection[str] | None:
        """The groups that an event of this kind can change; None where every page is to be fetched again."""
        ...

    def revokes(self, kind: str) -> bool:
        """Whether an event of this kind can take somebody's rights, or give others."""
        ...

    def audiences(self, topic: Topic, keys: Collection[str]) -> Mapping[str, str]:
        """What each of these people sees now. Whoever is left out may not listen any more."""
        ...

    def seen(self, topic: Topic, keys: Collection[str]) -> None:
        """These people's pages are open at this moment."""
        ...


@runtime_checkable
class WatchedFeed(Feed, Protocol):
    """Shows what no event tells of: samples come by the thousand, and time itself makes them stale.

    It is drawn by the names of parts, not of groups.
    """

    def marks(self, topics: Collection[Topic]) -> Mapping[int, Marks]:
        """How these topics stand now, by id. As few questions for many as for one: they are asked every second."""
        ...


@contextmanager
def spoken(audience: str) -> Iterator[str]:
    """Speak the language of an audience, “lead.de”, and go by its name, “lead”."""
    name, _, language = audience.partition(".")
    with translation.override(language or settings.LANGUAGE_CODE):
        yield name


_feeds: dict[str, Feed] = {}


def register(kind: str, feed: Feed) -> None:
    """Let topics whose key begins with `kind`: show this feed."""
    _feeds[kind] = feed


def of(topic: Topic) -> Feed:
    """Raises Http404 for a topic that nobody shows."""
    feed = _feeds.get(topic.key.partition(":")[0])
    if feed is None:
        raise Http404
    return feed


def watched(topic: Topic) -> WatchedFeed | None:
    """The feed of a topic that changes without events."""
    feed = of(topic)
    return feed if isinstance(feed, WatchedFeed) else None
