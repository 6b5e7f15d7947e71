"""Shared parts are drawn for nobody in particular; each page then puts its own tokens on the seats left in them.

A list in a part is streamed by itself: the part has a seat where the page puts what the list holds. Seats are markup:
what somebody typed is escaped, so that nobody can write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from uuid import uuid4

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mdd.live.feeds import Groups

CSRF = mark_safe("<csrf>")
OPERATION = mark_safe("<operation>")
LIST = re.compile(r"<!--list (\S+)-->")


class LeftOut(Mapping[str, SafeString]):
    """Each part as the place where it belongs, for a page that has them all from the stream."""

    def __getitem__(self, name: str) -> SafeString:
        return format_html('<template data-kept="{}"></template>', name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def of_list(name: str) -> SafeString:
    return format_html("<!--list {}-->", name)


def taken(drawn: Groups, *, token: str) -> Mapping[str, SafeString]:
    """The groups for one page: their lists inside, its token, and a fresh key for each write."""
    whole = {name: "".join(group.values()) for name, group in drawn.items()}
    return {name: mark_safe(fill(listed(html, whole), token=token)) for name, html in whole.items()}  # noqa: S308


def listed(html: str, lists: Mapping[str, str]) -> str:
    return LIST.sub(lambda seat: lists.get(seat[1], ""), html)


def fill(html: str, *, token: str) -> str:
    seated = html.replace(f'value="{CSRF}"', f'value="{token}"')
    return re.sub(f'value="{OPERATION}"', lambda _: f'value="{uuid4()}"', seated)
