"""What a form says of a field that it cannot take, where it does not say so itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

GONE = dict.fromkeys(
    ("invalid_choice", "invalid_list", "invalid_pk_value"), _("This cannot be chosen any more. Choose another one.")
)
WORDS: dict[type[forms.Field | forms.Widget], dict[str, Any]] = {
    forms.Field: {
        "required": _("Write something here."),
        "max_length": _("There is room for at most %(limit_value)d characters; these are %(show_value)d."),
        "min_value": _("At least %(limit_value)s."),
        "max_value": _("At most %(limit_value)s."),
    },
    forms.EmailField: {
        "required": _("Write an email address."),
        "invalid": _("This is no email address. Write one like noa@example.org."),
    },
    forms.IntegerField: {"required": _("Write a number."), "invalid": _("Write a whole number.")},
    forms.FloatField: {"invalid": _("Write a number.")},
    forms.DecimalField: {"invalid": _("Write a number.")},
    forms.DateField: {
        "required": _("Choose a day."),
        "invalid": _("This is no day of the calendar. Write it as 2026-03-01."),
    },
    forms.DateTimeField: {
        "required": _("Choose a day and a time."),
        "invalid": _("This is no day and time. Write them as 2026-03-01 14:00."),
    },
    forms.ChoiceField: {"required": _("Choose one.")} | GONE,
    forms.ModelChoiceField: GONE,
    forms.MultipleChoiceField: {"required": _("Choose at least one.")} | GONE,
    forms.ModelMultipleChoiceField: {"required": _("Choose at least one.")} | GONE,
    forms.FileField: {"required": _("Choose a file."), "empty": _("This file is empty.")},
    forms.PasswordInput: {"required": _("Write the password.")},
}


def told(field: forms.Field) -> dict[str, Any]:
    """What the field says: its own words, or else ours, or else Django's."""
    theirs: dict[str, Any] = {}
    plain: dict[str, Any] = {}
    for kind in (*reversed(type(field).__mro__), type(field.widget)):
        words = vars(kind).get("default_error_messages", {})
        theirs |= words
        plain |= words | WORDS.get(kind, {})
    own = {code: words for code, words in field.error_messages.items() if words is not theirs.get(code)}
    return plain | own
