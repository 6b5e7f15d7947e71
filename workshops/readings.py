"""What is read of a workshop once, however many look at it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q, prefetch_related_objects

from mdd.models import Membership
from workshops import faces, groups, shuffling
from workshops.faces import Face
from workshops.groups import Group
from workshops.models import APART, IN_PLAY, Answer, Bucket, Card, Opinion, Participant, Stage, TimeBox, Workshop


class Written(NamedTuple):
    people: int
    hidden: int


class Reading:
    """The rows of a workshop as they were when they were first asked for. Nothing in it is private."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    @cached_property
    def members(self) -> Sequence[Membership]:
        """Everybody of the squad."""
        rows = Membership.objects.filter(squad=self.workshop.squad).select_related("user")
        return list(rows.order_by("user__name", "pk"))

    @cached_property
    def people(self) -> Sequence[Participant]:
        """Everybody in the room and at its door, in the order in which they came."""
        rows = Participant.objects.remaining().filter(workshop=self.workshop).select_related("user")
        return list(rows.order_by("joined_at", "pk"))

    @cached_property
    def boxes(self) -> Sequence[TimeBox]:
        """The stages that this workshop has, in their order."""
        prefetch_related_objects([self.workshop.template], "boxes")
        boxes = sorted(self.workshop.template.boxes.all(), key=lambda box: Stage(box.stage).place)
        return [box for box in boxes if box.stage in APART] if self.workshop.is_group else boxes

    @cached_property
    def answers(self) -> Sequence[Answer]:
        """What is revealed in this stage."""
        rows = Answer.objects.filter(workshop=self.workshop, stage=self.workshop.stage, is_revealed=True)
        return sorted(rows, key=shuffling.place, reverse=True)

    @cached_property
    def written(self) -> Written:
        """How many have answered the question of this stage, and how many answers nobody else may read yet."""
        rows = Answer.objects.filter(workshop=self.workshop, stage=self.workshop.stage)
        people, hidden = Count("participant", distinct=True), Count("pk", filter=Q(is_revealed=False))
        return Written(**rows.aggregate(people=people, hidden=hidden))

    @cached_property
    def groups(self) -> Sequence[Group]:
        """What it was split into."""
        return [] if self.workshop.is_group else groups.of(self.workshop)

    @cached_property
    def cards(self) -> Sequence[Face]:
        return faces.read(self.workshop)

    @cached_property
    def turned(self) -> Sequence[tuple[int, str, bool]]:
        """Of every card its number, its state and whether it lies face up."""
        return list(Card.objects.filter(workshop=self.workshop).values_list("pk", "state", "is_revealed"))

    @property
    def face_down(self) -> int:
        """How many cards nobody but their authors may see."""
        return sum(not is_revealed for _pk, _state, is_revealed in self.turned)

    @property
    def unsettled(self) -> int:
        """How many cards that lie face up are neither kept nor parked."""
        return sum(is_revealed and state in IN_PLAY for _pk, state, is_revealed in self.turned)

    @cached_property
    def opinions_face_down(self) -> int:
        return Opinion.objects.filter(workshop=self.workshop, is_revealed=False).count()

    @property
    def face_down_here(self) -> int:
        """How much of what is revealed at this stage nobody but its authors may see."""
        match self.workshop.stage:
            case Stage.MEETING:
                return self.opinions_face_down
            case Stage.THROW | Stage.GROUP | Stage.PRUNE:
                return self.face_down
            case Stage.FOCUS | Stage.WRAP_UP:
                return 0
            case _question:
                return self.written.hidden

    @cached_property
    def buckets(self) -> Sequence[Bucket]:
        return list(Bucket.objects.filter(workshop=self.workshop))
