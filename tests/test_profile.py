"""What `make test` leaves to `make long`."""

from __future__ import annotations

import pytest

from tests.profile import EVERY


@pytest.mark.sampled
@pytest.mark.parametrize("number", range(2 * EVERY + 1))
def test_every_fourth_case_of_a_sampled_test_is_tried_always(request: pytest.FixtureRequest, number: int) -> None:
    is_left = request.node.get_closest_marker("long") is not None

    assert is_left == (number % EVERY != 0)
