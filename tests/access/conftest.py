"""The world that the matrix is asked about: made once for a module, since each request to it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy, deepcopy

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from mdd.models import Membership, Role, User
from tests import builders
from tests.access.world import World, make_world


@pytest.fixture(scope="module")
def worlds(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, client_of: Callable[[User], Client]
) -> Iterator[tuple[World, World]]:
    """Our squad's world, and the same in a squad that none of the cast is in."""
    with django_db_blocker.unblock(), transaction.atomic():
        stranger, operator = builders.make_user(name="Eve"), builders.make_user(name="Olga", is_staff=True)
        Membership.objects.create(user=stranger, squad=builders.make_squad(name="Strangers"), role=Role.ADMIN)
        ours = make_world(builders.make_squad(), client_of, stranger, operator)
        others = make_world(builders.make_squad(name="Others"), client_of, stranger, operator)
        yield ours, others
        transaction.set_rollback(True)


@pytest.fixture
def world(worlds: tuple[World, World], db: None) -> World:
    return own(worlds[0])


@pytest.fixture
def foreign(worlds: tuple[World, World], db: None) -> World:
    """It is asked for with the clients of `world`."""
    return own(worlds[1])


def own(world: World) -> World:
    """What a test does to it in memory and to cookies is its own; what it does in the database is taken back."""
    return deepcopy(world, {id(world.clients): {who: twin(client) for who, client in world.clients.items()}})


def twin(client: Client) -> Client:
    same = copy(client)
    same.cookies = deepcopy(client.cookies)
    return same
