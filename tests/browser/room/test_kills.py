"""The web process or the broker is killed while two people work: both pages end as fresh ones, with everything once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mdd.engines import environment, trials
from mdd.models import User
from tests.browser.room.following import PARTS, at, follows
from tests.browser.room.visitors import Visit, pending, slips, write, written
from tests.faults.crew import Broker, broker
from tests.live.mortals import Mortal
from tests.live.points import PUBLISH, RECORD, Point
from tests.live.streams import cookies_of
from workshops.models import Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

TEXTS = ["One", "Two", "Three"]
DEATHS = {"the save and the wake-up": Point(PUBLISH, nth=2), "the rows and the commit": Point(RECORD, "after", nth=2)}


@pytest.fixture(scope="module")
def valkey() -> Iterator[Broker]:
    with (
        tempfile.TemporaryDirectory() as folder,
        trials.folder(Path(folder)) as data,
        broker(data, data / "log") as own,
    ):
        yield own


@pytest.fixture(scope="module")
def web(
    browser: Browser, django_db_setup: None, valkey: Broker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mortal]:
    address = environment({"MDD_DATA": str(valkey.data)}).redis_url
    started = Mortal(tmp_path_factory.mktemp("web") / "log", changes={"REDIS_URL": address})
    # The browser's loop runs in this thread, and Django would not let it near the database.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started
    started.end()


@pytest.fixture(autouse=True)
def _is_warm(web: Mortal, workshop: Workshop, ada: User) -> None:
    web.warm(workshop.get_absolute_url(), cookies_of(ada))


@pytest.mark.parametrize("between", DEATHS)
def test_the_web_is_killed_between(
    visit: Visit, web: Mortal, workshop: Workshop, ada: User, mia: User, between: str
) -> None:
    with web.running(DEATHS[between]):
        hers, mine = both(visit, ada, mia)
        for text in TEXTS:
            write(mine, text)

        expect(slips(mine)).to_have_count(3)
        reveal(hers)

        converge(workshop, hers, mine)
        hers.context.close()
        mine.context.close()
    assert web.deaths == 1
    assert written() == TEXTS
    assert kinds(workshop) == ["answers-written"] * 3 + ["answers-revealed"]


def test_the_broker_is_killed_and_comes_back(
    visit: Visit, web: Mortal, workshop: Workshop, ada: User, mia: User, valkey: Broker
) -> None:
    with web.running():
        hers, mine = both(visit, ada, mia)
        write(mine, TEXTS[0])
        expect(hers.get_by_text("1 answer lies face down.")).to_be_visible()
        valkey.stop()
        write(mine, TEXTS[1])
        expect(hers.get_by_text("2 answers lie face down.")).to_be_visible()
        valkey.start()
        write(mine, TEXTS[2])
        reveal(hers)

        converge(workshop, hers, mine)
        hers.context.close()
        mine.context.close()
    assert written() == TEXTS
    assert kinds(workshop) == ["answers-written"] * 3 + ["answers-revealed"]


def both(visit: Visit, *users: User) -> list[Page]:
    pages = [visit(user, is_new=True).open() for user in users]
    for page in pages:
        follows(page)
    return pages


def reveal(hers: Page) -> None:
    expect(hers.get_by_text("3 answers lie face down.")).to_be_visible()
    hers.get_by_role("button", name="Reveal all").click()
    expect(slips(hers)).to_have_count(3)


def converge(workshop: Workshop, *pages: Page) -> None:
    for page in pages:
        at(page, workshop)
        expect(pending(page)).to_have_count(0)
        expect(slips(page)).to_have_count(3)
        brought, fresh = page.evaluate(PARTS)
        assert brought == fresh


def kinds(workshop: Workshop) -> list[str]:
    """What happened since both were here, in an order without a hole."""
    log = workshop.topic.events.order_by("serial")
    assert [event.serial for event in log] == list(range(1, len(log) + 1))
    return [event.kind for event in log if event.kind.startswith("answer")]
