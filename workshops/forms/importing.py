"""A board from a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from workshops import board_reading
from workshops.copies import BoardCopy


class ImportForm(OperationForm):
    """A file that “Take it along” has made, and what the new workshop is called."""

    file = forms.FileField(
        label=_("The JSON file of a board"),
        help_text=_("At most 1 MB. Nothing of it is kept if it cannot be read."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    title = forms.CharField(
        label=_("What is the new workshop called?"),
        help_text=_("Left empty, it is called as in the file."),
        max_length=80,
        required=False,
        validators=[is_legible],
    )

    def clean_file(self) -> BoardCopy:
        try:
            return board_reading.read(self.cleaned_data["file"].read(board_reading.LARGEST + 1))
        except board_reading.Unreadable as problem:
            raise ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in cleaned:
            cleaned["title"] = cleaned.get("title") or cleaned["file"].title
        return cleaned
