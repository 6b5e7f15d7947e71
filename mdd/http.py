"""The request as our views see it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from mdd.actors import Actor
from mdd.models import Role, Squad, User


class Request(HttpRequest):
    """A request of somebody who is known: views behind `login_required` get one.

    `squad` is the squad that the page stands in, if any; `roles` what the actor is in the squads asked for so far.
    """

    actor: Actor
    htmx: HtmxDetails
    user: User
    squad: Squad | None
    roles: dict[int, Role | None]
