"""Whatever happens on a board, and is taken back, a page that is open becomes the one that would be opened now."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from mdd.models import User
from tests.browser.room.following import PARTS, at, follows
from tests.browser.room.visitors import Visit
from tests.workshops.doing_all import Board, do, doings, undo
from workshops.models import Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


def differs(page: Page, workshop: Workshop) -> list[tuple[str, str]]:
    """Parts as they are and as they ought to be, where these are not the same."""
    at(page, workshop)
    brought, fresh = page.evaluate(PARTS)
    assert len(brought) == len(fresh)
    return [pair for pair in zip(brought, fresh, strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("stage", ["group", "prune"])
def test_a_board_is_followed_step_by_step(visit: Visit, ada: User, mia: User, stage: str) -> None:
    board = Board(ada.memberships.get().squad, ada, mia)
    Workshop.objects.filter(pk=board.workshop.pk).update(stage=stage)
    page = visit(ada).tab(board.workshop.get_absolute_url())
    follows(page)

    for kind, (by, what) in doings(board).items():
        operation = do(by, what)
        assert differs(page, board.workshop) == [], kind
        undo(board, operation, by=by)
        assert differs(page, board.workshop) == [], f"{kind}, undone"
