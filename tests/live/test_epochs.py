"""A restored backup is an older log with serials to come: open pages must not take themselves for the newer ones."""

from __future__ import annotations

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from mdd.live import steps
from mdd.live.steps import Cursor
from mdd.models import Topic, User
from tests.live.trial import make_topic, say


@pytest.mark.django_db
def test_after_a_restore_a_page_that_is_ahead_is_fetched_again(ada: User) -> None:
    topic = make_topic()
    ahead = Cursor(topic.epoch, 3)
    for word in ("after", "the", "restore", "more"):
        say(topic, "a", word, by=ada, operation=uuid4())
    assert not steps.tail(topic.pk, "look", ahead).is_snapshot

    call_command("begin_epochs", stdout=StringIO())

    assert steps.tail(topic.pk, "look", ahead).is_snapshot
    assert Topic.objects.get(pk=topic.pk).serial == 4
