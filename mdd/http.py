"""The request as our views see it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from mdd.actors import Actor
from mdd.models import User


class Request(HttpRequest):
    """A request of somebody who is known: views behind `login_required` get one."""

    actor: Actor
    htmx: HtmxDetails
    user: User
