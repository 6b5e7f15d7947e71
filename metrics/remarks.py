"""What the layer above knows of a metric, to stand beside its goal. It registers who can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise

from metrics.models import Metric


class Remark(NamedTuple):
    """One sentence, and what it is about."""

    label: str | Promise
    tell: Callable[[Metric], str]


_remarks: list[Remark] = []


def register(label: str | Promise, tell: Callable[[Metric], str]) -> None:
    """Let `tell` say one sentence of a metric, or "" where it knows none."""
    _remarks.append(Remark(label, tell))


def of(metric: Metric) -> list[tuple[str, str]]:
    """The sentences that there are, each with its label."""
    said = [(str(remark.label), remark.tell(metric)) for remark in _remarks]
    return [(label, sentence) for label, sentence in said if sentence]
