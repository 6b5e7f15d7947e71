"""What a whole audience sees is drawn once for each language that somebody of it reads, and for no other."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from mdd.live import drawings, feeds, rights, steps
from mdd.live.feeds import Admission
from mdd.models import Squad, Topic, User
from metrics import feed
from tests import builders
from workshops.actions import workshops
from workshops.models import Workshop
from workshops.parts import Audience

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return workshops.start(squad, title="Spring", path="whole", by=ada)


def test_each_language_gets_its_own_words_of_one_reading(workshop: Workshop) -> None:
    seen = steps.whole(workshop.topic_id, ["lead.en", "lead.de", "lead"])

    said = {audience: drawing.groups["done"]["done"] for audience, drawing in seen.items()}
    assert "0 of 1 done" in said["lead.en"]
    assert "0 von 1 fertig" in said["lead.de"]
    assert said["lead"] == said["lead.en"]


def test_a_dashboard_is_drawn_in_each_language(squad: Squad) -> None:
    topic = feed.topic_of(builders.make_dashboard(squad))

    seen = drawings.draw(feeds.of(topic), topic, ["look.en", "look.de"])

    assert "Nothing on it yet" in seen["look.en"]["blank"]["blank"]
    assert "Noch nichts darauf" in seen["look.de"]["blank"]["blank"]


def test_whoever_reads_another_language_keeps_their_rights(workshop: Workshop, ada: User) -> None:
    german = Admission(f"user:{ada.pk}", Audience.LEAD, "").reading("de")
    outdated = Admission(f"user:{ada.pk}", Audience.LOOK, "").reading("de")

    assert rights.ended(workshop.topic_id, [german, outdated]) == {outdated: "changed"}


def test_who_asks_for_what_is_new_gets_it_in_their_language(as_ada: Client, workshop: Workshop) -> None:
    since = Topic.objects.get(pk=workshop.topic_id)
    workshops.join(workshop, user=builders.make_member(workshop.squad, name="Mia"))

    url = f"{reverse('live', args=[workshop.topic_id])}?since={since.epoch}.{since.serial}"
    german, english = (json.loads(as_ada.get(url, headers=headers).content) for headers in (GERMAN, {}))

    assert "0 von 2 fertig" in german["parts"]["done"]
    assert "0 of 2 done" in english["parts"]["done"]


def test_a_page_shows_the_very_parts_that_are_streamed_to_it(as_ada: Client, workshop: Workshop) -> None:
    """Or each sign of life would tell it that it has drifted."""
    html = as_ada.get(workshop.get_absolute_url(), headers=GERMAN).content.decode()

    drawing = steps.whole(workshop.topic_id, ["lead.de"])["lead.de"]
    versions = [drawings.version(part) for group in drawing.groups.values() for part in group.values()]
    assert [f"{version:08x}" for version in versions if f'data-v="{version:08x}"' not in html] == []


def test_what_is_offered_is_kept_in_the_language_of_who_begins(as_ada: Client, squad: Squad) -> None:
    fields = {"title": "Frühling", "path": "whole", "operation": "3b241101-e2bb-4255-8caf-4136c566a962"}

    as_ada.post(reverse("workshops:start", args=[squad.slug]), fields, headers=GERMAN)

    titles = list(Workshop.objects.get().buckets.order_by("position").values_list("title", flat=True))
    assert titles == ["Nutzung", "Systemzustand", "Geschäftserfolg"]
