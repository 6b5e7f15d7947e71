"""What the embedded broker keeps, refuses and survives."""

from pathlib import Path

import pytest
import redis
from kombu import Connection

from mdd.engines import environment, foreground, instance, plan, trials

pytestmark = pytest.mark.long


@pytest.fixture
def url(data: Path) -> str:
    return environment({"MDD_DATA": str(data)}).redis_url


def test_a_wrong_password_and_no_password_are_refused(data: Path) -> None:
    port = instance.of(data).valkey_port

    with pytest.raises(redis.AuthenticationError):
        redis.from_url(f"redis://mdd:wrong@127.0.0.1:{port}/0").ping()
    with pytest.raises(redis.AuthenticationError):
        redis.from_url(f"redis://127.0.0.1:{port}/0").ping()


@pytest.mark.parametrize("command", ["CONFIG GET maxmemory", "FLUSHALL", "KEYS *", "SHUTDOWN", "ACL LIST"])
def test_the_app_has_no_admin_commands(url: str, command: str) -> None:
    with redis.from_url(url) as client, pytest.raises(redis.exceptions.NoPermissionError):
        client.execute_command(*command.split())


def test_a_full_broker_refuses_and_never_forgets(url: str) -> None:
    with redis.from_url(url) as client:
        memory = client.info("memory")
        kept = client.info("persistence")

    assert memory["maxmemory_policy"] == "noeviction"
    assert memory["maxmemory"] == 128 * 1024 * 1024
    assert kept["aof_enabled"] == 1


def test_a_message_goes_through_it(url: str) -> None:
    with Connection(url) as connection:
        queue = connection.SimpleQueue("trial")
        queue.put({"ids": [1, 2]})

        message = queue.get(timeout=5)
        message.ack()

        assert message.payload == {"ids": [1, 2]}


def test_a_wake_up_goes_through_it(url: str) -> None:
    with redis.from_url(url) as client, client.pubsub() as listener:
        listener.subscribe("topic")
        listener.get_message(timeout=5)

        client.publish("topic", "7")

        assert listener.get_message(timeout=5)["data"] == b"7"


def test_what_it_holds_survives_a_restart(tmp_path: Path) -> None:
    with trials.folder(tmp_path) as folder:
        server = plan.app_valkey(folder)
        url = environment({"MDD_DATA": str(folder)}).redis_url
        with foreground.running([server], log=folder / "log"), redis.from_url(url) as client:
            client.set("kept", "yes")

        with foreground.running([server], log=folder / "log"), redis.from_url(url) as client:
            assert client.get("kept") == b"yes"
