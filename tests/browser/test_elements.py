"""The custom elements, each alone on a page, in a real browser. No server: the files come from the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, Route, expect

from metrics import words

pytestmark = pytest.mark.xdist_group("browser")

STATIC = Path(settings.BASE_DIR) / "static"
ORIGIN = "http://mdd.test"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

HEAD = """<!doctype html><html lang="en"><head><title>Stage</title>
<link rel="stylesheet" href="/static/css/app.css"><script src="/static/vendor/chart.js" defer></script>
<script type="module" src="/static/js/chart-scales.js"></script>
<script type="module" src="/static/js/goal-lines.js"></script>
<script type="module" src="/static/js/crosshair.js"></script>
<script type="module" src="/static/js/metric-chart.js"></script>
<script type="module" src="/static/js/live-tiles.js"></script>
<script type="module" src="/static/js/relative-time.js"></script>
<script type="module" src="/static/js/toast-list.js"></script></head><body>"""

CHART = """<metric-chart data-summary="Arrivals, three days" data-unit="%" data-goal="81.9999217"
data-baseline="70" data-due-in="9">
<div class="chart__plot"></div><details class="chart__data"><summary>Show as table</summary><div><table><tbody>
<tr><th>10 Nov<td>71.5<tr><th>11 Nov<td><tr><th>12 Nov<td>76.4<tr data-open><th>13 Nov<td>75
</tbody></table></div></details></metric-chart>"""

PULSE = """<live-tiles class="pulse" data-live="live" data-polling="asking" data-lost="lost since {time}"
data-over="reload me" data-more="and {count} more"><span>as of 10:42</span>
<span aria-live="polite"></span></live-tiles>"""

Show = Callable[[str], Page]


@pytest.fixture
def show(page: Page) -> Show:
    """Puts a body on the stage and waits until its elements are there."""

    def serve(route: Route) -> None:
        path = STATIC / route.request.url.removeprefix(f"{ORIGIN}/static/")
        route.fulfill(path=path, content_type=TYPES[path.suffix])

    def staged(body: str) -> Page:
        page.route(f"{ORIGIN}/static/**", serve)
        page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=HEAD + body, content_type="text/html"))
        page.goto(f"{ORIGIN}/")
        return page

    return staged


def tile(value: str, number: int = 1) -> str:
    return (
        f'<article id="tile-{number}" data-says="Arrivals {number}: now {value}">'
        f'<data value="{value}">{value}</data>{CHART}</article>'
    )


def says(page: Page, mode: str) -> None:
    page.evaluate("mode => document.dispatchEvent(new CustomEvent('live:state', { detail: { mode } }))", mode)


def become(page: Page, *tiles: str) -> None:
    page.evaluate("html => { document.getElementById('tiles').innerHTML = html }", "".join(tiles))
    page.evaluate("document.dispatchEvent(new CustomEvent('room:changed', { detail: {} }))")


def charts(page: Page) -> int:
    return int(page.evaluate("Object.keys(Chart.instances).length"))


def spoken(page: Page, within: str) -> Locator:
    return page.locator(f"{within} [aria-live]").first


def test_the_chart_says_its_summary_and_keeps_its_table(show: Show) -> None:
    page = show(CHART)

    expect(page.get_by_label("Arrivals, three days")).to_be_visible()
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("rowheader", name="12 Nov")).to_be_visible()


def test_keys_step_through_the_points_and_speak_them(show: Show) -> None:
    page = show(CHART)
    page.get_by_label("Arrivals, three days").focus()

    for key, said in [
        ("ArrowLeft", "12 Nov: 76.4 %, goal 82"),
        ("ArrowLeft", "11 Nov: no data"),
        ("Home", "10 Nov: 71.5 %, goal 82"),
        ("ArrowLeft", "10 Nov: 71.5 %, goal 82"),
        ("End", "13 Nov: 75 %, goal 82, not over yet"),
    ]:
        page.keyboard.press(key)
        expect(spoken(page, "metric-chart")).to_have_text(said)


def test_a_day_before_the_goal_is_not_measured_by_it(show: Show) -> None:
    page = show(CHART.replace('data-due-in="9"', 'data-due-in="9" data-start-in="-1"'))
    page.get_by_label("Arrivals, three days").focus()

    page.keyboard.press("Home")
    expect(spoken(page, "metric-chart")).to_have_text("10 Nov: 71.5 %")
    page.keyboard.press("End")
    expect(spoken(page, "metric-chart")).to_have_text("13 Nov: 75 %, goal 82, not over yet")


def test_a_chart_writes_its_numbers_as_the_page_does(show: Show) -> None:
    page = show(CHART.replace("71.5", "-1234567"))
    page.get_by_label("Arrivals, three days").focus()

    page.keyboard.press("Home")

    expect(spoken(page, "metric-chart")).to_have_text(f"10 Nov: {words.number(-1234567)} %, goal 82")


def test_a_chart_says_a_goal_as_it_was_typed_and_a_value_as_exactly(show: Show) -> None:
    page = show(CHART.replace("81.9999217", "99.95").replace("71.5", "99.97"))
    page.get_by_label("Arrivals, three days").focus()

    page.keyboard.press("Home")

    expect(spoken(page, "metric-chart")).to_have_text("10 Nov: 99.97 %, goal 99.95")


def test_a_chart_says_both_ends_of_the_goal_that_was_in_force(show: Show) -> None:
    page = show(
        CHART.replace("81.9999217", '19" data-upper="25')
        .replace("71.5", "24<td>18.5 &ndash; 22.25")
        .replace("76.4", "21<td>19 &ndash; 25")
    )
    page.get_by_label("Arrivals, three days").focus()

    for key, said in [("Home", "10 Nov: 24 %, goal 18.5 – 22.25"), ("End", "13 Nov: 75 %, goal 19 – 25, not over yet")]:
        page.keyboard.press(key)
        expect(spoken(page, "metric-chart")).to_have_text(said)
    page.keyboard.press("ArrowLeft")
    expect(spoken(page, "metric-chart")).to_have_text("12 Nov: 21 %, goal 19 – 25")


def test_the_point_that_is_looked_at_is_marked_until_it_is_let_go(show: Show) -> None:
    page = show(CHART)
    drawn = "document.querySelector('metric-chart canvas').toDataURL()"
    plain = page.evaluate(drawn)

    page.get_by_label("Arrivals, three days").focus()
    assert page.evaluate(drawn) != plain
    page.keyboard.press("Escape")
    assert page.evaluate(drawn) == plain


def test_a_gap_is_no_zero_and_the_open_period_is_dotted(show: Show) -> None:
    page = show(CHART)

    line = page.evaluate(
        """() => { const [chart] = Object.values(Chart.instances); const { data, segment } = chart.data.datasets[0];
        return [data, segment.borderDash({ p1DataIndex: 3 }), segment.borderDash({ p1DataIndex: 2 }) ?? null] }"""
    )

    assert line == [[71.5, None, 76.4, 75], [2, 4], None]


def test_the_goal_beyond_the_data_is_inside_the_picture(show: Show) -> None:
    page = show(CHART)

    top, goal, width = page.evaluate(
        "() => { const [c] = Object.values(Chart.instances); return [c.scales.y.max, 82, c.data.labels.length] }"
    )

    assert top > goal
    assert width == 5  # nine periods to the due date, of which a seventh of the width is shown


def test_the_chart_takes_the_colours_of_the_theme(show: Show) -> None:
    page = show(CHART)
    ask = "Object.values(Chart.instances)[0].data.datasets[0].borderColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(ask)

    page.emulate_media(color_scheme="dark")

    assert light.startswith("rgb")
    page.wait_for_function(f"{ask} !== {light!r}")


def test_a_chart_that_leaves_is_ended(show: Show) -> None:
    page = show(CHART)
    assert charts(page) == 1

    page.evaluate("document.querySelector('metric-chart').outerHTML = document.querySelector('metric-chart').outerHTML")
    assert charts(page) == 1

    page.evaluate("document.querySelector('metric-chart').remove()")
    assert charts(page) == 0


def test_a_chart_draws_its_rows_again_when_they_change(show: Show) -> None:
    page = show(CHART)

    page.evaluate("document.querySelector('tbody').rows[3].cells[1].textContent = '99'")
    page.evaluate("document.querySelector('metric-chart').dataset.summary = 'Arrivals, again'")

    page.get_by_label("Arrivals, again").focus()
    expect(page.locator(".chart__readout")).to_have_text("13 Nov: 99 %, goal 82, not over yet")
    assert charts(page) == 1


def test_a_tile_that_changed_is_shown_and_spoken(show: Show) -> None:
    page = show(f'{PULSE}<div id="tiles">{tile("71.5")}{tile("3", 2)}</div>')

    become(page, tile("76.4"), tile("3", 2))

    expect(page.locator("#tile-1")).to_have_class("tile--changed")
    expect(page.locator("#tile-2")).not_to_have_class("tile--changed")
    expect(spoken(page, "live-tiles")).to_have_text("Arrivals 1: now 76.4")


def test_much_that_changes_at_once_is_summed_up(show: Show) -> None:
    page = show(f'{PULSE}<div id="tiles">{"".join(tile("1", n) for n in range(5))}</div>')

    become(page, *(tile("2", n) for n in range(5)))

    expect(spoken(page, "live-tiles")).to_have_text(
        "Arrivals 0: now 2. Arrivals 1: now 2. Arrivals 2: now 2. and 2 more"
    )


def test_the_line_above_the_tiles_says_how_live_they_are(show: Show) -> None:
    page = show(f'{PULSE}<div id="tiles"></div>')
    pulse = page.locator("live-tiles")
    expect(pulse).to_contain_text("as of 10:42")

    for mode, said in (("live", "live"), ("lost", "lost since"), ("polling", "asking"), ("over", "reload me")):
        says(page, mode)
        expect(pulse).to_contain_text(said)
        expect(pulse).to_have_class("pulse is-lost" if mode in {"lost", "over"} else "pulse")


def test_a_time_is_said_as_people_say_it(show: Show) -> None:
    page = show('<relative-time datetime="2020-01-01T00:00:00Z">1 January 2020</relative-time><p></p>')
    page.evaluate(
        """() => { const at = new Date(Date.now() - 125_000).toISOString();
        document.querySelector("p").innerHTML = `<relative-time datetime="${at}">then</relative-time>` }"""
    )

    expect(page.locator("p relative-time")).to_have_text("2 min ago")
    expect(page.locator("relative-time").first).to_have_text("1 January 2020")


TOASTS = """<input id="words"><toast-list data-refused="not done" data-lost="no line"><template><div class="toast">
<p></p><button type="button">Dismiss</button></div></template></toast-list>"""


def test_a_request_that_failed_is_said_and_can_be_dismissed(show: Show) -> None:
    page = show(TOASTS)

    page.evaluate("document.body.dispatchEvent(new CustomEvent('htmx:sendError', { bubbles: true }))")
    expect(page.get_by_text("no line")).to_be_visible()

    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_who_dismisses_by_keys_goes_on_with_the_next_toast_and_then_where_they_were(show: Show) -> None:
    page = show(TOASTS)
    page.locator("#words").focus()
    for _ in range(2):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('htmx:sendError', { bubbles: true }))")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Dismiss")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#words")).to_be_focused()
