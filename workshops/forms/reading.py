"""Reading forms that consist of buttons: nobody typed anything, so nothing has to be asked again."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from workshops.actions.refusals import Refused


def read(form: Form) -> dict[str, Any]:
    """What was sent. Raises Refused where that cannot come from a page of ours as it is now."""
    if not form.is_valid():
        raise Refused(_("That did not arrive as it should. Try it again on this page."))
    return form.cleaned_data
