"""Which workshop said what, and who agreed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from mdd.actors import Actor, in_squads_of
from mdd.models import Customer, Deliverable, Expectation, Finding

from .templates import QUESTIONS, Stage
from .workshops import Participant, Workshop

SUBJECTS = dict(zip(QUESTIONS, ("deliverable", "customer", "expectation", "finding"), strict=True))


def about_one() -> Q:
    """Exactly the subject that belongs to the stage."""
    either = Q()
    for stage, subject in SUBJECTS.items():
        either |= Q(stage=stage, **{f"{name}__isnull": name != subject for name in SUBJECTS.values()})
    return either


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "workshop__squad"))


class Agreement(models.Model):
    """A workshop said this: for the first time, or again. Its subject is the one that belongs to the stage."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="agreements")
    stage = models.CharField(max_length=12, choices=Stage)
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, null=True, related_name="agreements")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="agreements")
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, null=True, related_name="agreements")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, related_name="agreements")
    at = models.DateTimeField(db_default=Now())

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=about_one(), name="agreement_on_one_thing_of_its_stage"),
            *(
                models.UniqueConstraint(fields=["workshop", subject], name=f"agreement_once_per_{subject}")
                for subject in SUBJECTS.values()
            ),
        ]

    @property
    def subject(self) -> tuple[str, int]:
        """What it is about: the name of it, and its number."""
        name = SUBJECTS[Stage(self.stage)]
        return name, getattr(self, f"{name}_id")


class Assent(models.Model):
    """Somebody's "I agree". In an anonymous workshop it is only ever counted."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="assents")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="assents")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "participant"], name="assent_one_each_per_agreement"),
        ]
