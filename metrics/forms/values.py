"""Values by hand: one number, or a pasted table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mdd.forms import OperationForm, is_legible
from metrics.forms.goals import DATE, is_finite, spoken
from metrics.models import Metric
from metrics.slots import EARLIEST
from metrics.sources import by_hand

SHOWN = 10  # lines of a pasted table that are refused in words


class NumberField(forms.CharField):
    """A number as people write it, with a point or a comma; a phone brings up its digits."""

    default_error_messages: ClassVar = {"required": _("Write a number.")}

    def __init__(self, label: Any = None) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "value-field"}
        super().__init__(label=label or _("Value"), max_length=40, widget=forms.TextInput(attrs=attrs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            number = by_hand.number(text, ".")
        except by_hand.Unreadable as error:
            raise ValidationError(str(error)) from error
        is_finite(number)
        return number


def plain(value: float | None) -> str:
    """A number as it stands in a field."""
    return "" if value is None else repr(value).removesuffix(".0")


class ReasonedForm(OperationForm):
    """Values that may take the place of others: then they want a reason, and only then it is asked for."""

    reason = forms.CharField(
        label=_("Why is the new number right?"), max_length=200, required=False, validators=[is_legible]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.initial.get("value"):
            self.fields["reason"].required = True

    def ask_why(self, sentence: str) -> None:
        self.fields["reason"].required = True
        self.add_error("reason", sentence)

    @property
    def corrects(self) -> bool:
        """Whether there is something to give a reason for: it was asked, or typed, or there is an old number."""
        return "reason" in self.errors or bool(self.data.get("reason") or self.initial.get("value"))


class ValueForm(ReasonedForm):
    """One number for one day or week."""

    day = forms.DateField(label=_("Day"), widget=DATE)
    value = NumberField()

    field_order = ["day", "value", "reason"]

    def __init__(self, *args: Any, metric: Metric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.now().astimezone(metric.zone).date()
        self.fields["day"].widget.attrs["max"] = self.today.isoformat()
        if metric.unit:
            self.fields["value"].label = _("Value in %(unit)s") % {"unit": metric.unit}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            sentence = _("This day is still to come. For the squad it is %(today)s.")
            raise ValidationError(sentence % {"today": spoken(self.today)})
        if day < EARLIEST:
            raise ValidationError(_("This day is long ago: check the year."))
        return day


class LinkedForm(ReasonedForm):
    """The one number that a mail asked for; the mail says of which day or week."""

    value = NumberField()

    field_order = ["value", "reason"]


class PasteForm(ReasonedForm):
    """Rows of day and value, from a spreadsheet or a file."""

    text = forms.CharField(
        label=_("Paste rows"),
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "spellcheck": "false",
                "class": "mono",
                "placeholder": "2026-03-01, 12.5\n2026-03-02, 11",
            }
        ),
        help_text=_("One line a day: date and value, separated by a comma, a semicolon or a tab."),
    )

    field_order = ["text", "reason"]

    def refuse(self, lines: Sequence[object]) -> None:
        """Say of each line that could not be read what is wrong with it; ten are enough to see it by."""
        for line in lines[:SHOWN]:
            self.add_error("text", str(line))
        if more := len(lines[SHOWN:]):
            self.add_error("text", ngettext("And %(n)d line more.", "And %(n)d lines more.", more) % {"n": more})
