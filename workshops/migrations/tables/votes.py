"""What each person thinks, and what is pruned."""

from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Keep",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("value", models.CharField(choices=[("keep", "keep"), ("park", "park")], max_length=4)),
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
            ("at", models.DateTimeField(db_default=Now())),
            ("card", models.ForeignKey(on_delete=models.PROTECT, related_name="keeps", to="workshops.card")),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="keeps", to="workshops.participant"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("card", "participant"), name="keep_one_each_per_card"),
                models.CheckConstraint(
                    condition=models.Q(("value", "park"), ("reason", ""), _connector="XOR"),
                    name="keep_parks_exactly_with_a_reason",
                ),
                models.CheckConstraint(condition=models.Q(("value__in", ("keep", "park"))), name="keep_value_known"),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "reason__in",
                            ["", "duplicate", "no-influence", "not-measurable", "no-decision", "gaming", "later"],
                        )
                    ),
                    name="keep_reason_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Vote",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("dots", models.PositiveSmallIntegerField()),
            ("is_revealed", models.BooleanField(default=False)),
            ("at", models.DateTimeField(db_default=Now())),
            ("bucket", models.ForeignKey(on_delete=models.PROTECT, related_name="votes", to="workshops.bucket")),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="votes", to="workshops.participant"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("bucket", "participant"), name="vote_one_each_per_bucket"),
                models.CheckConstraint(condition=models.Q(("dots__gte", 1)), name="vote_has_a_dot"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Consent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "value",
                models.CharField(
                    choices=[("fine", "fine"), ("concern", "concern"), ("objection", "objection")], max_length=10
                ),
            ),
            ("text", models.CharField(blank=True, max_length=300, verbose_name="what worries you?")),
            ("is_revealed", models.BooleanField(default=False)),
            ("at", models.DateTimeField(db_default=Now())),
            ("bucket", models.ForeignKey(on_delete=models.PROTECT, related_name="consents", to="workshops.bucket")),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="consents", to="workshops.participant"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("bucket", "participant"), name="consent_one_each_per_bucket"),
                models.CheckConstraint(
                    condition=models.Q(("value", "fine"), models.Q(("text", ""), _negated=True), _connector="OR"),
                    name="consent_says_what_worries",
                ),
                models.CheckConstraint(
                    condition=models.Q(("value__in", ("fine", "concern", "objection"))), name="consent_value_known"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Confidence",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "value",
                models.PositiveSmallIntegerField(
                    choices=[(1, "not at all"), (2, "hardly"), (3, "half"), (4, "rather"), (5, "very")]
                ),
            ),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="confidences", to="workshops.participant"
                ),
            ),
            (
                "workshop",
                models.ForeignKey(on_delete=models.PROTECT, related_name="confidences", to="workshops.workshop"),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("workshop", "participant"), name="confidence_one_each_per_workshop"),
                models.CheckConstraint(condition=models.Q(("value__range", (1, 5))), name="confidence_value_known"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Guess",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("value", models.FloatField(verbose_name="your guess")),
            ("is_revealed", models.BooleanField(default=False)),
            ("at", models.DateTimeField(db_default=Now())),
            ("bucket", models.ForeignKey(on_delete=models.PROTECT, related_name="guesses", to="workshops.bucket")),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="guesses", to="workshops.participant"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("bucket", "participant"), name="guess_one_each_per_bucket"),
                models.CheckConstraint(
                    condition=models.Q(("value__gt", float("-inf")), ("value__lt", float("inf"))),
                    name="guess_is_a_finite_number",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Pruning",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("talk_ends_at", models.DateTimeField(null=True)),
            ("bucket", models.ForeignKey(null=True, on_delete=models.CASCADE, related_name="+", to="workshops.bucket")),
            ("talk", models.ForeignKey(null=True, on_delete=models.CASCADE, related_name="+", to="workshops.card")),
            (
                "workshop",
                models.OneToOneField(on_delete=models.PROTECT, related_name="pruning", to="workshops.workshop"),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("talk", None), ("talk_ends_at", None)),
                        models.Q(("talk__isnull", False), ("talk_ends_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="pruning_talks_until_a_moment",
                )
            ],
        },
    ),
]
