"""Who is in the demo's squad, and the one account of it that can sign in."""

from __future__ import annotations

import secrets

from allauth.account.models import EmailAddress

from mdd.actions import audit
from mdd.models import Membership, Role, Squad, User

SIGN_IN = "demo@mdd.example"
MEMBERS = {"Mia": Role.ADMIN, "Ada": Role.LEAD, "Jon": Role.MEMBER, "Sam": Role.MEMBER}


def cast() -> dict[str, User]:
    """The squad's people, by name. Nobody can sign in as one of them."""
    return {name: person(f"{name.lower()}@mdd.example", name) for name in MEMBERS}


def person(email: str, name: str) -> User:
    return User.objects.filter(email=email).first() or User.objects.create_user(email, None, name=name)


def join(squad: Squad, people: dict[str, User]) -> None:
    """Give everybody their place."""
    for name, role in MEMBERS.items():
        let_in(squad, people[name], role)


def let_in(squad: Squad, user: User, role: Role) -> None:
    _, is_new = Membership.objects.get_or_create(squad=squad, user=user, defaults={"role": role})
    if is_new:
        audit.record("member-joined", squad, by=None, squad=squad, after={"user": user.pk, "role": role})


def open_door(squad: Squad) -> str | None:
    """Let one account sign in, an admin of the squad and an operator; return its new password, None if it has one."""
    user = person(SIGN_IN, "Demo")
    let_in(squad, user, Role.ADMIN)
    if user.has_usable_password():
        return None
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.is_staff = True
    user.save(update_fields=["password", "is_staff"])
    EmailAddress.objects.get_or_create(user=user, email=SIGN_IN, defaults={"verified": True, "primary": True})
    audit.record("demo-user-opened", user, by=None, squad=squad)
    return password


def close_door() -> None:
    """Let the account sign in no more; a session that is open ends with its password."""
    for user in User.objects.filter(email=SIGN_IN):
        if user.has_usable_password():
            user.set_unusable_password()
            user.is_staff = False
            user.save(update_fields=["password", "is_staff"])
            audit.record("demo-user-closed", user, by=None, squad=None)
