"""The ways a workshop can go, as one squad runs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mdd.models import Squad
from workshops.actions.templates import as_shipped
from workshops.models import Stage, Template
from workshops.shipped import PATHS


@dataclass(frozen=True)
class Way:
    """One path: its boxes as minutes and prompts by stage, whether they are the squad's own, and since when ("")."""

    path: str
    boxes: dict[str, tuple[int, str]]
    is_ours: bool
    changed_at: str

    @property
    def title(self) -> str:
        return str(Template.Path(self.path).label)

    @property
    def minutes(self) -> int:
        return sum(minutes for minutes, _prompts in self.boxes.values())

    @property
    def stages(self) -> Sequence[str]:
        return [str(Stage(stage).label) for stage in self.boxes]


def ways(squad: Squad) -> list[Way]:
    """Every path: as the squad changed it, else as it ships."""
    rows = Template.objects.filter(squad=squad).prefetch_related("boxes")
    ours = {template.path: template for template in rows}
    return [way(path, ours.get(path)) for path in PATHS]


def way(path: str, ours: Template | None) -> Way:
    shipped = as_shipped(path)
    if ours is None:
        return Way(path, shipped, is_ours=False, changed_at="")
    kept = {box.stage: (box.minutes, box.prompts) for box in ours.boxes.all()}
    boxes = {stage: kept.get(stage, shipped[stage]) for stage in shipped}
    return Way(path, boxes, is_ours=boxes != shipped, changed_at=ours.changed_at.isoformat())
