"""Writing for somebody in the room who has no device."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Participant


class ForSomebody(forms.Form):
    """Asks whose words these are where there is somebody to write for."""

    on_behalf = forms.TypedChoiceField(
        label=gettext_lazy("Written for"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "small-select"}),
    )

    def __init__(
        self, *args: Any, people: Sequence[Participant] = (), voice: Participant | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on_behalf"] = voice.pk if voice else ""
        self.people = {person.pk: person for person in people}
        names = [(person.pk, person.shown_name) for person in people]
        if names:
            cast("forms.ChoiceField", self.fields["on_behalf"]).choices = [("", _("me")), *names]
        else:
            del self.fields["on_behalf"]

    @property
    def author(self) -> Participant | None:
        """Somebody else than who sends the form."""
        return self.people.get(self.cleaned_data.get("on_behalf") or 0)

    def tell(self, request: HttpRequest) -> None:
        """Say that it was kept: who typed it for somebody else does not get it back either."""
        if self.author:
            messages.success(request, _("Kept for %(name)s.") % {"name": self.author.shown_name})
