"""Secrets at rest: sealed under the instance's keys, bound to their row, turned to a new key by a command."""

from __future__ import annotations

import base64
import os
from itertools import permutations

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from metrics import context, secrets
from metrics.models import Source
from metrics.sources.errors import Code, SourceError
from tests.builders import make_source


def new_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def sealed_source(number: int = 0) -> Source:
    source = make_source()
    source.sealed = context.sealed(source, {"password": f"password {number}"})
    source.save()
    return source


@given(st.binary(max_size=200))
def test_what_is_sealed_comes_out_again(plain: bytes) -> None:
    row = Source(pk=7)

    assert secrets.unseal(secrets.seal(plain, row=row, field="sealed"), row=row, field="sealed") == plain


def test_the_same_secret_never_looks_the_same() -> None:
    row = Source(pk=7)

    assert secrets.seal(b"x", row=row, field="sealed") != secrets.seal(b"x", row=row, field="sealed")


def test_a_row_that_is_not_saved_can_hold_no_secret() -> None:
    with pytest.raises(ValueError, match="saved first"):
        secrets.seal(b"x", row=Source(), field="sealed")


def test_a_secret_moved_to_another_row_stays_shut(db: None) -> None:
    sources = [sealed_source() for _number in range(3)]

    for one, other in permutations(sources, 2):
        with pytest.raises(SourceError, match="enter it again") as refused:
            context.secrets_of(Source(pk=other.pk, sealed=one.sealed))
        assert refused.value.code == Code.CONFIG


def test_a_secret_moved_to_another_field_stays_shut() -> None:
    row = Source(pk=7)

    with pytest.raises(secrets.SealError):
        secrets.unseal(secrets.seal(b"x", row=row, field="sealed"), row=row, field="other")


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=1, max_value=255))
def test_a_secret_with_any_byte_changed_stays_shut(place: int, flip: int) -> None:
    row = Source(pk=7)
    sealed = bytearray(secrets.seal(b"open sesame", row=row, field="sealed"))
    sealed[place % len(sealed)] ^= flip

    with pytest.raises(secrets.SealError):
        secrets.unseal(bytes(sealed), row=row, field="sealed")


def test_rotation_turns_every_secret_to_the_newest_key(db: None, settings: Settings) -> None:
    sources = [sealed_source(number) for number in range(3)]
    old, new = settings.SOURCE_KEYS[0], new_key()
    settings.SOURCE_KEYS = (new, old)

    call_command("rotate_source_keys", verbosity=0)

    settings.SOURCE_KEYS = (new,)
    for number, source in enumerate(sources):
        source.refresh_from_db()
        assert context.secrets_of(source) == {"password": f"password {number}"}


def test_rotation_goes_on_past_a_secret_that_nobody_can_open(
    db: None, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    lost, kept = sealed_source(), sealed_source()
    Source.objects.filter(pk=lost.pk).update(sealed=kept.sealed)
    settings.SOURCE_KEYS = (new_key(), *settings.SOURCE_KEYS)

    call_command("rotate_source_keys")

    kept.refresh_from_db()
    assert secrets.is_current(bytes(kept.sealed))
    assert f"{lost.name}: cannot be opened" in capsys.readouterr().out
