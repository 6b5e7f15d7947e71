"""Sessions in which a squad goes from four questions to metrics, and who takes part."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, Guest, in_squads_of
from mdd.models import Membership, Squad, Topic, User

from .templates import Stage, Template


def in_workshops_of(actor: Actor, workshop: str) -> Q:
    """Rows whose workshop (`workshop` is the lookup that leads to it, "" for itself) the actor may come into.

    A guest comes into one, until they are taken out of it.
    """
    if isinstance(actor, Guest):
        theirs = Participant.objects.inside().filter(pk=actor.participant, user=None)
        return Q(**{f"{workshop or 'pk'}__in": theirs.values("workshop")})
    return in_squads_of(actor, f"{workshop}__squad" if workshop else "squad")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_workshops_of(actor, ""))

    def knowing_groups(self) -> Self:
        """With `is_split`, so that a room without groups does not have to ask for them."""
        return self.annotate(is_split=models.Exists(Workshop.objects.filter(parent=models.OuterRef("pk"))))

    def whole(self) -> Self:
        """Without the groups that they were split into."""
        return self.filter(parent=None)

    def together(self) -> Self:
        """Those that several people hold, not one alone."""
        return self.whole().exclude(template__path=Template.Path.ALONE)

    def unfinished(self) -> Self:
        return self.exclude(state=Workshop.State.CLOSED)

    def with_role_of(self, actor: Actor) -> Self:
        """Each with `role`: what the actor is in its squad; None for a guest."""
        user = actor.pk if isinstance(actor, User) else None
        theirs = Membership.objects.filter(squad=OuterRef("squad"), user=user)
        return self.annotate(role=Subquery(theirs.values("role")))


class Workshop(models.Model):
    """One round through the stages. It can pause for days; going back to an earlier stage loses nothing.

    `role` is what the actor is in its squad, where `with_role_of` has asked for it.

    People without an account come in by `join_code`, which lives while the workshop is open; `password` is a hash.
    While the meeting `is_ahead`, everybody writes for themselves. A group of it throws and groups apart, in a workshop
    of its own whose `parent` it is.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="workshops")
    title = models.CharField(_("title"), max_length=80)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="workshops")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DELIVER)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    is_anonymous = models.BooleanField(_("nobody learns who wrote what"), default=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="groups")
    topic = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="workshop")
    join_code = models.CharField(max_length=6, null=True, blank=True, unique=True)
    password = models.CharField(max_length=128, blank=True)
    needs_approval = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    timer_ends_at = models.DateTimeField(null=True)
    timer_paused_left = models.PositiveIntegerField(null=True)
    added_seconds = models.IntegerField(default=0)
    moving_to = models.CharField(max_length=12, choices=Stage, blank=True)
    moves_at = models.DateTimeField(null=True)
    meets_at = models.DateTimeField(null=True)
    is_ahead = models.BooleanField(default=False)
    stage_since = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(db_default=Now())
    role: str

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["squad", "-started_at"], name="workshop_squad_started")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="workshop_has_a_title"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="workshop_stage_known"),
            models.CheckConstraint(condition=Q(state__in=("open", "paused", "closed")), name="workshop_state_known"),
            models.CheckConstraint(
                condition=Q(join_code=None) | Q(join_code__regex="^[0-9]{6}$"), name="workshop_join_code_of_six_digits"
            ),
            models.CheckConstraint(
                condition=Q(join_code=None) | Q(state="open"), name="workshop_join_code_only_while_open"
            ),
            models.CheckConstraint(
                condition=Q(timer_ends_at=None) | Q(timer_paused_left=None), name="workshop_timer_runs_or_rests"
            ),
            models.CheckConstraint(
                condition=Q(moving_to="", moves_at=None) | (~Q(moving_to="") & Q(moves_at__isnull=False)),
                name="workshop_moves_to_a_stage_at_a_time",
            ),
            models.CheckConstraint(condition=Q(moving_to__in=["", *Stage.values]), name="workshop_moving_to_known"),
            models.CheckConstraint(
                condition=Q(is_ahead=False) | Q(meets_at__isnull=False), name="workshop_is_ahead_of_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshops:workshop", args=[self.pk])

    @property
    def is_group(self) -> bool:
        """Whether it is one group of a whole workshop."""
        return self.parent_id is not None

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_over(self) -> bool:
        """Closed, and not a group whose cards went back to everybody: its survivors may still become metrics."""
        return self.state == self.State.CLOSED and not self.is_group


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_workshops_of(actor, "workshop"))

    def of(self, actor: Actor) -> Self:
        """The actor's own place, in whichever workshop."""
        match actor:
            case User():
                return self.filter(user=actor)
            case Guest():
                return self.filter(pk=actor.participant, user=None)
            case _:
                return self.none()

    def remaining(self) -> Self:
        """In the room or at its door: neither left nor taken out."""
        return self.filter(removed_at=None)

    def inside(self) -> Self:
        """In the room."""
        return self.remaining().exclude(approved_at=None)

    def at_the_door(self) -> Self:
        """Waiting for a facilitator to let them in."""
        return self.remaining().filter(approved_at=None)

    def without_device(self) -> Self:
        return self.inside().filter(has_device=False)

    def judging(self) -> Self:
        """Those whose word is asked for, by their own device or by who speaks for them. Who only watches gives none."""
        return self.inside().exclude(role=Participant.Role.OBSERVER)


