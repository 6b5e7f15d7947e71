"""The navigation says where one is."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad

MARKED = re.compile(r'aria-current="page">.*?<span>([^<]+)</span>', re.DOTALL)


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("workshops:squad", "Home"),
        ("workshops:workshops", "Workshops"),
        ("metrics:metrics", "Metrics"),
        ("metrics:squad-inbox", "Reassess"),
        ("workshops:statements", "Four questions"),
        ("workshops:people", "People"),
        ("workshops:settings", "People"),
        ("metrics:runs", "Runs"),
    ],
)
def test_a_page_of_a_squad_marks_the_place_that_one_came_from(
    as_ada: Client, squad: Squad, page: str, place: str
) -> None:
    shown = as_ada.get(reverse(page, args=[squad.slug])).content.decode()

    assert set(MARKED.findall(shown)) == {place}
