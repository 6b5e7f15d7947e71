"""A squad's own copies of the workshops that ship."""

from __future__ import annotations

from django.db import transaction

from mdd.models import Squad
from workshops.models import Template, TimeBox
from workshops.shipped import PATHS


@transaction.atomic
def copy_for(squad: Squad, path: str) -> Template:
    """The squad's template of this path, copied from what ships the first time it is asked for."""
    template, is_new = Template.objects.get_or_create(squad=squad, path=path)
    if is_new:
        TimeBox.objects.bulk_create(
            TimeBox(template=template, stage=stage, minutes=box.minutes, prompts="\n".join(map(str, box.prompts)))
            for stage, box in PATHS[path].items()
        )
    return template
