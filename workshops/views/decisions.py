"""The decision record of a workshop."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mdd.http import Request
from workshops import record, results, rooms
from workshops.forms.results import ShareForm
from workshops.guests import actor_required
from workshops.models import Decision
from workshops.rooms import Room

KINDS = ("md", "json")


@actor_required
@require_safe
def decision(request: Request, pk: int, number: int | None = None) -> HttpResponse:
    """The decision in force, or an earlier one by its number."""
    return show(request, rooms.fetch(request, pk), number)


def show(
    request: Request,
    room: Room,
    number: int | None = None,
    *,
    asked: Form | None = None,
    url: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; `asked` is the form of a link that is asked again, `url` a link that was made just now."""
    made = list(decisions(request, room))
    shown = made[-1] if made and number is None else next((each for each in made if each.number == number), None)
    if shown is None and number is not None:
        raise Http404
    context: dict[str, object] = {
        "workshop": room.workshop,
        "decision": shown,
        "record": shown and record.of(shown),
        "others": [each for each in made if each != shown],
        "is_latest": bool(made) and shown == made[-1],
    }
    if room.may_share:
        context |= {"sharing": asked or ShareForm(), "links": results.links_of(room.workshop), "made_url": url}
    return render(request, "workshops/decision.html", context, status=status)


@login_required
@require_safe
def export(request: Request, pk: int, number: int, kind: str) -> HttpResponse:
    room = rooms.fetch(request, pk)
    if kind not in KINDS:
        raise Http404
    told = record.of(get_object_or_404(decisions(request, room), number=number))
    answer: HttpResponse
    if kind == "json":
        answer = JsonResponse(record.as_json(told), json_dumps_params={"ensure_ascii": False, "indent": 2})
    else:
        answer = HttpResponse(record.as_markdown(told), content_type="text/markdown; charset=utf-8")
    name = f"{slugify(room.workshop.title) or 'workshop'}-decision-{number}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def decisions(request: Request, room: Room) -> QuerySet[Decision]:
    rows = Decision.objects.visible_to(request.actor).filter(workshop=room.workshop)
    return rows.select_related("workshop__squad", "bucket__dashboard", "by")
