"""The loops of the squads that one coaches or leads, side by side and never ranked."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mdd.http import Request
from workshops.rows import rows_for


@login_required
@require_safe
def loops(request: Request) -> HttpResponse:
    return render(request, "squads/loops.html", {"rows": rows_for(request.user)})
