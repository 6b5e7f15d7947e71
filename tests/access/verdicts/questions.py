"""Stages 1 to 4 of a workshop, and their templates."""

from tests.access.verdicts.cast import ASKING, DOING, EMPTY_POST, FORM, LEADING, LOOK, LOOK_IN, Verdicts

PROMPTING = {"POST": EMPTY_POST | {"coach": "form"}}

VERDICTS: Verdicts = {
    "workshops:pulse": LOOK_IN,
    "workshops:write": ASKING,
    "workshops:reword-answer": ASKING,
    "workshops:take-back": DOING,
    "workshops:reveal": DOING,
    "workshops:reveal-next": DOING,
    "workshops:say-again": DOING,
    "workshops:assent": DOING,
    "workshops:mark-critical": DOING,
    "workshops:then-and-now": LOOK,
    "workshops:export-statements": LOOK,
    "workshops:set-aside": DOING,
    "workshops:settle": LEADING,
    "workshops:reveal-opinions": DOING,
    "workshops:opine": ASKING,
    "workshops:find": LEADING,
    "workshops:prompts": LOOK,
    "workshops:change-prompts": PROMPTING,
    "workshops:shipped-prompts": PROMPTING,
    "workshops:reword": FORM,
}
