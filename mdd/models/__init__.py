"""People, squads, their statements, and the traces that writes leave."""

from .invitations import Invitation, Joining
from .live import Event, Topic
from .operation import Operation
from .people import Membership, Role, Squad, User
from .statements import Customer, Deliverable, Expectation, Finding
from .traces import AuditEntry, Heartbeat

__all__ = [
    "AuditEntry",
    "Customer",
    "Deliverable",
    "Event",
    "Expectation",
    "Finding",
    "Heartbeat",
    "Invitation",
    "Joining",
    "Membership",
    "Operation",
    "Role",
    "Squad",
    "Topic",
    "User",
]
