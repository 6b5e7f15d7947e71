"""Back to the first stage and forward again: all that was typed and chosen in any stage is there as it was."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from mdd.models import Customer, Deliverable, Expectation, User
from tests.workshops import builders_focus, voting
from tests.workshops.posting import send
from workshops.actions import countdowns
from workshops.models import Answer, Bucket, Card, Participant, Stage, Workshop

# What somebody types, and what a page says about what they chose.
TEXTS = (
    *("Departures", "Mia delivers quietly", "We deliver departures", "Passengers", "Mia serves quietly"),
    *("On time", "Mia expects quietly", "They expect to be on time", "Seen on the wall", "Mia met it once"),
    *(
        "Who waits?",
        "Who calls?",
        "Mia throws quietly",
        "Waiting ones",
        "You would keep it.",
        "You would park it: later.",
    ),
    *("Do callers come back?", "call them", "Yours is kept.", "Make it a metric: Who waits?"),
)
QUESTIONS = {"deliver": TEXTS[:2], "customers": TEXTS[3:5], "expectations": TEXTS[5:7]}
AGREED = {"deliver": TEXTS[2], "customers": TEXTS[3], "expectations": TEXTS[7]}
PLACES = {Workshop, Participant}  # where everybody is, which is what changes
Scene = Callable[[Workshop, Client, Client], object]


@pytest.mark.long
def test_back_and_forth_loses_nothing(
    workshop: Workshop, mia_in: Participant, as_ada: Client, as_mia: Client, ada: User
) -> None:
    seen: dict[tuple[str, Client], set[str]] = {}
    for stage in Stage.values:
        go(as_ada, workshop, stage)
        SCENES[stage](workshop, as_ada, as_mia)
        seen |= {(stage, client): texts_on(client, workshop) for client in (as_ada, as_mia)}
    held = everything()
    assert all(held[name] for name in ("Answer", "Opinion", "Card", "Keep", "Vote", "Consent", "Decision", "Agreement"))

    for stage in [*reversed(Stage.values[:-1]), *Stage.values[1:]]:
        go(as_ada, workshop, stage)
        for client in (as_ada, as_mia):
            assert seen[stage, client] <= texts_on(client, workshop), stage

    assert set().union(*seen.values()) == set(TEXTS)
    assert everything() == held


def go(client: Client, workshop: Workshop, stage: str) -> None:
    """Move, and let the five seconds pass."""
    workshop.refresh_from_db()
    if workshop.stage != stage:
        send(client, "move", workshop, seen=workshop.stage, to=stage, anyway="on")
        Workshop.objects.filter(pk=workshop.pk, moves_at__isnull=False).update(moves_at=timezone.now())
        workshop.refresh_from_db()
        countdowns.arrive(workshop)
        workshop.refresh_from_db()
    assert workshop.stage == stage


def texts_on(client: Client, workshop: Workshop) -> set[str]:
    """All tabs of the stage count."""
    buckets = Bucket.objects.filter(workshop=workshop).values_list("pk", flat=True)
    tabs = [{"bucket": pk} for pk in buckets] if workshop.stage == Stage.PRUNE else [{}]
    pages = [unescape(client.get(workshop.get_absolute_url(), tab).content.decode()) for tab in tabs]
    return {text for text in TEXTS for page in pages if text in " ".join(page.split())}


def everything() -> dict[str, list[dict[str, object]]]:
    """Each row that a workshop has."""
    models = [model for model in apps.get_app_config("workshops").get_models() if model not in PLACES]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def ask(workshop: Workshop, ada: Client, mia: Client) -> None:
    """Ada's answer is revealed and agreed on; Mia's comes after that, and stays hidden."""
    stage = workshop.stage
    hers, quiet = QUESTIONS[stage]
    send(ada, "write", workshop, stage=stage, text=hers)
    send(ada, "reveal", workshop, stage=stage, is_sure="on")
    send(mia, "write", workshop, stage=stage, text=quiet)
    said: dict[str, object] = {"text": AGREED[stage], "pick": Answer.objects.get(text=hers).pk}
    if stage != Stage.DELIVER:
        said |= {"deliverables": Deliverable.objects.get().pk, "deliverable": Deliverable.objects.get().pk}
    if stage == Stage.EXPECTATIONS:
        said |= {"customer": Customer.objects.get().pk, "kind": Expectation.Kind.values[0], "is_measurable": "on"}
    send(ada, "settle", workshop, stage, **said)


def meet(workshop: Workshop, ada: Client, mia: Client) -> None:
    expectation = Expectation.objects.get()
    finding = {"expectation": expectation.pk, "verdict": "met", "evidence": "Seen on the wall", "seen": 0}
    send(ada, "find", workshop, expectation.pk, **finding)
    send(mia, "opine", workshop, expectation.pk, expectation=expectation.pk, verdict="met", evidence="Mia met it once")


def throw(workshop: Workshop, ada: Client, mia: Client) -> None:
    send(ada, "throw", workshop, text="Who waits?\nWho calls?", kind="", seen="throw")
    send(ada, "reveal-cards", workshop, is_sure="on")
    send(mia, "throw", workshop, text="Mia throws quietly", kind="", seen="throw")


def group(workshop: Workshop, ada: Client, mia: Client) -> None:
    cards = Card.objects.filter(is_revealed=True)
    send(ada, "open-bucket", workshop, title="Waiting ones", card=[f"{card.pk}:" for card in cards])


def prune(workshop: Workshop, ada: Client, mia: Client) -> None:
    waits, calls = Card.objects.filter(is_revealed=True).order_by("pk")
    send(mia, "judge", workshop, calls.pk, verdict="keep")
    send(ada, "judge", workshop, calls.pk, verdict="later")
    send(ada, "decide-card", workshop, waits.pk, verdict="keep")


def focus(workshop: Workshop, ada: Client, mia: Client) -> None:
    bucket = Bucket.objects.get(title="Waiting ones")
    send(ada, "phrase", workshop, bucket.pk, **(voting.words(bucket) | {"if_falls": "call them"}))
    bucket.refresh_from_db()
    send(ada, "dot", workshop, bucket.pk, change=1)
    send(ada, "reveal-dots", workshop, is_revealed="on")
    send(mia, "consent", workshop, bucket.pk, value="fine", text="", seen=bucket.stamp)
    decided = {
        "guardrail": "Nobody is cut off",
        "gaming": "Hang up early",
        "about": bucket.stamp,
        "review_date": builders_focus.choice().review_date,
    }
    send(ada, "decide", workshop, bucket=bucket.pk, seen=0, **decided)


def wrap_up(workshop: Workshop, ada: Client, mia: Client) -> None:
    """What is left to do is a list of what came before."""


SCENES: dict[str, Scene] = {
    **dict.fromkeys(("deliver", "customers", "expectations"), ask),
    "meeting": meet,
    "throw": throw,
    "group": group,
    "prune": prune,
    "focus": focus,
    "wrap-up": wrap_up,
}
