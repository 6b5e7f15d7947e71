"""Starting a workshop, and leading it through its stages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from workshops.models import Stage, Template, Workshop

FURTHEST = timedelta(days=366)


class MomentField(forms.DateTimeField):
    """A day and an hour by the squad's clock, still to come and not further away than a year."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment and not timezone.now() < moment < timezone.now() + FURTHEST:
            raise ValidationError(_("Choose a moment that is still to come, within a year."))
        return moment


class StartForm(OperationForm):
    """A new workshop: what it is called, and which way it goes."""

    title = forms.CharField(label=_("What is it about?"), max_length=80, validators=[is_legible])
    path = forms.ChoiceField(
        label=_("How much time is there?"),
        choices=[(Template.Path.WHOLE, _("with the squad")), (Template.Path.ALONE, _("alone"))],
        initial=Template.Path.WHOLE,
        widget=forms.RadioSelect,
    )
    is_anonymous = forms.BooleanField(
        label=_("Nobody learns who wrote what"),
        required=False,
        help_text=_("For the whole workshop: it cannot be switched off later. Alone there is nothing to hide."),
    )

    meets_at = MomentField(
        label=_("When do you meet?"),
        required=False,
        help_text=_("Left empty: right away. Until then everybody writes and throws for themselves, unseen."),
    )

    field_order = ("operation", "title", "path", "meets_at", "is_anonymous")

    def clean(self) -> dict[str, Any]:
        """Who works alone hides nothing and waits for nobody."""
        cleaned = super().clean() or {}
        is_alone = cleaned.get("path") != Template.Path.WHOLE
        return cleaned | ({"is_anonymous": False, "meets_at": None} if is_alone else {})


class MeetingForm(OperationForm):
    """When people meet."""

    meets_at = MomentField(label=_("When do you meet?"))


class MoveForm(OperationForm):
    """From the stage that was on the page to another one.

    `unsettled` is how many cards it has said are not settled; `anyway`: it has said that something lies face down.
    """

    seen = forms.ChoiceField(choices=Stage)
    to = forms.ChoiceField(choices=Stage)
    unsettled = forms.IntegerField(required=False, min_value=0)
    anyway = forms.BooleanField(required=False)


class StateForm(OperationForm):
    """Pause, resume or close. `dropped` is how much the page has said would be lost; it showed `seen` at `stage`."""

    seen = forms.ChoiceField(choices=Workshop.State)
    stage = forms.ChoiceField(choices=Stage)
    to = forms.ChoiceField(choices=Workshop.State)
    dropped = forms.IntegerField(required=False, min_value=0)


class DoneForm(OperationForm):
    """I am done with the stage that the page shows, or not yet."""

    stage = forms.ChoiceField(choices=Stage)
    is_done = forms.BooleanField(required=False)


class StopForm(OperationForm):
    """Stay here: `to` is where everybody was on the way to."""

    to = forms.ChoiceField(choices=Stage)


class AddTimeForm(OperationForm):
    """More minutes for the stage."""

    minutes = forms.TypedChoiceField(choices=[(1, "1"), (5, "5")], coerce=int)


class RestForm(OperationForm):
    """Stop the clock, or let it go on."""

    rests = forms.BooleanField(required=False)


class HandForm(OperationForm):
    """I want to say something, or not any more."""

    is_raised = forms.BooleanField(required=False)
