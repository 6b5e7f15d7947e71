"""What the roles of a squad mean, in a sentence each."""

from django.utils.translation import gettext as _

from mdd.models import Role


def what_a_role_may(role: str) -> str:
    return {
        Role.VIEWER: _("You see everything of the squad and change nothing."),
        Role.MEMBER: _("You see everything of the squad, take part in its workshops and keep its numbers."),
        Role.COACH: _("You see everything of the squad and change nothing; its loop stands beside those of others."),
        Role.LEAD: _("You do what members do, and decide what is reassessed."),
        Role.ADMIN: _("You do what members do, and let people in and out."),
    }[Role(role)]
