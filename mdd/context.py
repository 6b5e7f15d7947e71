"""What every page knows: the way around, and whether the line is safe."""

from dataclasses import dataclass
from functools import partial
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mdd import audience
from mdd.http import Request
from mdd.models import Squad


@dataclass(frozen=True)
class Place:
    """An entry of the navigation."""

    label: str
    url: str
    icon: str
    current: bool


def page(request: HttpRequest) -> dict[str, object]:
    """What costs a query is worked out where a page shows it: a changed tile has no navigation."""
    squad = getattr(request, "squad", None)
    return {
        "insecure_lan": settings.INSECURE_LAN,
        "sends_mail": settings.HAS_SMTP,
        "languages": settings.LANGUAGES,
        "squad": squad,
        "seen_by": partial(audience.of, cast("Request", request), squad) if squad else "",
        "nav": SimpleLazyObject(partial(places, request, squad)) if getattr(request, "user", None) else [],
        "account_nav": account_places(request) if getattr(request, "user", None) else [],
    }


def places(request: HttpRequest, squad: Squad | None) -> list[Place]:
    """Where one can go from here: the squad's pages, then what belongs to the organisation."""
    if not request.user.is_authenticated:
        return []

    in_squad = [
        (_("Home"), "workshops:squad", "house"),
        (_("Workshops"), "workshops:workshops", "workshop"),
        (_("Metrics"), "metrics:metrics", "chart-spline"),
        (_("Dashboards"), "metrics:dashboards", "layout-dashboard"),
        (_("Reassess"), "metrics:squad-inbox", "fork"),
        (_("Numbers by hand"), "metrics:numbers", "pencil"),
        (_("Four questions"), "workshops:statements", "message-circle-question-mark"),
        (_("People"), "workshops:people", "heart-handshake"),
        (_("Runs"), "metrics:runs", "list-checks"),
    ]
    everywhere = [
        *([] if squad else [(_("Reassess"), "metrics:inbox", "fork")]),
        *([(_("Loops"), "workshops:loops", "loop")] if audience.looks_across(request) else []),
        (_("Squads"), "workshops:squads", "users"),
        (_("Sources"), "metrics:sources", "database"),
    ]
    urls = [(label, reverse(name, args=[squad.slug]), icon) for label, name, icon in in_squad] if squad else []
    urls += [(label, reverse(name), icon) for label, name, icon in everywhere]
    here = max((url for _label, url, _icon in urls if leads_to(url, request.path)), key=len, default="")
    return [Place(label, url, icon, url == here) for label, url, icon in urls]


def leads_to(url: str, path: str) -> bool:
    """Whether a page lies below a place: by address, or as /metrics/7/ lies below /squads/ours/metrics/."""
    return path.startswith(url) or path.split("/")[1] == url.split("/")[-2]


def account_places(request: HttpRequest) -> list[Place]:
    """What only operators see beside their account."""
    if not getattr(request.user, "is_staff", False):
        return []
    wanted = [(_("Mail that waits"), "mails", "inbox"), (_("Styleguide"), "styleguide", "palette")]
    urls = [(label, reverse(name), icon) for label, name, icon in wanted]
    return [Place(label, url, icon, url == request.path) for label, url, icon in urls]
