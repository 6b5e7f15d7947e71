"""The workshops that ship: minutes and prompts of each stage, in the words of the story that MDD grew from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workshops.models import Stage, Template


class Box(NamedTuple):
    """How long a stage takes, and what it asks."""

    minutes: int
    prompts: Sequence[str | Promise]


WHOLE: Mapping[Stage, Box] = {
    Stage.DELIVER: Box(
        8, [_("What have we shipped?"), _("What do we keep running?"), _("Which of it is most critical?")]
    ),
    Stage.CUSTOMERS: Box(
        6, [_("Who actually defines our work?"), _("Who uses our work, product or service?"), _("Inside and outside?")]
    ),
    Stage.EXPECTATIONS: Box(
        10,
        [
            _("On time: predictable or productive?"),
            _("Delivered according to specification?"),
            _("Solutions to problems they did not know existed?"),
            _("What is hard to measure: quality, usability?"),
            _("How we work: updates, progress, problems?"),
        ],
    ),
    Stage.MEETING: Box(8, [_("Do we actually meet them?"), _("How do we know?")]),
    Stage.THROW: Box(10, [_("Any question to which we would like to see the answer."), _("What would tell us so?")]),
    Stage.GROUP: Box(10, [_("Which of these ask the same thing?")]),
    Stage.PRUNE: Box(12, [_("Would we do something else if it moved?"), _("Can we influence it? Can we measure it?")]),
    Stage.FOCUS: Box(14, [_("Which one question matters most now?"), _("How will we know that it went well?")]),
    Stage.WRAP_UP: Box(12, [_("Whose is it? Where is it to be, by when? What if it goes wrong?")]),
}
ALONE: Mapping[Stage, Box] = {
    Stage.DELIVER: Box(2, [_("What do you keep running that others would miss?")]),
    Stage.CUSTOMERS: Box(1, [_("Who would miss it?")]),
    Stage.EXPECTATIONS: Box(2, [_("What do they expect of it?")]),
    Stage.MEETING: Box(1, [_("Do you meet it? How do you know?")]),
    Stage.THROW: Box(3, [_("To which questions would you like to see the answer?")]),
    Stage.WRAP_UP: Box(6, [_("Take one to three. Whose is it? Where is it to be, by when? What if it goes wrong?")]),
}
PATHS: Mapping[str, Mapping[Stage, Box]] = {Template.Path.WHOLE: WHOLE, Template.Path.ALONE: ALONE}
