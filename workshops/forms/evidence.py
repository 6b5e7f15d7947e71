"""Bringing evidence: a list that is pasted, or a file."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.forms import OperationForm
from workshops import evidence
from workshops.models import Stage

MOST = 300
LARGEST = 200_000


class EvidenceForm(OperationForm):
    """`seen` is the stage that the page showed."""

    text = forms.CharField(
        label=gettext_lazy("One remark or ticket a line"),
        help_text=gettext_lazy("With how often it came up behind a comma, if you know: The bags were late,12"),
        max_length=LARGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    seen = forms.ChoiceField(choices=Stage, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """What stands in it. Spreadsheets write UTF-8 with a mark, or the letters of their country."""
        sent = cast("UploadedFile[bytes] | None", self.cleaned_data["file"])
        if sent is None:
            return ""
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is too large: at most 200 KB."))
        content: bytes = sent.read()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            given = cleaned["file"] or cleaned["text"]
            cleaned["evidence"] = found = evidence.read(given)
            cleaned["given"] = given
            if not found.texts:
                self.add_error("text", " ".join(found.left_out[:3]) or _("Paste a list or choose a file."))
            elif len(found.texts) > MOST:
                told = {"most": MOST, "count": len(found.texts)}
                self.add_error("text", _("Bring at most %(most)s cards at a time; these are %(count)s.") % told)
        return cleaned
