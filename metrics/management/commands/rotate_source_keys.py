"""Seal every secret anew with the first of SOURCE_KEYS. May be stopped and run again at any time."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from metrics import context, secrets
from metrics.models import Source
from metrics.sources.errors import SourceError


class Command(BaseCommand):
    help = "Seal the secrets of all sources anew with the first of SOURCE_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        turned = sum(map(self.turn, Source.objects.exclude(sealed=b"").values_list("pk", flat=True)))
        self.stdout.write(f"{turned} sealed anew.")

    @transaction.atomic
    def turn(self, pk: int) -> bool:
        """Seal one source anew; says whether that was needed and could be done."""
        source = Source.objects.select_for_update().get(pk=pk)
        if secrets.is_current(bytes(source.sealed)):
            return False
        try:
            source.sealed = context.sealed(source, context.secrets_of(source))
        except SourceError:
            self.stdout.write(f"{source.name}: cannot be opened; enter its password again.")
            return False
        source.save(update_fields=["sealed"])
        return True
