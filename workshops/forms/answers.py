"""Private answers, and picking among those that are revealed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.forms import OperationForm, is_legible, offer
from mdd.models import Expectation, Finding, Squad
from workshops.forms.behalf import ForSomebody
from workshops.models import QUESTIONS, Stage

LONGEST = 200
MOST = 60
BULLET = re.compile(r"^\s*[-–•*]\s+")


class WriteForm(ForSomebody, OperationForm):
    """One answer, or a pasted list of them, one a line."""

    stage = forms.ChoiceField(choices=[(stage, stage) for stage in QUESTIONS[:3]], widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Your answers, one a line"),
        max_length=MOST * (LONGEST + 20),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    @classmethod
    def of(cls, stage: str, sent: QueryDict | None = None, **kwargs: Any) -> WriteForm:
        """The form of a stage, beside others on its page."""
        return cls(sent, initial={"stage": stage}, auto_id="write-%s", **kwargs)

    def clean_text(self) -> str:
        lines = self.lines(self.cleaned_data["text"])
        if len(lines) > MOST:
            raise ValidationError(_("At most %(most)s answers at once.") % {"most": MOST})
        if long := [line for line in lines if len(line) > LONGEST]:
            said = {"most": LONGEST, "start": long[0][:40]}
            raise ValidationError(
                _("An answer has at most %(most)s characters. This one has more: “%(start)s…”") % said
            )
        for line in lines:
            is_legible(line)
        return "\n".join(lines)

    @property
    def texts(self) -> list[str]:
        return self.lines(self.cleaned_data["text"])

    @staticmethod
    def lines(text: str) -> list[str]:
        """The lines that say something, without the marks of a list."""
        return [line for line in (BULLET.sub("", line).strip() for line in text.splitlines()) if line]


class RewordForm(OperationForm):
    """An answer, said better."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST,
        validators=[is_legible],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    @classmethod
    def of(cls, answer: int, sent: QueryDict | None = None, **kwargs: Any) -> RewordForm:
        """The form of one answer among many on a page."""
        return cls(sent, auto_id=f"answer-{answer}-%s", **kwargs)


class AsideForm(OperationForm):
    """Put an answer aside, or bring it back."""

    is_aside = forms.BooleanField(required=False)


class AssentForm(OperationForm):
    """I agree, or not any more."""

    is_agreed = forms.BooleanField(required=False)


class SureForm(OperationForm):
    """A button that reveals. `is_sure` where the page has warned that few have written."""

    is_sure = forms.BooleanField(required=False)


class StageForm(SureForm):
    """A button that is meant for what one stage shows."""

    stage = forms.ChoiceField(choices=Stage)


class OpinionForm(OperationForm):
    """Whether I think that an expectation is met, and how I know."""

    expectation = forms.ModelChoiceField(queryset=Expectation.objects.none(), widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=gettext_lazy("Do we meet it?"), choices=Finding.Verdict, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=gettext_lazy("How do you know?"), max_length=400, required=False, validators=[is_legible]
    )

    def __init__(self, *args: Any, squad: Squad, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = Expectation.objects.filter(squad=squad).in_force()
        offer(self, "expectation", ours)

    @classmethod
    def of(cls, expectation: int, squad: Squad, sent: QueryDict | None = None, **kwargs: Any) -> OpinionForm:
        """The form about one expectation among many on a page."""
        return cls(sent, squad=squad, auto_id=f"opinion-{expectation}-%s", **kwargs)


def picked(sent: QueryDict) -> frozenset[int]:
    """The answers that were ticked."""
    return frozenset(int(each) for each in sent.getlist("pick") if each.isdecimal() and len(each) < 19)
