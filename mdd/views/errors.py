"""What went wrong, said in the look of the product. Templates 400, 403, 404 and 500 are found by Django itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mdd import typed


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that was sent from elsewhere. Django calls this; `reason` is for logs only."""
    return render(request, "403_csrf.html", {"typed": typed.to_give_back(request)}, status=403)
