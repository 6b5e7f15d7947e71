"""What all forms share, and what we ask at sign-up."""

from __future__ import annotations

import unicodedata
from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from mdd import plainly
from mdd.models import User

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
JOINERS = frozenset("\u200c\u200d")  # emoji and several scripts need them


def is_legible(text: str) -> None:
    """Refuse text that shows nothing, or that would reorder what stands beside it."""
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        raise ValidationError(_("Write something that can be read."))
    hidden = [sign for sign in text if unicodedata.category(sign) in INVISIBLE and sign not in JOINERS | set("\r\n\t")]
    if hidden:
        raise ValidationError(_("There is an invisible character in it; type it again by hand."))


class Field(forms.BoundField):
    """A field of any form says plainly what is wrong with it.

    The first that is refused has the cursor, so that a page opens where it is to be mended.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        field.error_messages = plainly.told(field)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add what only the refused first one gets."""
        drawn = super().build_widget_attrs(attrs, widget)
        if self.errors and self.name == next((each.name for each in self.form.visible_fields() if each.errors), None):
            drawn["autofocus"] = True
        return drawn


class Renderer(DjangoTemplates):
    """Django's own drawing of forms, with our fields."""

    bound_field_class = Field


class OperationForm(forms.Form):
    """A form whose write has a key before it is sent, so that sending it twice writes once."""

    operation = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    @property
    def key(self) -> UUID:
        return cast("UUID", self.cleaned_data["operation"])

    @property
    def words(self) -> UUID:
        """Tells what it says from what else might be sent by the same page, when it comes back from the history."""
        said = dict(cast("QueryDict", self.data).lists())
        said.pop("csrfmiddlewaretoken", None)
        return uuid5(self.key, repr(sorted(said.items())))


def offer(form: forms.BaseForm, field: str, rows: QuerySet[Any]) -> None:
    """Let a person choose among these rows, which only the request can tell."""
    cast("forms.ModelChoiceField[Any]", form.fields[field]).queryset = rows


class SignupForm(forms.Form):
    """What we ask at sign-up beyond e-mail and password."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, validators=[is_legible], error_messages={"required": _("Write your name.")}
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Required by django-allauth; the account adapter has saved the name already."""
