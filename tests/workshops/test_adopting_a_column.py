"""A survivor that reads a column of an answer that is asked already."""

from __future__ import annotations

from django.test import Client

from mdd.models import User
from metrics.actions import sources
from metrics.models import Metric, Query
from tests.builders import make_query
from tests.servers import Server
from tests.workshops import builders_focus as builders
from tests.workshops.adoption import url
from workshops.models import Card


def test_a_column_of_an_answer_makes_no_new_query(as_mia: Client, survivor: Card, mia: User) -> None:
    query = make_query(survivor.workshop.squad)

    as_mia.post(url(survivor), builders.typed(mia, feed="column", query=query.pk, column="delay"))

    assert (Metric.objects.get().query, Metric.objects.get().column, Query.objects.count()) == (query, "delay", 1)


def test_a_column_that_the_answer_does_not_hold_is_refused_beside_the_field(
    as_mia: Client, survivor: Card, mia: User, server: Server
) -> None:
    source = sources.create(name="Desk", kind="postgres", config=server.config(), by=None, is_for_all=True)
    query = make_query(survivor.workshop.squad, source)
    typed = builders.typed(mia, feed="column", query=query.pk)

    refused = as_mia.post(url(survivor), typed | {"column": "delay"})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"column": ["The answer has no column “delay”; it has value."]}
    assert not Metric.objects.exists()

    assert as_mia.post(url(survivor), typed | {"column": "value"}).status_code == 302
