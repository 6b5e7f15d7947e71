"""Where a source may lead us. The corpus holds every spelling of an address that we know of."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from metrics import egress
from metrics.egress import Guard, Rule
from metrics.queue import leases
from metrics.sources.deadline import Deadline
from metrics.sources.errors import Code, SourceError

CLOSED = Guard(rules=(), own=frozenset())
OPEN_NETWORKS = ("0.0.0.0/0:5432", "[::/0]:5432")
WIDE_OPEN = Guard(rules=tuple(map(Rule.parse, OPEN_NETWORKS)), own=frozenset())

NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "169.254.170.2",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "fe80::1",
    "fd00:ec2::254",
    "fd20:ce::254",
    "ff02::1",
    "::ffff:169.254.169.254",
    "::169.254.169.254",
    "::ffff:0:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::a9fe:a9fe",
    "2002:a9fe:a9fe::",
    "2001:0:a9fe:a9fe::",
    "2001::5601:5601",
    "2400:cb00::5efe:a9fe:a9fe",
]
INSIDE = [
    "127.0.0.1",
    "127.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "fc00::1",
    "fec0::1",
    "::ffff:10.0.0.1",
    "::ffff:100.64.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]
OUTSIDE = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111"]


def verdict(guard: Guard, address: str, port: int = 5432) -> str:
    try:
        guard.judge(address, ipaddress.ip_address(address), port)
    except SourceError as error:
        return error.code
    return "allowed"


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_reached_whatever_is_allowed(address: str) -> None:
    assert verdict(WIDE_OPEN, address) == Code.BLOCKED


@pytest.mark.parametrize("address", INSIDE)
def test_private_addresses_need_the_operators_word(address: str) -> None:
    assert verdict(CLOSED, address) == Code.BLOCKED
    assert verdict(WIDE_OPEN, address) == "allowed"


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_free(address: str) -> None:
    assert verdict(CLOSED, address) == "allowed"


@given(st.ip_addresses(v=4, network="169.254.0.0/16"), st.sampled_from(egress.CARRIERS))
def test_no_carrier_hides_a_metadata_address(
    inner: ipaddress.IPv4Address, carrier: tuple[ipaddress.IPv6Network, int]
) -> None:
    network, shift = carrier
    wrapped = ipaddress.IPv6Address(int(network.network_address) | int(inner) << shift)

    assert verdict(WIDE_OPEN, str(wrapped)) == Code.BLOCKED


@given(st.ip_addresses())
def test_what_is_allowed_without_a_rule_is_global_and_carries_nothing_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if verdict(CLOSED, str(address)) == "allowed":
        assert all(form.is_global and not form.is_multicast for form in egress.meanings(address))


@pytest.mark.parametrize(
    ("rule", "host", "address", "port", "allowed"),
    [
        ("warehouse:5432", "warehouse", "10.0.0.5", 5432, True),
        ("warehouse:5432", "WAREHOUSE.", "10.0.0.5", 5432, True),
        ("warehouse:5432", "warehouse", "10.0.0.5", 5433, False),
        ("warehouse:5432", "warehouse.evil.example", "10.0.0.5", 5432, False),
        ("warehouse:5432", "warehouse", "169.254.169.254", 5432, False),
        ("10.0.0.0/8:5432", "anything", "10.9.9.9", 5432, True),
        ("10.0.0.0/8:5432", "anything", "192.168.0.1", 5432, False),
        ("10.0.0.5:5432", "10.0.0.5", "10.0.0.5", 5432, True),
        ("[fc00::/7]:5432", "inside", "fd12::1", 5432, True),
    ],
)
def test_a_rule_names_host_or_network_and_port(rule: str, host: str, address: str, port: int, *, allowed: bool) -> None:
    guard = Guard(rules=(Rule.parse(rule),), own=frozenset())

    try:
        guard.judge(host, ipaddress.ip_address(address), port)
        assert allowed
    except SourceError:
        assert not allowed


@pytest.mark.parametrize("rule", ["warehouse", ":5432", "warehouse:port"])
def test_a_rule_without_host_and_port_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"host:port|invalid literal"):
        Rule.parse(rule)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2", "::ffff:127.0.0.1", "0x7f.1", "2130706433"])
def test_our_own_listeners_are_closed_however_they_are_spelled(settings: Settings, host: str) -> None:
    settings.OWN_LISTENERS = (("127.0.0.1", 5432),)
    settings.EGRESS_ALLOW = ("127.0.0.0/8:5432", "localhost:5432", f"{host}:5432")

    with pytest.raises(SourceError) as refused:
        egress.guard().addresses(host, 5432, Deadline(5))

    assert refused.value.code == Code.BLOCKED


def test_a_listener_on_all_addresses_is_closed_on_each(settings: Settings) -> None:
    settings.OWN_LISTENERS = (("0.0.0.0", 8000),)
    settings.EGRESS_ALLOW = ("0.0.0.0/0:8000",)
    own = [str(address) for address in egress.addresses_of_this_machine() if address.version == 4]

    assert "127.0.0.1" in own
    assert {verdict(egress.guard(), address, 8000) for address in own} == {Code.BLOCKED}


def test_one_bad_answer_of_the_resolver_spoils_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public at first and private at the second look would pass otherwise."""
    answers = (ipaddress.ip_address("1.1.1.1"), ipaddress.ip_address("10.0.0.1"))
    monkeypatch.setattr(egress, "lookup", lambda *_: answers)

    with pytest.raises(SourceError) as refused:
        CLOSED.addresses("rebinding.example", 5432, Deadline(5))

    assert refused.value.code == Code.BLOCKED


