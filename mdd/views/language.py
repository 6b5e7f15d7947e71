"""Choosing the language of pages and mails."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mdd.actions import people
from mdd.models import User


class LanguageForm(forms.Form):
    """One of those that this instance speaks, and the page to go back to."""

    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)
    next = forms.CharField(required=False)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Kept with the account, and in this browser for whoever has none or is not signed in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    chosen, back = form.cleaned_data["language"], form.cleaned_data["next"]
    if isinstance(request.user, User):
        people.choose_language(request.user, chosen)
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    response = redirect(back if is_ours else "/")
    age, secure = settings.LANGUAGE_COOKIE_AGE, settings.LANGUAGE_COOKIE_SECURE
    name = settings.LANGUAGE_COOKIE_NAME
    response.set_cookie(name, chosen, max_age=age, secure=secure, httponly=True, samesite="Lax")
    return response
