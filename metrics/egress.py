"""The way out: which addresses a source may be reached at, judged when the connection is made.

A name is resolved once, every address it has is judged, and the caller connects to an address that was judged.
Our own listeners, metadata services, link-local, multicast and unspecified addresses are never reached; other
private and loopback addresses only where the operator's list (settings.EGRESS_ALLOW) names host or network and port.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from dataclasses import dataclass

import psutil
from django.conf import settings
from django.utils.translation import gettext as _

from metrics.sources.deadline import Deadline
from metrics.sources.errors import Code, SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

NEVER: tuple[Network, ...] = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host, unspecified
        "169.254.0.0/16",  # link-local: metadata of most clouds
        "100.100.100.200/32",  # metadata, Alibaba
        "168.63.129.16/32",  # metadata, Azure
        "192.0.0.192/32",  # metadata, Oracle
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "::/128",  # unspecified
        "fe80::/10",  # link-local
        "fd00:ec2::/32",  # metadata, Amazon
        "fd20:ce::/32",  # metadata, Google
        "ff00::/8",  # multicast
    )
)
# What the standard library calls global although it leads inside.
INSIDE: tuple[Network, ...] = tuple(
    ipaddress.ip_network(network) for network in ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "fec0::/10")
)
# IPv6 networks that carry an IPv4 address, with the bit where it begins, counted from the right.
CARRIERS: tuple[tuple[ipaddress.IPv6Network, int], ...] = tuple(
    (ipaddress.IPv6Network(network), shift)
    for network, shift in (
        ("::/96", 0),  # IPv4-compatible
        ("::ffff:0:0/96", 0),  # IPv4-mapped
        ("::ffff:0:0:0/96", 0),  # IPv4-translated
        ("64:ff9b::/96", 0),  # NAT64
        ("64:ff9b:1::/48", 0),  # NAT64, local use
        ("2002::/16", 80),  # 6to4
        ("2001::/32", 64),  # Teredo: its server
    )
)
LOOK_UP = 4.0  # seconds that a name may take to be looked up
REMEMBERED = 30.0  # seconds for which the addresses of our own servers are taken as they were
TEREDO = ipaddress.IPv6Network("2001::/32")
ISATAP = (0x00005EFE, 0x02005EFE)
WORD = 0xFFFFFFFF

ours: dict[str, tuple[float, tuple[Address, ...]]] = {}


@dataclass(frozen=True)
class Rule:
    """What the operator allows: a host name or a network, with one port."""

    host: str
    network: Network | None
    port: int

    @classmethod
    def parse(cls, text: str) -> Rule:
        """Read `host:port`, `cidr:port` or `[v6 cidr]:port`. Raises ValueError."""
        host, _colon, port = text.strip().rpartition(":")
        host = host.strip("[]").lower()
        if not host:
            raise ValueError(f"“{text}” is not host:port.")
        try:
            return cls("", ipaddress.ip_network(host), int(port))
        except ValueError:
            return cls(host, None, int(port))

    def allows(self, host: str, address: Address, port: int) -> bool:
        if port != self.port:
            return False
        return address in self.network if self.network else host.lower().rstrip(".") == self.host


@dataclass(frozen=True)
class Guard:
    """Judges addresses by the operator's rules; `own` are addresses and ports that we listen on ourselves."""

    rules: tuple[Rule, ...]
    own: frozenset[tuple[Address, int]]

    def addresses(self, host: str, port: int, deadline: Deadline) -> tuple[str, ...]:
        """Every address of `host`, each judged. Raises SourceError BLOCKED or UNREACHABLE."""
        found = resolve(host, port, deadline)
        for address in found:
            self.judge(host, address, port)
        return tuple(str(address) for address in found)

    def judge(self, host: str, address: Address, port: int) -> None:
        """Raise SourceError BLOCKED unless this address may be reached for this host."""
        forms = set(meanings(address))
        if any(self.is_never(form, port) for form in forms):
            raise blocked(host, port, f"{address} is never reached")
        if any(map(is_inside, forms)) and not any(rule.allows(host, address, port) for rule in self.rules):
            raise blocked(host, port, f"{address} is private and not in MDD_EGRESS_ALLOW")

    def is_never(self, address: Address, port: int) -> bool:
        return any(address in network for network in NEVER) or (
            (address, port) in self.own or (address.is_loopback and any(is_on_loopback(own, port) for own in self.own))
        )


