"""What each stage asks the people in the room."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workshops.models import Stage

TITLES: Mapping[str, Promise] = {
    Stage.DELIVER: _("What do we deliver?"),
    Stage.CUSTOMERS: _("Who are our customers?"),
    Stage.EXPECTATIONS: _("What do they expect?"),
    Stage.MEETING: _("Do we meet them?"),
    Stage.THROW: _("What would we like to know?"),
    Stage.GROUP: _("What belongs together?"),
    Stage.PRUNE: _("What would change what we do?"),
    Stage.FOCUS: _("Which one question matters most now?"),
    Stage.WRAP_UP: _("Who looks after it?"),
}
