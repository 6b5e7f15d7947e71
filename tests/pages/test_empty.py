"""A page with nothing on it says what to do next, once."""

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad
from tests import builders

PAGES = (
    "metrics:metrics",
    "metrics:dashboards",
    "metrics:runs",
    "workshops:workshops",
    "workshops:squad",
)


def main_buttons(client: Client, url: str) -> int:
    return client.get(url).content.decode().count("button--main")


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_has_one_main_button_for_those_who_write(as_mia: Client, squad: Squad, page: str) -> None:
    assert main_buttons(as_mia, reverse(page, args=[squad.slug])) == 1


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_asks_nothing_of_those_who_look(as_vic: Client, squad: Squad, page: str) -> None:
    assert main_buttons(as_vic, reverse(page, args=[squad.slug])) == 0


@pytest.mark.parametrize("url", ["/squads/", "/sources/", "/loops/"])
def test_so_do_the_pages_of_the_organisation(as_olga: Client, url: str) -> None:
    assert main_buttons(as_olga, url) == 1


def test_a_dashboard_of_a_squad_without_metrics_leads_to_the_first(as_mia: Client, squad: Squad) -> None:
    url = reverse("metrics:add-tile", args=[builders.make_dashboard(squad).pk])

    page = as_mia.get(url).content.decode()

    assert "The squad has no metric yet." in page
    assert "Write the first one" in page
