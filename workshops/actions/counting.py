"""Telling the whole that cards or people have come to one of its groups, or gone."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.db import transaction

from mdd import live
from workshops.models import APART, Workshop

COUNTED = "group-counted"


def hint(workshop: Workshop) -> None:
    """Tell, after the commit: whoever brings a group back holds the whole first, and nobody must wait across.

    What a crash loses is seen at the next sign of life.
    """
    if workshop.parent_id is not None:
        transaction.on_commit(partial(tell, workshop.pk), robust=True)


@transaction.atomic
def tell(group: int) -> None:
    """That something is there to be counted, not what: pages are drawn from the rows. Elsewhere none shows groups."""
    whole = Workshop.objects.filter(groups=group, stage__in=APART).select_related("topic").first()
    if whole:
        live.record(whole.topic, COUNTED, operation=uuid4(), by=None)
