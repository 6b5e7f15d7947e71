"""A squad's own copies of the workshops that ship."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.models import Squad, User
from workshops.actions.refusals import Refused
from workshops.models import Template, TimeBox
from workshops.shipped import PATHS


@transaction.atomic
def copy_for(squad: Squad, path: str) -> Template:
    """The squad's template of this path, copied from what ships the first time it is asked for."""
    template, is_new = Template.objects.get_or_create(squad=squad, path=path)
    if is_new:
        TimeBox.objects.bulk_create(
            TimeBox(template=template, stage=stage, minutes=minutes, prompts=prompts)
            for stage, (minutes, prompts) in as_shipped(path).items()
        )
    return template


@transaction.atomic
def change(squad: Squad, path: str, *, boxes: Mapping[str, tuple[int, str]], by: User, seen: str | None = None) -> None:
    """Give each stage of a path its minutes and prompts. Workshops that run see them at once.

    Raises Refused where somebody has changed them since `seen`, the moment of the last change on the page.
    """
    existing = Template.objects.select_for_update().filter(squad=squad, path=path).first()
    if existing and seen is not None and existing.changed_at.isoformat() != seen:
        raise Refused(_("Somebody has changed these prompts meanwhile. Keep yours again to put them in their place."))
    template = existing or copy_for(squad, path)
    before = {box.stage: [box.minutes, box.prompts] for box in template.boxes.all()}
    for stage, (minutes, prompts) in boxes.items():
        template.boxes.filter(stage=stage).update(minutes=minutes, prompts=prompts)
    template.changed_at = timezone.now()
    template.save(update_fields=["changed_at"])
    after = {stage: list(box) for stage, box in boxes.items()}
    audit.record("prompts-changed", template, by=by, squad=squad, before=before, after=after)


def as_shipped(path: str) -> dict[str, tuple[int, str]]:
    """Minutes and prompts of each stage, one prompt a line."""
    return {str(stage): (box.minutes, "\n".join(map(str, box.prompts))) for stage, box in PATHS[path].items()}
