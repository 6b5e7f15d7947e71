"""The squads one is in, and a squad's home."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mdd import access
from mdd.actions import operations
from mdd.actions import squads as actions
from mdd.http import Request, posted
from mdd.models import Squad
from workshops.forms.squads import SquadForm
from workshops.home import home_of


@login_required
@require_safe
def front(request: Request) -> HttpResponse:
    """Straight to the squad for those who have one, else to the list."""
    squads = Squad.objects.visible_to(request.actor)[:2]
    return redirect(squads[0] if len(squads) == 1 else "workshops:squads")


@login_required
@require_safe
def squads(request: Request) -> HttpResponse:
    mine = Squad.objects.filter(pk__in=Squad.objects.visible_to(request.actor))
    return render(
        request, "squads/squads.html", {"squads": mine.annotate(people=Count("memberships")).order_by("name")}
    )


@login_required
def new(request: Request) -> HttpResponse:
    form = SquadForm(posted(request))
    if not form.is_valid():
        return render(request, "squads/new.html", {"form": form}, status=422 if form.is_bound else 200)

    wanted = {name: form.cleaned_data[name] for name in ("name", "zone", "week_start")}
    return redirect(
        operations.once(
            form.key,
            request.user,
            lambda: actions.found(by=request.user, **wanted).get_absolute_url(),
            words=form.words,
        )
    )


@login_required
@require_safe
def squad(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    context = {
        "home": home_of(squad, request),
        "may_write": access.may_write(request, squad),
        "may_invite": access.is_admin(request, squad),
    }
    return render(request, "squads/home.html", context)