def is_on_loopback(own: tuple[Address, int], port: int) -> bool:
    """All of 127.0.0.0/8 is this machine, and some of it is forwarded, so a port of ours is closed on the whole net."""
    return own[0].is_loopback and own[1] == port


def guard() -> Guard:
    """The guard of this instance. Raises SourceError UNREACHABLE while our own servers cannot be told from others."""
    deadline = Deadline(LOOK_UP)
    own = {(address, port) for host, port in settings.OWN_LISTENERS for address in all_of_ours(host, deadline)}
    return Guard(tuple(map(Rule.parse, settings.EGRESS_ALLOW)), frozenset(own))


def all_of_ours(host: str, deadline: Deadline) -> Iterator[Address]:
    """The addresses of a listener; listening on all of them means each of this machine's."""
    for address in known(host, deadline):
        yield address
        if address.is_unspecified:
            yield from addresses_of_this_machine()


def known(host: str, deadline: Deadline) -> tuple[Address, ...]:
    """The addresses of one of our own servers, looked up at most twice a minute."""
    until, found = ours.get(host, (0.0, ()))
    if time.monotonic() < until:
        return found
    try:
        found = resolve(host, 0, deadline)
    except SourceError as error:
        sentence = _("MDD cannot look up its own servers just now, so it asks no source.")
        raise SourceError(Code.UNREACHABLE, sentence, detail=f"{host}: {error.detail or error.sentence}") from error
    ours[host] = (time.monotonic() + REMEMBERED, found)
    return found


def addresses_of_this_machine() -> Iterator[Address]:
    for interfaces in psutil.net_if_addrs().values():
        for interface in interfaces:
            if interface.family in {socket.AF_INET, socket.AF_INET6}:
                yield ipaddress.ip_address(interface.address.partition("%")[0])


def meanings(address: Address) -> Iterator[Address]:
    """The address itself and every IPv4 address that it carries inside."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return

    number = int(address)
    for network, shift in CARRIERS:
        if address in network and number > 1:
            yield ipaddress.IPv4Address(number >> shift & WORD)
    if address in TEREDO:
        yield ipaddress.IPv4Address(~number & WORD)
    if number >> 32 & WORD in ISATAP:
        yield ipaddress.IPv4Address(number & WORD)


def is_inside(address: Address) -> bool:
    return not address.is_global or any(address in network for network in INSIDE)


def resolve(host: str, port: int, deadline: Deadline) -> tuple[Address, ...]:
    """The addresses of `host`. The system's resolver knows no deadline, so it is left behind when ours has passed.

    Raises SourceError UNREACHABLE or TIMEOUT.
    """
    deadline.check()
    with suppress(ValueError):
        return (ipaddress.ip_address(host),)
    pool = ThreadPoolExecutor(1, thread_name_prefix="resolve")
    try:
        return pool.submit(lookup, host, port).result(timeout=min(LOOK_UP, deadline.left()))
    except NotInTime as error:
        deadline.check()
        sentence = _("The name “%(host)s” was not found in time.") % {"host": host}
        raise SourceError(Code.UNREACHABLE, sentence) from error
    except (OSError, UnicodeError) as error:
        sentence = _("Nothing is known under the name “%(host)s”.") % {"host": host}
        raise SourceError(Code.UNREACHABLE, sentence, detail=str(error)) from error
    finally:
        pool.shutdown(wait=False)


def lookup(host: str, port: int) -> tuple[Address, ...]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def blocked(host: str, port: int, detail: str) -> SourceError:
    sentence = _("MDD may not connect to %(host)s, port %(port)d. An operator can allow it.")
    return SourceError(Code.BLOCKED, sentence % {"host": host, "port": port}, detail=detail)
