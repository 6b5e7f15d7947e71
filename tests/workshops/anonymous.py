"""An anonymous workshop, and people enough to write in it."""

from __future__ import annotations

from uuid import uuid4

from mdd.models import Role, Squad, User
from tests.builders import make_member
from workshops.actions import answers, workshops
from workshops.models import Participant, Workshop


def start(squad: Squad, by: User) -> Workshop:
    return workshops.start(squad, title="Spring", path="whole", by=by, is_anonymous=True)


def named(squad: Squad, by: User) -> Workshop:
    return workshops.start(squad, title="Spring", path="whole", by=by)


def people(workshop: Workshop, count: int = 4) -> list[Participant]:
    """Members who have joined."""
    users = [make_member(workshop.squad, Role.MEMBER, name=f"Person {number}") for number in range(count)]
    return [workshops.join(workshop, user=user) for user in users]


def write(workshop: Workshop, by: Participant, *texts: str, stage: str = "deliver") -> None:
    answers.write(workshop, stage=stage, texts=texts, by=by, operation=uuid4())
