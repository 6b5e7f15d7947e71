"""Reading forms that consist of buttons, where nothing has to be asked again, and sending others once more."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from workshops.actions.refusals import TooLate


def read(form: Form) -> dict[str, Any]:
    """What was sent. Raises TooLate where that cannot come from a page of ours as it is now."""
    if not form.is_valid():
        raise out_of_date()
    return form.cleaned_data


def is_out_of_date(form: Form) -> bool:
    """Whether something is wrong that nobody types, and so nobody can mend: a page from before an update sent it."""
    return any(form.has_error(field.name) for field in form.hidden_fields())


def out_of_date() -> TooLate:
    return TooLate(_("The page that sent this was out of date. Load it again, then try once more."))


def see_afresh(form: Form, seen: object) -> None:
    """Let what was typed be sent again, knowing what others have done meanwhile."""
    data = MultiValueDict(form.data)
    data["seen"] = str(seen)
    form.data = data
