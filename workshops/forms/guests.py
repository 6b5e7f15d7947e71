"""Coming into a workshop by its code, and its door."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.forms import OperationForm, is_legible
from workshops.models import Participant, Workshop

LONGEST_NAME = 40
SIX = re.compile(r"\d{6}", re.ASCII)


class CodeForm(forms.Form):
    """Six digits, however somebody groups them."""

    code = forms.CharField(
        label=gettext_lazy("Six digits"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True, "class": "digits"}
        ),
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not SIX.fullmatch(code):
            raise ValidationError(_("A code has six digits, for example 482 915."))
        return code


class NameForm(OperationForm):
    """What somebody is called in the room."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_NAME,
        validators=[is_legible],
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "autofocus": True, "dir": "auto"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ComeInForm(NameForm):
    """A name, and the password where the workshop has one."""

    password = forms.CharField(
        label=gettext_lazy("Password of the workshop"),
        max_length=100,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        if not workshop.password:
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not check_password(password, self.workshop.password):
            raise ValidationError(_("That is not the password."), code="wrong")
        return password

    @property
    def is_a_guess(self) -> bool:
        """Whether a password was tried that is not the right one."""
        return self.has_error("password", "wrong")


class PersonForm(NameForm):
    """Somebody who has no device."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        validators=[is_legible],
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class PasswordForm(OperationForm):
    """A password that is shown while it is chosen: it is read aloud in the room."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=100,
        min_length=4,
        validators=[is_legible],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class LockForm(OperationForm):
    """Lock the door, or open it."""

    is_locked = forms.BooleanField(required=False)


class ApprovalForm(OperationForm):
    """Let a facilitator decide on each who comes, or on nobody."""

    needs_approval = forms.BooleanField(required=False)


class RoleForm(OperationForm):
    """What somebody is in the room."""

    role = forms.ChoiceField(choices=Participant.Role)
