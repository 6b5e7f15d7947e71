"""A dashboard moves by itself in every browser that shows it, under whatever somebody is at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from mdd.models import User
from metrics.actions import dashboards, samples
from metrics.models import Dashboard, Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.slots import DAY
from tests import builders
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import Visit, Visitor, hasten
from tests.browser.room.webs import Web
from tests.browser.ways import Keys

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

SOON = 2_000
STILL = "() => !document.getAnimations().some(each => each.playState === 'running')"
Open = Callable[[User], Page]


@pytest.fixture
def dashboard(ada: User) -> Dashboard:
    squad = ada.memberships.get().squad
    made = dashboards.create(squad, question="Do callers get answers?", bucket="Usage", by=ada)
    for number in range(2):
        metric = builders.make_metric(squad, question=f"Question {number}?", owner=ada)
        builders.make_goal(metric)
        dashboards.add_tile(made, metric, by=ada)
        for days_ago in range(1, 9):
            measure(metric, 70 + days_ago, days_ago)
    return made


@pytest.fixture
def metric(dashboard: Dashboard) -> Metric:
    return dashboard.tiles.select_related("metric__squad")[0].metric


@pytest.fixture
def opens(visit: Visit, dashboard: Dashboard) -> Open:
    return lambda user: opened(visit(user), dashboard)


def opened(visitor: Visitor, dashboard: Dashboard) -> Page:
    page = visitor.tab(dashboard.get_absolute_url())
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    return page


def measure(metric: Metric, value: float, days_ago: int = 1) -> None:
    day = timezone.now().astimezone(metric.squad.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    reading = Reading(metric.pk, day - days_ago * DAY, value)
    samples.keep([reading], origin=Origin.HAND, taken_at=timezone.now(), reason="measured again")


def shows(page: Page, metric: Metric, value: str, within: int = SOON) -> None:
    expect(tile_value(page, metric)).to_have_text(value, timeout=within)


def tile_value(page: Page, metric: Metric) -> Locator:
    return page.locator(f"#tile-{metric.pk} > .tile__value data")


def is_as_fresh(page: Page) -> bool:
    """Whether each part is the one that the page would have if it were fetched now."""
    return bool(
        page.evaluate("""async () => {
          const all = (page) => [...page.querySelectorAll('[data-v]')].map((part) => [part.id, part.dataset.v]);
          const fresh = await (await fetch(location.href)).text();
          const page = new DOMParser().parseFromString(fresh, 'text/html');
          return JSON.stringify(all(document)) === JSON.stringify(all(page));
        }""")
    )


def test_a_value_moves_the_tile_in_two_browsers(opens: Open, metric: Metric, ada: User, mia: User) -> None:
    pages = [opens(ada), opens(mia)]
    asked: list[str] = []
    for page in pages:
        page.on("request", lambda request: asked.append(request.url))

    measure(metric, 76.4)

    for page in pages:
        shows(page, metric, "76.4")
        expect(page.locator(f"#tile-{metric.pk}")).to_have_class("tile tile--off-pace tile--changed")
        expect(page.locator("live-tiles [aria-live]")).to_contain_text("Question 0? 76.4")
        assert is_as_fresh(page)
    assert not [url for url in asked if "/live/" in url]


def test_whoever_looks_at_a_point_goes_on_looking_at_it(opens: Open, metric: Metric, ada: User) -> None:
    page = opens(ada)
    chart = page.locator(f"#tile-{metric.pk} canvas")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    readout = page.locator(f"#tile-{metric.pk} .chart__readout")
    before = readout.text_content() or ""

    measure(metric, 12.5, days_ago=2)
    measure(metric, 76.4)
    shows(page, metric, "76.4")

    expect(chart).to_be_focused()
    period = before.split(":")[0]
    expect(readout).to_have_class("chart__readout is-on")
    expect(readout).to_contain_text(f"{period}:")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(readout).to_contain_text("12.5")


def test_an_open_table_stays_open_and_moves(opens: Open, metric: Metric, ada: User) -> None:
    page = opens(ada)
    page.locator(f"#tile-{metric.pk} summary").click()

    measure(metric, 76.4)
    shows(page, metric, "76.4")

    expect(page.locator(f"#tile-{metric.pk}").get_by_role("cell", name="76.4")).to_be_visible()


def test_what_somebody_arranges_shows_on_the_page_of_the_other(
    opens: Open, dashboard: Dashboard, metric: Metric, ada: User, mia: User
) -> None:
    page = opens(mia)
    tiles = page.locator("#tiles > .tile")
    second = dashboard.tiles.all()[1]

    dashboards.move_tile(second, to=0, by=ada)
    expect(tiles.first).to_have_id(f"tile-{second.metric_id}")
    dashboards.remove_tile(second, by=ada)
    expect(tiles).to_have_count(1)
    dashboards.remove_tile(dashboard.tiles.get(), by=ada)
    expect(page.get_by_role("heading", name="Nothing on it yet")).to_be_visible()
    dashboards.add_tile(dashboard, metric, by=ada)
    expect(tiles).to_have_count(1)
    expect(page.locator("#tiles canvas")).to_have_count(1)
    expect(page.get_by_text("1 number, 1 owner.")).to_be_visible()
    assert is_as_fresh(page)


def test_where_streams_are_blocked_the_page_asks_and_says_so(
    visit: Visit, dashboard: Dashboard, metric: Metric, ada: User
) -> None:
    visitor = visit(ada, is_new=True)
    visitor.context.clock.install()

    def swallow(route: Route) -> None:
        if "text/event-stream" not in route.request.headers.get("accept", ""):
            route.continue_()

    visitor.context.route("**/live/**", swallow)
    page = visitor.tab(dashboard.get_absolute_url())
    hasten(page, page.get_by_text("Live updates are blocked here"))

    measure(metric, 76.4)

    hasten(page, tile_value(page, metric).filter(has_text="76.4"))
    assert is_as_fresh(page)


@pytest.fixture
def lone(tmp_path: Path, web: Web) -> Iterator[Web]:
    """A web process that finds no broker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        started = Web(tmp_path / "log")
        started.start()
    yield started
    started.kill()


def test_without_a_broker_a_value_moves_the_tile_all_the_same(
    visit: Visit, lone: Web, dashboard: Dashboard, metric: Metric, ada: User
) -> None:
    visitor = visit(ada, is_new=True)
    visitor.base = lone.base
    visitor.become(ada)
    page = opened(visitor, dashboard)

    measure(metric, 76.4)

    shows(page, metric, "76.4", within=SOON + 1_000)


def test_all_of_it_is_reached_by_keyboard_and_nothing_moves(opens: Open, ada: User) -> None:
    page = opens(ada)
    keys = Keys(page)
    reached = page.locator("main :is(a[href], button, summary, metric-chart [tabindex='0']):visible")

    for element in reached.all():
        keys.focus(element)

    assert reached.count() > 4
    page.wait_for_function(STILL, timeout=SOON)
    assert_accessible(page)
