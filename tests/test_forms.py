"""Where the cursor stands in a form that was refused."""

from __future__ import annotations

import re

import pytest
from django import forms


class Trip(forms.Form):
    """A key that nobody sees, and three things that are asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    start = forms.CharField()
    day = forms.DateField()
    by = forms.ChoiceField(choices=[("train", "Train"), ("ship", "Ship")], widget=forms.RadioSelect)


def focused(form: forms.Form) -> list[str]:
    """The names of the fields that have the cursor."""
    return re.findall(r'name="(\w+)"[^>]* autofocus', str(form))


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({}, ["start"]),
        ({"start": "Malmö", "day": "soon"}, ["day"]),
        ({"start": "Malmö", "day": "2026-11-27"}, ["by", "by"]),
        ({"start": "Malmö", "day": "2026-11-27", "by": "ship"}, []),
    ],
)
def test_the_first_refused_field_that_one_sees_has_the_cursor(answers: dict[str, str], first: list[str]) -> None:
    assert focused(Trip(answers)) == first


def test_a_form_that_nobody_has_sent_takes_the_cursor_from_nothing() -> None:
    assert focused(Trip()) == []
