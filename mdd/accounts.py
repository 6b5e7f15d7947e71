"""How accounts behave here, where it differs from django-allauth's ways."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from mdd import live
from mdd.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People have one name, and the operator can close sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_IS_OPEN)

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        user.language = get_language() or ""
        saved: User = super().save_user(request, user, form, commit)
        return saved

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """A change, a reset or a first one: whoever came in with the one before stops listening at once."""
        super().set_password(user, password)
        live.rights_changed()
