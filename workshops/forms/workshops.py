"""Starting a workshop, and leading it through its stages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from workshops.models import Stage, Template, Workshop


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

    def clean_is_anonymous(self) -> bool:
        return bool(self.cleaned_data["is_anonymous"]) and self.cleaned_data.get("path") == Template.Path.WHOLE


class MoveForm(OperationForm):
    """From the stage that was on the page to another one."""

    seen = forms.ChoiceField(choices=Stage)
    to = forms.ChoiceField(choices=Stage)


class StateForm(OperationForm):
    """Pause, resume or close. `dropped` is how much the page has said would be lost."""

    to = forms.ChoiceField(choices=Workshop.State)
    dropped = forms.IntegerField(required=False, min_value=0)


class DoneForm(OperationForm):
    """I am done, or not yet."""

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
