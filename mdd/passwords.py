"""A password that changes ends the streams of all sessions that were opened with the old one."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver

from mdd import live


@receiver([password_changed, password_reset, password_set])
def look_at_streams(**_told: Any) -> None:
    live.rights_changed()
