"""What people promise to do about a number, and that they did it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from mdd.actions import audit
from mdd.models import User
from metrics.models import Action, Reassessment


def promise(prompt: Reassessment, *, text: str, owner: User, due: date, expected_effect: str = "", by: User) -> Action:
    """Write down what one person will do until a day because of a decision."""
    action = Action.objects.create(
        squad=prompt.squad,
        metric=prompt.metric,
        reassessment=prompt,
        text=text,
        owner=owner,
        due=due,
        expected_effect=expected_effect,
        by=by,
    )
    audit.record("action-promised", action, by=by, squad=prompt.squad, after={"text": text, "due": due.isoformat()})
    return action


@transaction.atomic
def settle(action: Action, *, is_done: bool, effect_seen: str, by: User) -> Action:
    """Say that it is done and what it changed, or that it is not done after all. Saying it again changes nothing."""
    action = Action.objects.select_for_update().get(pk=action.pk)
    wanted = (is_done, effect_seen if is_done else "")
    if wanted == (action.done_at is not None, action.effect_seen):
        return action
    if is_done != (action.done_at is not None):
        action.done_at = timezone.now() if is_done else None
    action.effect_seen = wanted[1]
    action.save(update_fields=["done_at", "effect_seen"])
    what = "action-done" if is_done else "action-reopened"
    audit.record(what, action, by=by, squad=action.squad, after={"effect_seen": action.effect_seen})
    return action
