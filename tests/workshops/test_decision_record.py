"""The decision record: the one in force, the earlier ones, and what leaves the house."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.workshops import builders_focus as builders
from workshops.actions import focus
from workshops.models import Bucket, Participant, Workshop

HOSTILE = "# <b>Ours</b> [link](http://example.org) *and* more"


def url(name: str, workshop: Workshop, *more: object) -> str:
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


@pytest.fixture
def bucket(focusing: Workshop) -> Bucket:
    return builders.make_finalists(focusing, 1)[0]


def test_without_a_decision_it_says_where_it_is_made(as_mia: Client, focusing: Workshop) -> None:
    assert "has not chosen its main question" in as_mia.get(url("decision", focusing)).content.decode()


def test_the_decision_in_force_is_shown_with_its_cards_and_dots(
    as_vic: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant
) -> None:
    focus.dot(bucket, change=1, by=facilitator, operation=uuid4())
    focus.reveal_dots(focusing, is_revealed=True, by=facilitator, operation=uuid4())
    builders.decide(bucket, facilitator)

    response = as_vic.get(url("decision", focusing))

    told = response.context["record"]
    assert (told.question, told.cards, told.dots) == (
        "Do callers get answers?",
        ["How long do callers wait?"],
        [("Do callers get answers?", 1)],
    )
    assert "Nobody is cut off" in response.content.decode()


def test_the_record_says_nothing_for_the_squad(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant
) -> None:
    builders.decide(bucket, facilitator)

    page = as_mia.get(url("decision", focusing)).content.decode()

    falls = page.partition("If it falls we will")[2].partition("</section>")[0]
    assert "Nothing was said." in falls
    assert "do nothing else" not in page


def test_from_the_record_a_button_leads_back_to_the_workshop(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant
) -> None:
    builders.decide(bucket, facilitator)

    page = as_mia.get(url("decision", focusing)).content.decode()

    assert f'href="{focusing.get_absolute_url()}">To the workshop</a>' in page


def test_earlier_decisions_stay_readable(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant
) -> None:
    builders.decide(bucket, facilitator, guardrail="The first one")
    builders.decide(bucket, facilitator, seen=1, guardrail="The second one")

    latest = as_mia.get(url("decision", focusing)).content.decode()
    earlier = as_mia.get(url("earlier-decision", focusing, 1)).content.decode()

    assert ("The second one" in latest, url("earlier-decision", focusing, 1) in latest) == (True, True)
    assert ("The first one" in earlier, "A later one counts" in earlier) == (True, True)


def test_a_decision_keeps_the_words_of_its_day(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant
) -> None:
    builders.decide(bucket, facilitator)
    Bucket.objects.filter(pk=bucket.pk).update(question="Something else?")

    assert as_mia.get(url("decision", focusing)).context["record"].question == "Do callers get answers?"


def test_it_leaves_as_markdown_in_which_text_stays_text(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant
) -> None:
    builders.decide(bucket, facilitator, gaming=HOSTILE)

    response = as_mia.get(url("export-decision", focusing, 1, "md"))

    text = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="spring-round-decision-1.md"'
    assert text.startswith("# Do callers get answers?\n")
    assert "\\# \\<b\\>Ours\\</b\\> \\[link\\](http://example.org) \\*and\\* more" in text


def test_it_leaves_as_json(as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant) -> None:
    made = builders.decide(bucket, facilitator, dissent="Mia: too early\nJon: too late")

    response = as_mia.get(url("export-decision", focusing, 1, "json"))

    told = json.loads(response.content)
    assert (told["number"], told["question"], told["dissent"]) == (1, made.question, made.dissent)
    assert (told["review_date"], told["dots"]) == (made.review_date.isoformat(), [])


@pytest.mark.parametrize(("number", "kind"), [(1, "pdf"), (2, "md")])
def test_what_there_is_not_is_not_exported(
    as_mia: Client, focusing: Workshop, bucket: Bucket, facilitator: Participant, number: int, kind: str
) -> None:
    builders.decide(bucket, facilitator)

    assert as_mia.get(url("export-decision", focusing, number, kind)).status_code == 404
