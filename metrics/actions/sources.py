"""Writes about sources. They belong to the organisation, so views let only operators come here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.models import Squad, User
from metrics import context
from metrics.actions import refreshes
from metrics.models import Query, Source, SourceGrant
from metrics.sources import registry
from metrics.sources.contract import Health
from metrics.sources.contract import Source as Kind
from metrics.sources.errors import SourceError

CHECK_SECONDS = 8.0
OURS = ("config", "sealed", "health", "failures", "open_until", "checked_at")  # fields that nobody types


@transaction.atomic
def create(
    *,
    name: str,
    kind: str,
    config: Mapping[str, Any],
    by: User | None,
    is_for_all: bool = False,
    **limits: int,
) -> Source:
    """Add a source. `config` holds its form's fields, secrets among them; `limits` are concurrency and seconds.

    Raises ValidationError, with the names of the fields, when the form would not take them.
    """
    of = registry.of(kind)
    plain, secret = parted(of, cleaned(of, config))
    source = Source(name=name, kind=kind, config=plain, is_for_all=is_for_all, **limits)
    source.full_clean(exclude=OURS)
    source.save()
    keep_secrets(source, secret)
    audit.record("source-created", source, by=by, squad=None, after=told(source))
    return source


@transaction.atomic
def edit(
    source: Source, *, name: str, config: Mapping[str, Any], by: User | None, is_for_all: bool, **limits: int
) -> Source:
    """Change a source. A secret left empty stays, unless something changed that says where it is sent.

    Raises ValidationError as `create` does. Trouble is forgotten, and what could not be had meanwhile is asked again.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    of = registry.of(source.kind)
    before = told(source)
    plain, secret = parted(of, cleaned(of, config))
    refuse_moved_secrets(of, source, plain, secret)
    source.name, source.config, source.is_for_all = name, plain, is_for_all
    source.failures, source.open_until = 0, None
    for limit, value in limits.items():
        setattr(source, limit, value)
    source.full_clean(exclude=OURS)
    source.save()
    keep_secrets(source, secret)
    audit.record("source-edited", source, by=by, squad=None, before=before, after=told(source))
    refreshes.ask_missed(*Query.objects.filter(source=source))
    return source


def check(source: Source) -> Health:
    """Connect and look; keeps what was found. Raises SourceError after keeping its sentence."""
    try:
        health = looked(source)
    except SourceError as error:
        keep_health(source, {"code": error.code, "error": error.sentence, "detail": error.detail})
        raise
    keep_health(source, {"version": health.version, "warnings": list(health.warnings)})
    return health


def looked(source: Source) -> Health:
    """What is kept is in the language of the code: others read it too."""
    with translation.override(settings.LANGUAGE_CODE):
        return registry.of(source.kind).check(source.config, context.context_for(source, seconds=CHECK_SECONDS))


@transaction.atomic
def grant(source: Source, squad: Squad, *, by: User) -> SourceGrant:
    """Let a squad ask the source."""
    granted, is_new = SourceGrant.objects.get_or_create(source=source, squad=squad, defaults={"by": by})
    if is_new:
        audit.record("source-granted", source, by=by, squad=squad)
        refreshes.ask_missed(*Query.objects.filter(source=source, squad=squad))
    return granted


@transaction.atomic
def revoke(source: Source, squad: Squad, *, by: User) -> None:
    """The squad's queries are refused from the next run on."""
    if SourceGrant.objects.filter(source=source, squad=squad).delete()[0]:
        audit.record("source-revoked", source, by=by, squad=squad)


def cleaned(of: Kind, config: Mapping[str, Any]) -> dict[str, Any]:
    form = of.Form(config)
    if not form.is_valid():
        raise ValidationError({field: list(errors) for field, errors in form.errors.items()})
    return form.cleaned_data


def parted(of: Kind, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What may be read again, and what may not."""
    plain = {name: value for name, value in fields.items() if name not in of.secrets}
    return plain, {name: str(fields[name]) for name in of.secrets if fields.get(name)}


def refuse_moved_secrets(of: Kind, source: Source, plain: Mapping[str, Any], secret: Mapping[str, str]) -> None:
    moved = [name for name in of.pinned if plain.get(name) != source.config.get(name)]
    missing = [name for name in of.secrets if name not in secret]
    if source.sealed and moved and missing:
        sentence = _("Enter this again: it would be sent elsewhere than before.")
        raise ValidationError({name: [sentence] for name in missing})


def keep_secrets(source: Source, secret: Mapping[str, str]) -> None:
    if secret:
        source.sealed = context.sealed(source, {**kept_secrets(source), **secret})
        source.save(update_fields=["sealed"])


def kept_secrets(source: Source) -> dict[str, str]:
    """What was sealed before; nothing where it cannot be opened any more and is entered anew."""
    try:
        return context.secrets_of(source)
    except SourceError:
        return {}


def keep_health(source: Source, health: dict[str, object]) -> None:
    Source.objects.filter(pk=source.pk).update(health=health, checked_at=timezone.now())


def told(source: Source) -> dict[str, object]:
    return {
        "name": source.name,
        "kind": source.kind,
        "config": source.config,
        "is_for_all": source.is_for_all,
        "concurrency": source.concurrency,
        "seconds": source.seconds,
    }
