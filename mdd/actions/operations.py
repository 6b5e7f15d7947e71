"""Writes that happen once, however often they are sent."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from mdd.models import Operation, User


@transaction.atomic
def once(key: UUID, user: User, write: Callable[[], str], *, words: UUID | None = None) -> str:
    """Run `write` the first time that `user` sends `key`; answer with the address it led to every time.

    Where the same key comes with other `words` than the last time, it is another write. A second request that arrives
    meanwhile waits for the first one's commit.
    """
    operation, is_first = Operation.objects.select_for_update().get_or_create(key=key, user=user)
    if is_first or operation.words != words:
        operation.words, operation.result = words, write()
        operation.save(update_fields=["words", "result"])
    return operation.result


def led_to(key: str | None, user: User) -> str:
    """Where an operation of this user has led already; "" where it has not been done, or is no operation at all."""
    try:
        done = Operation.objects.filter(key=UUID(key or ""), user=user).first()
    except ValueError:
        return ""
    return done.result if done else ""
