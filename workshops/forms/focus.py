"""Choosing the main question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible, offer
from metrics.forms.goals import DATE
from metrics.forms.values import NumberField
from workshops.actions.focus import Choice, Phrasing
from workshops.models import Bucket, Consent


def line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, validators=[is_legible], **options)


def lines(label: Any, length: int, **options: Any) -> forms.CharField:
    return line(label, length, widget=forms.Textarea(attrs={"rows": 2}), **options)


class PhraseForm(OperationForm):
    """A bucket as one question, with its decision test."""

    seen = forms.CharField(max_length=8, widget=forms.HiddenInput)
    question = line(_("As one question"), 140, help_text=_("One that a number can answer, week after week."))
    unit = line(_("Counted in"), 30, required=False, help_text=_("Such as minutes, calls a day, %."))
    if_rises = line(_("If it rises we will …"), 200, required=False)
    if_falls = line(_("If it falls we will …"), 200, required=False)

    @property
    def phrasing(self) -> Phrasing:
        return Phrasing(*(self.cleaned_data[name] for name in ("question", "if_rises", "if_falls", "unit")))


class GuessForm(OperationForm):
    """What one thinks it is today."""

    value = NumberField(_("What do you think it is today?"))

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit:
            self.fields["value"].help_text = _("In %(unit)s.") % {"unit": escape(unit)}


class DotForm(OperationForm):
    """One dot more, or one less."""

    change = forms.TypedChoiceField(choices=[(1, "+"), (-1, "-")], coerce=int)


class RevealForm(OperationForm):
    """Open what was private, or begin again."""

    is_revealed = forms.BooleanField(required=False)


class OpenForm(RevealForm):
    """`is_sure` where the page has warned that few have answered."""

    is_sure = forms.BooleanField(required=False)


class WorryField(forms.CharField):
    """Needed with some of the answers beside it, so nobody calls it optional."""

    depends = True


class ConsentForm(OperationForm):
    """Fine, or what worries one, about the words that were `seen`."""

    seen = forms.CharField(max_length=8, widget=forms.HiddenInput)
    value = forms.ChoiceField(
        label=_("Can you live with it as our main question?"),
        choices=[
            (Consent.Value.FINE, _("Fine")),
            (Consent.Value.CONCERN, _("I have a concern")),
            (Consent.Value.OBJECTION, _("I object: it would do harm")),
        ],
        widget=forms.RadioSelect,
    )
    text = WorryField(
        label=_("What worries you?"),
        max_length=300,
        required=False,
        validators=[is_legible],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For a concern or an objection. Shown to all later, without your name."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("value") == Consent.Value.FINE:
            cleaned["text"] = ""
        elif cleaned.get("value") and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what worries you, so that the others can mend it."))
        return cleaned


class DecideForm(OperationForm):
    """The main question: what must not get worse, how it could be gamed, who disagrees, until when."""

    seen = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)
    about = forms.CharField(max_length=8, widget=forms.HiddenInput)
    bucket = forms.ModelChoiceField(queryset=Bucket.objects.none(), widget=forms.HiddenInput)
    guardrail = line(
        _("What must not get worse meanwhile"), 140, help_text=_("The guardrail: one more number to keep an eye on.")
    )
    gaming = lines(
        _("How could we make the number look good and nothing better?"),
        300,
        help_text=_("Said aloud, it is harder to do."),
    )
    dissent = lines(
        _("Who disagrees, and why"), 2000, required=False, help_text=_("From the concerns. Change it as you like.")
    )
    review_date = forms.DateField(label=_("Look at it again on"), widget=DATE)

    def __init__(self, *args: Any, workshop: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.now().astimezone(workshop.squad.tz).date()
        offer(self, "bucket", Bucket.objects.filter(workshop=workshop))

    def clean_review_date(self) -> Any:
        if self.cleaned_data["review_date"] <= self.today:
            raise ValidationError(_("Choose a day that is still to come."))
        return self.cleaned_data["review_date"]

    @property
    def choice(self) -> Choice:
        return Choice(*(self.cleaned_data[name] for name in ("guardrail", "gaming", "dissent", "review_date")))
