"""Throwing cards, wording them, and taking them in hand."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.forms import OperationForm, is_legible
from mdd.models import Expectation
from workshops import thoughts
from workshops.forms.behalf import ForSomebody
from workshops.forms.statements import StatementForm
from workshops.models import Card, Stage
from workshops.wording import LONGEST, problems

MOST = 100
HELD = re.compile(r"(\d{1,15}):(\d{0,15})", re.ASCII)


class AboutForm(StatementForm):
    """Something that may serve one of the squad's expectations."""

    expectation = forms.ModelChoiceField(
        label=gettext_lazy("For"),
        queryset=Expectation.objects.none(),
        required=False,
        empty_label=gettext_lazy("No expectation in particular"),
    )

    def choices(self, squad: Any) -> dict[str, QuerySet[Any]]:
        return {"expectation": Expectation.objects.filter(squad=squad).in_force().order_by("pk")}


class ThrowForm(ForSomebody, AboutForm):
    """One thought, or a list of them. `seen` is the stage that the page showed."""

    text = forms.CharField(label=gettext_lazy("What would we like to know?"), max_length=20_000)
    kind = forms.ChoiceField(
        label=gettext_lazy("It is a"),
        choices=[("", gettext_lazy("by its sign")), *Card.Kind.choices],
        required=False,
    )
    seen = forms.ChoiceField(choices=Stage, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "text" in cleaned and "kind" in cleaned:
            cleaned["thoughts"] = thoughts.read(cleaned["text"], kind=cleaned["kind"])
            self.check(cleaned["thoughts"])
        return cleaned

    def check(self, read: list[thoughts.Thought]) -> None:
        if len(read) > MOST:
            self.add_error(
                "text", _("Throw at most %(most)s at a time; these are %(count)s.") % {"most": MOST, "count": len(read)}
            )
        for number, each in enumerate(read[:MOST], start=1):
            for problem in problems(each.text):
                self.add_error("text", problem if len(read) == 1 else f"{number}. {problem}")


class RewordForm(AboutForm):
    """Another wording, kind or purpose of a card."""

    text = forms.CharField(label=gettext_lazy("Card"), max_length=LONGEST, validators=[is_legible])
    kind = forms.ChoiceField(label=gettext_lazy("It is a"), choices=Card.Kind)

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class HeldField(forms.Field):
    """Cards in hand, each with the bucket in which it was seen: "12:5", or "12:" for a loose one."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[int, int | None]:
        found = [HELD.fullmatch(str(each)) for each in value or []]
        read = {int(each[1]): int(each[2]) if each[2] else None for each in found if each}
        if len(read) != len(found):
            raise ValidationError(_("That is no card."))
        return read


class HandForm(OperationForm):
    """The cards in hand, and where they go: a bucket, beside a card that is their mate, or nowhere in particular."""

    card = HeldField()
    to = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    mate = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class HoldForm(forms.Form):
    """What somebody has in hand in one tab, none if they have put it back."""

    card = HeldField(required=False)
    tab = forms.RegexField(r"\A[0-9a-f]{8,32}\Z")
