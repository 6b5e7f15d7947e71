"""Reading forms that consist of buttons, where nothing has to be asked again, and sending others once more."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from workshops.actions.refusals import Refused


def read(form: Form) -> dict[str, Any]:
    """What was sent. Raises Refused where that cannot come from a page of ours as it is now."""
    if not form.is_valid():
        raise Refused(_("That did not arrive as it should. Try it again on this page."))
    return form.cleaned_data


def see_afresh(form: Form, seen: object) -> None:
    """Let what was typed be sent again, knowing what others have done meanwhile."""
    data = MultiValueDict(form.data)
    data["seen"] = str(seen)
    form.data = data
