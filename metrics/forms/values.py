"""Values by hand: one number, or a pasted table."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm
from metrics.forms.goals import DATE, number


class ValueForm(OperationForm):
    """One number for one day or week."""

    day = forms.DateField(label=_("Day"), widget=DATE)
    value = number(_("Value"))
    reason = forms.CharField(label=_("If it corrects an earlier number: why?"), max_length=200, required=False)


class PasteForm(OperationForm):
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
    reason = forms.CharField(label=_("If it corrects earlier numbers: why?"), max_length=200, required=False)

    def refuse(self, lines: Sequence[object]) -> None:
        """Say of each line that could not be read what is wrong with it; the first ten are enough."""
        for line in lines[:10]:
            self.add_error("text", str(line))
