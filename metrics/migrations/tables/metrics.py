"""What is measured."""

from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Metric",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("question", models.CharField(max_length=140, verbose_name="question")),
            ("name", models.CharField(max_length=80, verbose_name="short name")),
            ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
            (
                "direction",
                models.CharField(
                    choices=[("up", "more is better"), ("down", "less is better"), ("range", "within a range is good")],
                    max_length=6,
                    verbose_name="good direction",
                ),
            ),
            (
                "instrument",
                models.CharField(
                    choices=[
                        ("gauge", "gauge: a level at a time, such as a share or a stock"),
                        ("counter", "counter: how many in each slot, added up over a day"),
                        ("timer", "timer: how long each took, as a distribution"),
                    ],
                    max_length=8,
                    verbose_name="instrument",
                ),
            ),
            (
                "statistic",
                models.CharField(
                    choices=[
                        ("sum", "sum"),
                        ("mean", "mean"),
                        ("last", "last"),
                        ("min", "lowest"),
                        ("max", "highest"),
                        ("p50", "median"),
                        ("p75", "p75"),
                        ("p90", "p90"),
                        ("p95", "p95"),
                        ("p99", "p99"),
                    ],
                    max_length=5,
                    verbose_name="a day's value is the",
                ),
            ),
            (
                "sensitivity",
                models.CharField(
                    choices=[("open", "open"), ("internal", "internal"), ("restricted", "restricted")],
                    default="internal",
                    max_length=10,
                ),
            ),
            ("definition", models.TextField(blank=True, max_length=1000, verbose_name="definition")),
            ("why", models.TextField(blank=True, max_length=1000, verbose_name="why it matters")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "draft"),
                        ("collecting", "collecting"),
                        ("active", "active"),
                        ("paused", "paused"),
                        ("retired", "retired"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("column", models.CharField(blank=True, max_length=63, verbose_name="column of the answer")),
            (
                "hand_cadence",
                models.CharField(
                    blank=True,
                    choices=[
                        ("minute", "every minute"),
                        ("5-minutes", "every 5 minutes"),
                        ("15-minutes", "every 15 minutes"),
                        ("hour", "every hour"),
                        ("day", "every day"),
                        ("week", "every week"),
                    ],
                    max_length=10,
                    verbose_name="how often",
                ),
            ),
            ("hand_grace", models.DurationField(default=timedelta(0), verbose_name="may be late by")),
            ("created_at", models.DateTimeField(db_default=Now())),
            ("changed_at", models.DateTimeField(db_default=Now())),
            (
                "expectation",
                models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="metrics", to="mdd.expectation"
                ),
            ),
            (
                "owner",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="owned_metrics", to=settings.AUTH_USER_MODEL
                ),
            ),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="metrics", to="mdd.squad")),
            (
                "query",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="metrics", to="metrics.query"),
            ),
            ("evaluated_at", models.DateTimeField(null=True)),
        ],
        options={
            "indexes": [models.Index(fields=["squad", "changed_at"], name="metric_changed")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("question", ""), _negated=True), name="metric_asks_a_question"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("hand_cadence", ""), ("query__isnull", False), models.Q(("column", ""), _negated=True)
                        ),
                        models.Q(("column", ""), ("query", None), models.Q(("hand_cadence", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="metric_is_fed_by_a_query_or_by_hand",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("draft", "collecting")),
                        models.Q(("owner__isnull", False), models.Q(("definition", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="metric_in_use_has_owner_and_definition",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("instrument", "counter"), ("statistic", "sum")),
                        models.Q(("instrument", "gauge"), ("statistic__in", ("mean", "last", "min", "max"))),
                        models.Q(
                            ("instrument", "timer"),
                            ("statistic__in", ("mean", "min", "max", "p50", "p75", "p90", "p95", "p99")),
                        ),
                        _connector="OR",
                    ),
                    name="metric_statistic_fits_its_instrument",
                ),
            ],
        },
    ),
]
