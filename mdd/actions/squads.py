"""Making squads and letting people in."""

from django.db import transaction
from django.utils.text import slugify

from mdd.actions import audit
from mdd.models import Membership, Role, Squad, User


@transaction.atomic
def found(*, name: str, zone: str, by: User, week_start: int = Squad.Weekday.MONDAY) -> Squad:
    """Make a squad; who makes it is its first admin."""
    squad = Squad.objects.create(name=name, slug=free_slug(name), zone=zone, week_start=week_start)
    Membership.objects.create(squad=squad, user=by, role=Role.ADMIN)
    audit.record("squad-founded", squad, by=by, squad=squad, after={"name": name, "zone": zone})
    return squad


@transaction.atomic
def rename(squad: Squad, *, name: str, by: User) -> None:
    """Call a squad something else. Its address stays, so that links go on working."""
    before = Squad.objects.select_for_update(no_key=True).get(pk=squad.pk).name
    if before == name:
        return
    Squad.objects.filter(pk=squad.pk).update(name=name)
    audit.record("squad-renamed", squad, by=by, squad=squad, before={"name": before}, after={"name": name})


def free_slug(name: str) -> str:
    """An address nobody has: the name's own, else with the next number."""
    base = slugify(name)[:50] or "squad"
    taken = set(Squad.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
