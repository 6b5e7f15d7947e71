"""What a workshop asks, and how long each stage takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mdd.forms import OperationForm, is_legible
from workshops.models import Stage
from workshops.shipped import PATHS
from workshops.titles import TITLES
from workshops.ways import Way

Boxes = Mapping[str, tuple[int, str]]


class PromptsForm(OperationForm):
    """One path: minutes and prompts of each of its stages. `seen` is when the page's prompts were last changed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sent: QueryDict | None = None, *, path: str, boxes: Boxes | None = None, seen: str = "") -> None:
        super().__init__(sent, auto_id=f"{path}-%s", initial={"seen": seen})
        self.stages = list(PATHS[path])
        for stage in self.stages:
            minutes, prompts = (boxes or {}).get(stage, (None, ""))
            self.fields[f"minutes-{stage}"] = forms.IntegerField(
                label=_("Minutes"),
                min_value=1,
                max_value=240,
                initial=minutes,
                error_messages=dict.fromkeys(("min_value", "max_value", "required", "invalid"), _("1 to 240, please.")),
            )
            self.fields[f"prompts-{stage}"] = forms.CharField(
                label=_("Prompts, one a line"),
                max_length=1000,
                required=False,
                initial=prompts,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    @classmethod
    def of(cls, way: Way) -> PromptsForm:
        return cls(path=way.path, boxes=way.boxes, seen=way.changed_at)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for stage in self.stages:
            name = f"prompts-{stage}"
            lines = [line.strip() for line in cleaned.get(name, "").splitlines() if line.strip()]
            try:
                for line in lines:
                    is_legible(line)
            except forms.ValidationError as refused:
                self.add_error(name, refused)
            cleaned[name] = "\n".join(lines)
        return cleaned

    def renew(self, seen: str, problem: str) -> None:
        """Ask again, as a page would that has seen what others did meanwhile."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]
        self.add_error(None, problem)

    @property
    def boxes(self) -> Boxes:
        """What was asked for, by stage."""
        said = self.cleaned_data
        return {stage: (said[f"minutes-{stage}"], said[f"prompts-{stage}"]) for stage in self.stages}

    def rows(self) -> Iterator[tuple[Stage, Any, BoundField, BoundField]]:
        """Each stage with its question and its two fields."""
        for stage in self.stages:
            yield stage, TITLES[stage], self[f"minutes-{stage}"], self[f"prompts-{stage}"]
