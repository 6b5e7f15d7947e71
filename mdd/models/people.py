"""People and squads."""

from __future__ import annotations

from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case, so that one address is one person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account. `is_staff` makes an operator of the organisation.

    `language` is that of pages and mails; "" until one is known: pages speak as the browser asks them to.
    """

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0]


def is_time_zone(name: str) -> None:
    """Refuse a name that the time zone database does not know."""
    known = available_timezones()
    if name in known:
        return
    city = f"/{name.strip().replace(' ', '_').lower()}"
    meant = [zone for zone in known if zone.lower().endswith(city)]
    if len(meant) == 1:
        raise ValidationError(_("Write %(zone)s, if that is what you mean."), params={"zone": meant[0]})
    raise ValidationError(_("“%(name)s” is not a time zone, for example Europe/Stockholm."), params={"name": name})


class SquadQuerySet(models.QuerySet["Squad"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, ""))


class Squad(models.Model):
    """A team with its own days: time zone and week start decide what a day and a week are."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[is_time_zone])
    week_start = models.SmallIntegerField(_("first day of the week"), choices=Weekday, default=Weekday.MONDAY)
    capacity = models.DecimalField(
        _("capacity (hours a week)"),
        max_digits=6,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(10_000)],
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = SquadQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="squad_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workshops:squad", args=[self.slug])

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Role(models.TextChoices):
    """What a member may do: a viewer and a coach look, the others also write, an admin manages people."""

    VIEWER = "viewer", _("Viewer")
    MEMBER = "member", _("Member")
    COACH = "coach", _("Coach")
    LEAD = "lead", _("Lead")
    ADMIN = "admin", _("Admin")


WRITERS = (Role.MEMBER, Role.LEAD, Role.ADMIN)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))


class Membership(models.Model):
    """A person's place in a squad."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    is_asked_by_mail = models.BooleanField(_("a mail a week asks for my numbers"), default=True)
    is_reminded_by_mail = models.BooleanField(_("a mail reminds me of workshops to come"), default=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "squad"], name="membership_once_per_squad"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]