class Participant(models.Model):
    """Somebody's place in a workshop: a user's, or that of a guest, who has a `name` instead.

    A facilitator reveals, moves and settles; any member of the squad may become one. Without a device somebody is
    a name that a facilitator writes for. Nobody goes away: what they wrote stays. `origin` is somebody's place in the
    whole workshop, where this is one in a group of it.
    """

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("facilitator")
        PARTICIPANT = "participant", _("participant")
        OBSERVER = "observer", _("observer")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="participations"
    )
    name = models.CharField(_("name"), max_length=50, blank=True)
    has_device = models.BooleanField(default=True)
    role = models.CharField(max_length=11, choices=Role, default=Role.PARTICIPANT)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="seats")
    done_stage = models.CharField(max_length=12, choices=Stage, blank=True)
    joined_at = models.DateTimeField(db_default=Now())
    approved_at = models.DateTimeField(null=True, db_default=Now())
    removed_at = models.DateTimeField(null=True)
    hand_raised_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="participant_once_per_workshop"),
            models.UniqueConstraint(fields=["workshop", "origin"], name="participant_one_seat_per_group"),
            models.UniqueConstraint(
                fields=["workshop", "name"], condition=~Q(name=""), name="participant_name_once_per_workshop"
            ),
            models.CheckConstraint(
                condition=Q(role__in=("facilitator", "participant", "observer")), name="participant_role_known"
            ),
            models.CheckConstraint(condition=Q(user=None) ^ Q(name=""), name="participant_is_a_user_or_a_name"),
            models.CheckConstraint(
                condition=~Q(role="facilitator") | Q(user__isnull=False), name="participant_guest_does_not_facilitate"
            ),
            models.CheckConstraint(condition=Q(has_device=True) | Q(user=None), name="participant_user_has_a_device"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def actor(self) -> User | Guest:
        """Who acts, as the log names them."""
        return self.user or Guest(self.pk)

    @property
    def member(self) -> User:
        """The member of the squad that somebody is, for what is theirs alone. Raises PermissionDenied."""
        if self.user is None:
            raise PermissionDenied(gettext("Only members of the squad can do that."))
        return self.user

    @property
    def shown_name(self) -> str:
        return self.user.name if self.user else self.name

    @property
    def short_name(self) -> str:
        return self.user.get_short_name() if self.user else self.name

    @property
    def is_facilitator(self) -> bool:
        return self.role == self.Role.FACILITATOR

    @property
    def is_observer(self) -> bool:
        return self.role == self.Role.OBSERVER

    @property
    def is_guest(self) -> bool:
        return self.user_id is None
