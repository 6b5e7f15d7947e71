"""Every component in every state, for the people who build pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mdd import specimens
from mdd.access import operator_required
from mdd.http import Request


@operator_required
@require_safe
def styleguide(request: Request) -> HttpResponse:
    return render(request, "styleguide.html", specimens.everything(timezone.now()))
