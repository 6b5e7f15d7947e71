"""A workshop as one person stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mdd import access, live
from mdd.actors import Guest
from mdd.http import Request
from workshops import presence, timer
from workshops.actions import countdowns, deadlines, meetings, writing
from workshops.actions import workshops as actions
from workshops.actions.refusals import Refused, TooLate
from workshops.guests import actor_required
from workshops.models import Participant, Stage, TimeBox, Workshop
from workshops.readings import Reading

Doing = Callable[..., HttpResponse | None]
MINIMAL = "return=minimal"
VOICES = "voices"  # in the session: who is spoken for, by workshop


@dataclass(frozen=True)
class Room:
    """The workshop as it was read, and who looks at it. `me` is None for those who have not done anything in it yet.

    `is_member`: who may write in the squad. What guests may do too is asked by `may_write`. `speaks_for`: the number
    of somebody without a device.
    """

    reading: Reading
    me: Participant | None
    is_member: bool
    speaks_for: int | None = None

    @property
    def workshop(self) -> Workshop:
        return self.reading.workshop

    @property
    def is_guest(self) -> bool:
        return self.me is not None and self.me.is_guest

    @property
    def is_observer(self) -> bool:
        return self.me is not None and self.me.is_observer

    @property
    def may_write(self) -> bool:
        return (self.is_member or self.is_guest) and not self.is_observer

    @property
    def is_facilitator(self) -> bool:
        return self.is_member and self.me is not None and self.me.is_facilitator

    @property
    def may_adopt(self) -> bool:
        """Whether somebody may make metrics of survivors: after the close each who writes in the squad."""
        return self.is_member and (self.workshop.is_over or (self.workshop.is_open and not self.is_observer))

    @property
    def may_share(self) -> bool:
        """Whether somebody may show the result to people outside."""
        return self.is_member

    @property
    def is_solo(self) -> bool:
        return self.workshop.template.is_solo

    @property
    def people(self) -> Sequence[Participant]:
        """Everybody in the room and at its door, in the order in which they came."""
        return self.reading.people

    @property
    def inside(self) -> Sequence[Participant]:
        return [person for person in self.people if person.approved_at]

    @property
    def at_the_door(self) -> Sequence[Participant]:
        return [person for person in self.people if not person.approved_at]

    @property
    def without_device(self) -> Sequence[Participant]:
        """Those for whom somebody who facilitates may write."""
        return [person for person in self.people if not person.has_device] if self.is_facilitator else []

    @cached_property
    def voice(self) -> Participant | None:
        """Somebody without a device for whom one judges, votes and answers just now."""
        return next((person for person in self.without_device if person.pk == self.speaks_for), None)

    @property
    def speaker(self) -> Participant | None:
        """Whose word one gives."""
        return self.voice or self.me

    @property
    def wants_a_leader(self) -> bool:
        """Whether a member may be asked to take over: nobody who facilitates was here for a minute."""
        is_asked = self.is_member and self.workshop.is_open and not self.is_facilitator
        return is_asked and not presence.is_led(self.people)

    @property
    def boxes(self) -> Sequence[TimeBox]:
        """The stages that this workshop has, in their order."""
        return self.reading.boxes

    @cached_property
    def box(self) -> TimeBox:
        """The stage that everybody is at."""
        return next(box for box in self.boxes if box.stage == self.workshop.stage)

    @property
    def clock(self) -> timer.Clock:
        return timer.of(self.workshop, self.box.minutes)

    @property
    def hands(self) -> Sequence[Participant]:
        """Those who want to say something, the first first."""
        raised = [person for person in self.inside if person.hand_raised_at]
        return sorted(raised, key=lambda person: (person.hand_raised_at, person.pk))

    @property
    def prompts(self) -> Sequence[str]:
        return self.box.prompts.splitlines()

    def beside(self, step: int) -> str:
        """The stage before (-1) or after (1) this one; "" where there is none."""
        stages = [box.stage for box in self.boxes]
        place = stages.index(self.workshop.stage) + step
        return stages[place] if 0 <= place < len(stages) else ""


def fetch(request: Request, pk: int) -> Room:
    """The workshop as it is now, if the actor may see it. What was to happen before now happens first."""
    room = find(request, pk)
    has_happened = [arrive(room.workshop) for arrive in (meetings.arrive, countdowns.arrive, deadlines.arrive)]
    return find(request, pk) if any(has_happened) else room


def find(request: Request, pk: int) -> Room:
    """The workshop, if the actor may see it; the page then stands in its squad, but for a guest, who sees no squad."""
    rows = Workshop.objects.knowing_groups().select_related("squad", "topic", "template", "parent")
    rows = rows.with_role_of(request.actor)
    workshop = access.fetch(request, rows, squad=lambda row: row.squad, pk=pk)
    me = Participant.objects.of(request.actor).filter(workshop=workshop).first()
    reading = Reading(workshop)
    if isinstance(request.actor, Guest):
        request.squad = None
        return Room(reading, me, is_member=False)
    if me:
        me.user = request.user
    access.learn_role(request, workshop.squad, workshop.role)
    speaks_for = request.session.get(VOICES, {}).get(str(workshop.pk))
    return Room(reading, me, access.may_write(request, workshop.squad), speaks_for)


def enter(request: Request, pk: int) -> tuple[Workshop, Participant]:
    """The workshop and one's place in it, taken now if need be, for doing something.

    Raises Refused while it rests, and for those who only watch.
    """
    room = fetch(request, pk)
    if room.is_observer:
        raise TooLate(_("You only watch here. Say under “People” that you take part."))
    return room.workshop, placed(request, room)


def enter_as_member(request: Request, pk: int) -> tuple[Workshop, Participant]:
    """As `enter`, for what is not for guests, and for members even while they only watch."""
    room = fetch(request, pk)
    access.require_writer(request, room.workshop.squad)
    return room.workshop, placed(request, room)


def enter_to_adopt(request: Request, pk: int) -> tuple[Workshop, Participant]:
    """As `enter`; after the close for each who writes in the squad."""
    room = fetch(request, pk)
    if not room.workshop.is_over:
        return enter(request, pk)
    access.require_writer(request, room.workshop.squad)
    return room.workshop, room.me or actions.join(room.workshop, user=request.user)


def placed(request: Request, room: Room) -> Participant:
    if not room.is_guest:
        access.require_writer(request, room.workshop.squad)
    writing.refuse_at_rest(room.workshop)
    return room.me or actions.come_to(room.workshop, user=request.user)


def lead(request: Request, pk: int) -> tuple[Workshop, Participant]:
    """As `enter`, for what only a facilitator does. Raises Refused for others."""
    workshop, me = enter(request, pk)
    if not me.is_facilitator:
        raise Refused(_("Only a facilitator can do that. Anybody may become one: “Facilitate too”."))
    return workshop, me


def written_for(me: Participant) -> Sequence[Participant]:
    """Those without a device, for whom a facilitator writes."""
    return list(Participant.objects.without_device().filter(workshop=me.workshop_id)) if me.is_facilitator else []


def leading_to(page: str) -> Callable[[Doing], Callable[..., HttpResponse]]:
    """A view that changes something in the workshop `pk`, and then shows this page of it.

    Where the action was refused, the sentence is shown beside the fresh state. A view answers itself to ask again.
    What an outbox kept for one person is 409 once another has signed in on that browser. Whoever
    hears from the stream what has changed may `Prefer: return=minimal` (RFC 7240), and gets no page but a 204.
    """

    def doing(view: Doing) -> Callable[..., HttpResponse]:
        @actor_required
        @require_POST
        @wraps(view)
        def changed(request: Request, pk: int, **more: Any) -> HttpResponse:
            me = live.key_of(request.actor)
            if request.headers.get("MDD-Person", me) != me:
                return HttpResponse(status=409)
            try:
                answer = view(request, pk, **more)
            except TooLate as late:
                answer = returned(request, late)
            except Refused as refused:
                messages.warning(request, str(refused))
                answer = None
            where = f"{reverse(page, args=[pk])}{before_the_meeting(request)}"
            return answer or nothing_more(request) or redirect(where)

        return changed

    return doing


def give_back_unless_at(workshop: Workshop, stage: str, refused: Refused) -> None:
    """Where the page shows another stage by now, or rests, there is no form to ask again with. Raises TooLate."""
    if workshop.stage != stage or isinstance(refused, TooLate):
        raise TooLate(str(refused)) from refused


def returned(request: Request, late: TooLate) -> HttpResponse | None:
    """What came too late is given back with the reason to an outbox that kept it; others are told beside the room."""
    if "MDD-Person" in request.headers:
        return HttpResponse(str(late), status=410, content_type="text/plain; charset=utf-8")
    messages.warning(request, str(late))
    return None


def nothing_more(request: Request) -> HttpResponse | None:
    """The short answer for those who want no page, unless this very request has something to say on one.

    What was said before and has been on no page yet waits for the next one: who only hints would not show it.
    """
    if request.headers.get("Prefer") != MINIMAL or has_said(request):
        return None
    return HttpResponse(status=204, headers={"Preference-Applied": MINIMAL})


def before_the_meeting(request: Request) -> str:
    """Where somebody was who writes for themselves: each is at a stage of their own then."""
    at = request.POST.get("at", "")
    return f"?at={at}" if at in Stage.values else ""


def has_said(request: Request) -> bool:
    said = messages.get_messages(request)
    return isinstance(said, BaseStorage) and said.added_new


doing = leading_to("workshops:workshop")
arranging = leading_to("workshops:lobby")
