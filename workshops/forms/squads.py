"""A new squad."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from mdd.models import Squad
from mdd.models.people import is_time_zone


class SquadForm(OperationForm):
    """A new squad: its name and whose days it lives in."""

    name = forms.CharField(
        label=_("Name of the squad"),
        max_length=80,
        validators=[is_legible],
        error_messages={"required": _("Write a name.")},
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=60,
        initial="UTC",
        validators=[is_time_zone],
        help_text=_("Days and weeks of your numbers begin at midnight there, for example Europe/Stockholm."),
        widget=forms.TextInput(
            attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false", "data-own-zone": ""}
        ),
    )
    week_start = forms.TypedChoiceField(label=_("Weeks begin on"), choices=Squad.Weekday, coerce=int, initial=0)

    @property
    def zones(self) -> list[str]:
        return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
