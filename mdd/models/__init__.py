"""People, squads, their statements, and the traces that writes leave."""

from .operation import Operation
from .people import Membership, Role, Squad, User
from .statements import Customer, Deliverable, Expectation, Finding
from .traces import AuditEntry, Heartbeat

__all__ = [
    "AuditEntry",
    "Customer",
    "Deliverable",
    "Expectation",
    "Finding",
    "Heartbeat",
    "Membership",
    "Operation",
    "Role",
    "Squad",
    "User",
]
