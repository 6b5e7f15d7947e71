"""A metric that reads a column of an answer that is asked already."""

from __future__ import annotations

import pytest
from django.test import Client

from mdd.models import Squad, User
from metrics.actions import sources
from metrics.models import Metric
from tests import builders
from tests.pages.test_metrics import by_select, url
from tests.servers import Server


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"column": "vlaue"}, "The answer has no column “vlaue”; it has value, name."),
        ({"column": "name"}, "“name” holds “x” where a number is wanted."),
        ({"reading": "timer:p90"}, "The answer has no column “bound”; it has value, name."),
    ],
)
def test_a_column_that_an_answer_does_not_hold_is_refused_beside_the_field(
    as_mia: Client, squad: Squad, mia: User, server: Server, fields: dict[str, str], sentence: str
) -> None:
    source = sources.create(name="Desk", kind="postgres", config=server.config(), by=None, is_for_all=True)
    query = builders.make_query(squad, source, text="SELECT 1 AS value, 'x' AS name")
    form = by_select(mia, query=query.pk, text="")

    refused = as_mia.post(url(squad, "sql"), form | fields)
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"column": [sentence]}
    assert not Metric.objects.exists()

    assert as_mia.post(url(squad, "sql"), form).status_code == 302