def unknown(*_: object) -> None:
    raise socket.gaierror(-2, "Name or service not known")


def test_an_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "lookup", unknown)

    with pytest.raises(SourceError, match="Nothing is known under the name “nowhere") as refused:
        CLOSED.addresses("nowhere.example", 5432, Deadline(5))

    assert refused.value.code == Code.UNREACHABLE


def test_a_slow_resolver_does_not_outlast_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "lookup", lambda *_: time.sleep(1.5))
    begun = time.monotonic()

    with pytest.raises(SourceError) as refused:
        CLOSED.addresses("slow.example", 5432, Deadline(0.2))

    assert refused.value.code == Code.TIMEOUT
    assert time.monotonic() - begun < 1


def test_a_name_that_is_looked_up_for_long_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "lookup", lambda *_: time.sleep(1.5))
    monkeypatch.setattr(egress, "LOOK_UP", 0.2)

    with pytest.raises(SourceError, match=r"The name “slow\.example” was not found in time\.") as refused:
        CLOSED.addresses("slow.example", 5432, Deadline(30))

    assert refused.value.code == Code.UNREACHABLE


def test_two_names_may_be_looked_up_within_a_lease() -> None:
    assert leases.LENGTH.total_seconds() > 2 * egress.LOOK_UP


def slow(*_: object) -> None:
    time.sleep(1.5)


@pytest.mark.parametrize("lookup", [unknown, slow])
def test_nobody_is_asked_while_our_own_servers_are_unknown(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, lookup: Callable[..., None]
) -> None:
    settings.OWN_LISTENERS = (("valkey.example", 6379), ("postgres.example", 5432))
    monkeypatch.setattr(egress, "lookup", lookup)
    monkeypatch.setattr(egress, "LOOK_UP", 0.2)

    with pytest.raises(SourceError, match="cannot look up its own servers") as refused:
        egress.guard()

    assert refused.value.code == Code.UNREACHABLE
    assert "valkey.example" not in refused.value.sentence
    assert "valkey.example" in refused.value.detail


def test_where_our_own_servers_are_is_remembered_for_a_while(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OWN_LISTENERS = (("postgres.example", 5432),)
    monkeypatch.setattr(egress, "ours", {})
    monkeypatch.setattr(egress, "lookup", lambda *_: (ipaddress.ip_address("10.0.0.7"),))
    first = egress.guard()

    monkeypatch.setattr(egress, "lookup", unknown)
    assert egress.guard() == first

    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(SourceError):
        egress.guard()
