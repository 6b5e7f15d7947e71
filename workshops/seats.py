"""Shared parts are drawn for nobody in particular; each page then puts its own tokens on the seats left in them."""

from __future__ import annotations

import re
from uuid import uuid4

CSRF = "csrf-seat"
OPERATION = "operation-seat"


def fill(html: str, *, token: str) -> str:
    """The part for one page: its token, and a fresh key for each write."""
    seated = html.replace(f'value="{CSRF}"', f'value="{token}"')
    return re.sub(f'value="{OPERATION}"', lambda _: f'value="{uuid4()}"', seated)
