"""The small drawings that templates ask for, and the style guide that shows all of them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from mdd.templatetags import look, ring

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_each_icon_that_a_template_names_is_there() -> None:
    texts = [path.read_text() for path in TEMPLATES.rglob("*.html")]
    names = {name for text in texts for name in re.findall(r'icon[ =]"([a-z0-9-]+)"', text)}

    assert names
    places = ("img/icons", "vendor/icons")
    assert [name for name in sorted(names) if not any(finders.find(f"{at}/{name}.svg") for at in places)] == []


def test_an_unknown_icon_is_named_in_the_error() -> None:
    with pytest.raises(LookupError, match="no icon named 'unicorn'"):
        look.icon("unicorn")


@pytest.mark.parametrize(
    ("label", "said"), [("", 'aria-hidden="true"'), ("Close <all>", 'aria-label="Close &lt;all&gt;"')]
)
def test_an_icon_is_silent_unless_labelled(label: str, said: str) -> None:
    assert said in look.icon("x", label)


@pytest.mark.parametrize("status", list(look.STATES))
def test_a_state_is_word_and_shape(status: str) -> None:
    drawn = look.state(status.replace("-", "_"))

    assert f"state--{status}" in drawn
    assert "<svg" in drawn
    assert str(look.STATES[status]) in drawn


def test_every_state_has_a_shape_of_its_own() -> None:
    shapes = {look.icon(f"state-{status}") for status in look.STATES}

    assert len(shapes) == len(look.STATES)


def test_what_is_stale_or_broken_is_hatched() -> None:
    assert {status for status in look.STATES if look.hatched(status)} == {"error", "stale", "no-data"}


@pytest.mark.parametrize(("name", "initials"), [("Mia Berg", "MB"), ("Zoë", "Z"), ("ada de la lind", "AL"), (" ", "?")])
def test_an_avatar_is_the_initials(name: str, initials: str) -> None:
    assert f">{initials}<" in look.avatar(name)


def test_an_avatar_escapes_what_people_are_called() -> None:
    assert "<b" not in look.avatar("<b >x")


def test_the_ring_says_what_it_shows() -> None:
    stages: list[ring.Stage] = [
        {"label": "Deliver", "state": "done", "note": "8 min"},
        {"label": "Meet?", "state": "now"},
    ]

    drawn = ring.ring(stages, 41)

    assert 'aria-label="The loop, day 41 of this round. Done: Deliver. Now: Meet?"' in drawn
    assert 'aria-label="Deliver 8 min, done"' in drawn
    assert drawn.count("<path") == 2


def test_a_ring_escapes_what_stages_are_called() -> None:
    drawn = ring.ring([{"label": "<b>", "state": "now", "url": '"><script>'}], 1)

    assert "<b>" not in drawn
    assert "<script" not in drawn


def test_the_style_guide_shows_every_state_to_operators(as_olga: Client) -> None:
    response = as_olga.get("/styleguide/")

    assert response.status_code == 200
    page = response.content.decode()
    assert [status for status in look.STATES if f"tile--{status} " not in page and f'tile--{status}"' not in page] == []
    assert " style=" not in page


def test_the_style_guide_is_not_there_for_others(as_ada: Client) -> None:
    assert as_ada.get("/styleguide/").status_code == 404
