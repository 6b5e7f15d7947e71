"""Where the cursor stands in a form that was refused."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.http import QueryDict

from mdd.models import User


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


class Booking(forms.Form):
    """One field of each kind that our forms have."""

    name = forms.CharField(max_length=5)
    email = forms.EmailField()
    seats = forms.IntegerField(min_value=1, max_value=9)
    price = forms.FloatField()
    day = forms.DateField()
    leaves = forms.DateTimeField()
    by = forms.ChoiceField(choices=[("train", "Train")])
    stops = forms.MultipleChoiceField(choices=[("lund", "Lund")])
    guide = forms.ModelChoiceField(queryset=User.objects.none())
    friends = forms.ModelMultipleChoiceField(queryset=User.objects.none())
    ticket = forms.FileField()
    secret = forms.CharField(widget=forms.PasswordInput)
    code = forms.CharField(error_messages={"required": "Six digits, please."})


CHOSEN = ("by", "stops", "guide", "friends")


def said_of(form: forms.Form) -> dict[str, str]:
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


def test_what_is_missing_is_asked_for_in_plain_words() -> None:
    assert said_of(Booking({})) == {
        "name": "Write something here.",
        "email": "Write an email address.",
        "seats": "Write a number.",
        "price": "Write a number.",
        "day": "Choose a day.",
        "leaves": "Choose a day and a time.",
        "by": "Choose one.",
        "stops": "Choose at least one.",
        "guide": "Choose one.",
        "friends": "Choose at least one.",
        "ticket": "Choose a file.",
        "secret": "Write the password.",
        "code": "Six digits, please.",
    }


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("name", "Gothenburg", "There is room for at most 5 characters; these are 10."),
        ("email", "noa", "This is no email address. Write one like noa@example.org."),
        ("seats", "two", "Write a whole number."),
        ("seats", "0", "At least 1."),
        ("seats", "10", "At most 9."),
        ("price", "cheap", "Write a number."),
        ("day", "soon", "This is no day of the calendar. Write it as 2026-03-01."),
        ("leaves", "soon", "This is no day and time. Write them as 2026-03-01 14:00."),
        *((name, "x", "This cannot be chosen any more. Choose another one.") for name in CHOSEN),
    ],
)
def test_what_cannot_be_taken_is_said_in_plain_words(name: str, typed: str, sentence: str) -> None:
    assert said_of(Booking(QueryDict(f"{name}={typed}")))[name] == sentence
