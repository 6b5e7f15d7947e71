"""The kinds of source that there are."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .contract import Source
from .errors import Code, SourceError
from .postgres import Postgres

KINDS: dict[str, Source] = {kind.key: kind for kind in (Postgres(),)}


def of(kind: str) -> Source:
    """The kind of this name. Raises SourceError CONFIG."""
    if kind not in KINDS:
        raise SourceError(Code.CONFIG, _("This MDD knows no source of the kind “%(kind)s”.") % {"kind": kind})
    return KINDS[kind]


def named(kind: str) -> str:
    """What people call this kind; a kind that is not there any more keeps its short name."""
    return KINDS[kind].label if kind in KINDS else kind
