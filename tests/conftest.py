"""The cast: everybody who may come to a page, and the clients they come with."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django import Settings

from mdd.models import Membership, Role, Squad, User
from tests import builders, servers
from tests import stack as stacks
from tests.browser.room.webs import Web
from tests.emptying import tables_emptied_quickly
from tests.profile import begin_with_the_longest, leave_most_to_long
from tests.quicker import included_templates_unnoted, signed_in, static_files_listed_once
from tests.servers import Server
from tests.stack import Stack

# How long an example takes says nothing where others are at work too.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Collect the static files, once for all workers of this run."""
    if not hasattr(session.config, "workerinput"):
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What is put in a random order between these two lines stays so, but for what has to begin early."""
    leave_most_to_long(items)
    yield
    begin_with_the_longest(items)


__all__ = ["included_templates_unnoted", "static_files_listed_once", "tables_emptied_quickly"]


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; tests have a session without signing in, or a quick hash."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def squad(db: None) -> Squad:
    return builders.make_squad()


@pytest.fixture
def ada(squad: Squad) -> User:
    """Admin of the squad."""
    return builders.make_member(squad, Role.ADMIN, name="Ada")


@pytest.fixture
def mia(squad: Squad) -> User:
    """Member of the squad."""
    return builders.make_member(squad, Role.MEMBER, name="Mia")


@pytest.fixture
def lea(squad: Squad) -> User:
    """Lead of the squad."""
    return builders.make_member(squad, Role.LEAD, name="Lea")


@pytest.fixture
def cory(squad: Squad) -> User:
    """Coach of the squad: looks, does not write."""
    return builders.make_member(squad, Role.COACH, name="Cory")


@pytest.fixture
def vic(squad: Squad) -> User:
    """Viewer of the squad."""
    return builders.make_member(squad, Role.VIEWER, name="Vic")


@pytest.fixture
def eve(db: None) -> User:
    """A stranger: signed in, with a squad of her own, in none of ours."""
    stranger = builders.make_user(name="Eve")
    Membership.objects.create(user=stranger, squad=builders.make_squad(name="Strangers"), role=Role.ADMIN)
    return stranger


@pytest.fixture
def olga(db: None) -> User:
    """Operator of the organisation, in no squad."""
    return builders.make_user(name="Olga", is_staff=True)


@pytest.fixture(scope="session")
def client_of() -> Callable[[User], Client]:
    return signed_in


@pytest.fixture
def as_ada(ada: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(ada)


@pytest.fixture
def as_mia(mia: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(mia)


@pytest.fixture
def as_lea(lea: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(lea)


@pytest.fixture
def as_vic(vic: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(vic)


@pytest.fixture
def as_eve(eve: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(eve)


@pytest.fixture
def as_olga(olga: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(olga)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stacks.running(tmp_path_factory.mktemp("stack")) as started:
        yield started


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A squad's source: a database server that is not ours."""
    with servers.running(tmp_path_factory.mktemp("source")) as server:
        yield server


@pytest.fixture
def server(running_server: Server, settings: Settings) -> Server:
    """A server that the operator allows."""
    settings.EGRESS_ALLOW = (f"127.0.0.1:{running_server.port}",)
    return running_server


@pytest.fixture(scope="session")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """The real web process on the test's database; who kills it starts it again."""
    started = Web(tmp_path_factory.mktemp("web") / "log")
    started.start()
    yield started
    started.kill()
