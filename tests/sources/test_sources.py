"""What operators do with sources: add, change, check, grant and take back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from mdd.models import AuditEntry, Squad, User
from metrics import context
from metrics.actions import sources
from metrics.models import Refresh, Source
from metrics.sources.errors import Code, SourceError
from tests import builders
from tests.refresh.conftest import make_refresh
from tests.servers import Server


@pytest.fixture
def source(server: Server, olga: User) -> Source:
    return sources.create(name="Help desk", kind="postgres", config=server.config(), by=olga)


def edit(source: Source, config: dict[str, Any], by: User) -> Source:
    return sources.edit(source, name=source.name, config=config, by=by, is_for_all=source.is_for_all)


def test_a_new_source_keeps_its_password_sealed(server: Server, source: Source) -> None:
    source.refresh_from_db()

    assert "password" not in source.config
    assert server.password.encode() not in bytes(source.sealed)
    assert context.secrets_of(source) == {"password": server.password}


def test_no_secret_is_written_down(server: Server, source: Source, olga: User) -> None:
    edit(source, server.config(password="another-secret"), olga)

    written = str(list(AuditEntry.objects.values()))
    assert "Help desk" in written
    assert server.password not in written
    assert "another-secret" not in written


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": "two, hosts"}, "host"),
        ({"host": "/var/run/postgresql"}, "host"),
        ({"host": ""}, "host"),
        ({"port": 0}, "port"),
        ({"port": "many"}, "port"),
        ({"dbname": "x" * 64}, "dbname"),
        ({"sslmode": "whatever"}, "sslmode"),
        ({"search_path": "public; drop"}, "search_path"),
    ],
)
def test_a_field_that_is_wrong_is_named(server: Server, olga: User, changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        sources.create(name="Help desk", kind="postgres", config=server.config(**changes), by=olga)

    assert list(refused.value.message_dict) == [field]


def test_a_name_that_is_taken_is_told(server: Server, source: Source, olga: User) -> None:
    with pytest.raises(ValidationError, match="Another source has this name"):
        sources.create(name="Help desk", kind="postgres", config=server.config(), by=olga)


def test_an_unknown_kind_is_refused(olga: User) -> None:
    with pytest.raises(SourceError, match="no source of the kind “oracle”"):
        sources.create(name="Help desk", kind="oracle", config={}, by=olga)


def test_a_password_left_empty_stays(server: Server, source: Source, olga: User) -> None:
    edited = edit(source, server.config(password="", dbname="other"), olga)

    assert edited.config["dbname"] == "other"
    assert context.secrets_of(edited) == {"password": server.password}


@pytest.mark.parametrize(
    "changes", [{"host": "elsewhere.example"}, {"port": 5432}, {"user": "admin"}, {"sslmode": "prefer"}]
)
def test_a_password_does_not_follow_to_another_place(
    server: Server, source: Source, olga: User, changes: dict[str, object]
) -> None:
    with pytest.raises(ValidationError) as refused:
        edit(source, server.config(password="", **changes), olga)

    assert refused.value.message_dict == {"password": ["Enter this again: it would be sent elsewhere than before."]}
    source.refresh_from_db()
    assert source.config["host"] == "127.0.0.1"


def test_a_check_keeps_what_it_found(source: Source) -> None:
    sources.check(source)

    source.refresh_from_db()
    assert source.health["version"].startswith("PostgreSQL 1")
    assert source.checked_at is not None


def test_a_check_that_fails_keeps_the_sentence(source: Source, settings: Settings) -> None:
    settings.EGRESS_ALLOW = ()

    with pytest.raises(SourceError):
        sources.check(source)

    source.refresh_from_db()
    assert source.health["code"] == Code.BLOCKED
    assert source.health["error"].startswith("MDD may not connect to 127.0.0.1")


def test_mending_a_source_ends_its_trouble_and_asks_for_what_was_missed(
    server: Server, source: Source, squad: Squad, olga: User
) -> None:
    Source.objects.update(failures=9)
    refresh = make_refresh(builders.make_query(squad, source), attempts=12)
    Refresh.objects.update(state="dead", finished_at=refresh.due_at, error_code="AUTH", queued_at=refresh.due_at)
    Refresh.objects.update(slot="2099-01-01T00:00Z", until="2099-01-01T01:00Z")

    edited = edit(source, server.config(), olga)

    refresh.refresh_from_db()
    assert (edited.failures, refresh.state, refresh.attempts) == (0, "waiting", 0)


def test_a_squad_may_ask_what_it_was_granted(source: Source, squad: Squad, olga: User) -> None:
    sources.grant(source, squad, by=olga)
    sources.grant(source, squad, by=olga)

    assert list(Source.objects.granted_to(squad)) == [source]
    assert AuditEntry.objects.filter(what="source-granted").count() == 1


def test_and_no_more_when_it_is_taken_back(source: Source, squad: Squad, olga: User) -> None:
    sources.grant(source, squad, by=olga)

    sources.revoke(source, squad, by=olga)
    sources.revoke(source, squad, by=olga)

    assert not Source.objects.granted_to(squad).exists()
    assert AuditEntry.objects.filter(what="source-revoked").count() == 1
