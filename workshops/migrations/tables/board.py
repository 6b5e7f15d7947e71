"""The board of cards."""

from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Bucket",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("title", models.CharField(max_length=60, verbose_name="title")),
            (
                "origin",
                models.CharField(
                    choices=[("offered", "offered"), ("suggested", "suggested"), ("human", "human")],
                    default="human",
                    max_length=10,
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("question", models.CharField(blank=True, max_length=140, verbose_name="as one question")),
            ("if_rises", models.CharField(blank=True, max_length=200, verbose_name="if it rises we will")),
            ("if_falls", models.CharField(blank=True, max_length=200, verbose_name="if it falls we will")),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "dashboard",
                models.OneToOneField(
                    null=True, on_delete=models.PROTECT, related_name="source_bucket", to="metrics.dashboard"
                ),
            ),
            ("workshop", models.ForeignKey(on_delete=models.PROTECT, related_name="buckets", to="workshops.workshop")),
            ("unit", models.CharField(blank=True, max_length=30, verbose_name="counted in")),
        ],
        options={
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="bucket_has_a_title"),
                models.CheckConstraint(
                    condition=models.Q(("origin__in", ("offered", "suggested", "human"))), name="bucket_origin_known"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Card",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=140, verbose_name="card")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("question", "question"),
                        ("metric", "metric"),
                        ("hunch", "hunch"),
                        ("evidence", "evidence"),
                    ],
                    default="question",
                    max_length=8,
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("thrown", "thrown"),
                        ("grouped", "grouped"),
                        ("parked", "parked"),
                        ("survived", "survived"),
                    ],
                    default="thrown",
                    max_length=8,
                ),
            ),
            (
                "reason",
                models.CharField(
                    blank=True,
                    choices=[
                        ("duplicate", "duplicate"),
                        ("no-influence", "we cannot influence it"),
                        ("not-measurable", "we cannot measure it"),
                        ("no-decision", "no decision would change"),
                        ("gaming", "it invites gaming"),
                        ("later", "later"),
                    ],
                    max_length=14,
                ),
            ),
            ("parked_until", models.DateField(null=True)),
            ("is_revealed", models.BooleanField(default=False)),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "bucket",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="cards", to="workshops.bucket"),
            ),
            (
                "expectation",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="cards", to="mdd.expectation"),
            ),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="cards", to="workshops.participant"
                ),
            ),
            ("workshop", models.ForeignKey(on_delete=models.PROTECT, related_name="cards", to="workshops.workshop")),
            ("weight", models.PositiveIntegerField(default=1)),
        ],
        options={
            "indexes": [models.Index(fields=["workshop", "state"], name="card_workshop_state")],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="card_has_a_text"),
                models.CheckConstraint(
                    condition=models.Q(("state", "parked"), ("reason", ""), _connector="XOR"),
                    name="card_parked_exactly_when_with_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(("parked_until", None), ("state", "parked"), _connector="OR"),
                    name="card_comes_back_only_when_parked",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "grouped"), _negated=True), ("bucket__isnull", False), _connector="OR"
                    ),
                    name="card_grouped_lies_in_a_bucket",
                ),
                models.CheckConstraint(
                    condition=models.Q(models.Q(("state", "thrown"), _negated=True), ("bucket", None), _connector="OR"),
                    name="card_thrown_lies_in_none",
                ),
                models.CheckConstraint(
                    condition=models.Q(("kind__in", ("question", "metric", "hunch", "evidence"))),
                    name="card_kind_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ("thrown", "grouped", "parked", "survived"))),
                    name="card_state_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "reason__in",
                            ["", "duplicate", "no-influence", "not-measurable", "no-decision", "gaming", "later"],
                        )
                    ),
                    name="card_reason_known",
                ),
                models.CheckConstraint(condition=models.Q(("weight__gte", 1)), name="card_weighs_something"),
            ],
        },
    ),
    migrations.CreateModel(
        name="CardWording",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=140)),
            ("at", models.DateTimeField(db_default=Now())),
            ("card", models.ForeignKey(on_delete=models.PROTECT, related_name="wordings", to="workshops.card")),
            (
                "by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="workshops.participant"),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Deed",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("operation", models.UUIDField()),
            ("rows", models.JSONField()),
            ("turned_by", models.UUIDField(null=True)),
            ("by", models.ForeignKey(on_delete=models.CASCADE, related_name="deeds", to="workshops.participant")),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("by", "operation"), name="deed_once_per_operation")],
        },
    ),
]
