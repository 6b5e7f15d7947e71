"""The request as our views see it."""

from collections.abc import Sequence

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from mdd.actors import Actor
from mdd.models import Membership, Role, Squad, User


class Request(HttpRequest):
    """A request of somebody who is known: views behind `login_required` get one.

    `squad` is the squad that the page stands in, if any; `people` who is in the squads asked for so far, and
    `roles` what the actor is in them.
    """

    actor: Actor
    htmx: HtmxDetails
    user: User
    squad: Squad | None
    people: dict[int, Sequence[Membership]]
    roles: dict[int, Role | None]


def asks_for_a_page(request: HttpRequest) -> bool:
    """Whether a person's browser asks. Scripts do not ask for a page, or ask for a part of one."""
    return request.headers.get("Accept", "").startswith("text/html") and "HX-Request" not in request.headers


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: everything that was sent, even nothing, or None when nobody sent it."""
    return request.POST if request.method == "POST" else None
