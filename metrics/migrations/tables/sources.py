"""Where numbers come from."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Source",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
            ("kind", models.CharField(max_length=20)),
            ("config", models.JSONField(default=dict)),
            ("sealed", models.BinaryField(default=bytes)),
            ("is_for_all", models.BooleanField(default=False, verbose_name="granted to all squads")),
            (
                "concurrency",
                models.PositiveSmallIntegerField(
                    default=1, validators=[MinValueValidator(1), MaxValueValidator(20)], verbose_name="queries at once"
                ),
            ),
            (
                "seconds",
                models.PositiveSmallIntegerField(
                    default=15,
                    validators=[MinValueValidator(1), MaxValueValidator(45)],
                    verbose_name="longest query (seconds)",
                ),
            ),
            ("failures", models.PositiveIntegerField(default=0)),
            ("open_until", models.DateTimeField(null=True)),
            ("checked_at", models.DateTimeField(null=True)),
            ("health", models.JSONField(default=dict)),
            ("created_at", models.DateTimeField(db_default=Now())),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="source_has_a_name"),
                models.CheckConstraint(
                    condition=models.Q(("concurrency__gte", 1), ("seconds__gte", 1)), name="source_limits_positive"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SourceGrant",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("source", models.ForeignKey(on_delete=models.PROTECT, related_name="grants", to="metrics.source")),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="source_grants", to="mdd.squad")),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("source", "squad"), name="source_granted_once")],
        },
    ),
    migrations.CreateModel(
        name="Query",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.TextField(max_length=20000, verbose_name="query")),
            (
                "cadence",
                models.CharField(
                    choices=[
                        ("minute", "every minute"),
                        ("5-minutes", "every 5 minutes"),
                        ("15-minutes", "every 15 minutes"),
                        ("hour", "every hour"),
                        ("day", "every day"),
                        ("week", "every week"),
                    ],
                    default="day",
                    max_length=10,
                    verbose_name="how often",
                ),
            ),
            ("grace", models.DurationField(default=timedelta(0), verbose_name="wait after a slot has ended")),
            ("is_running", models.BooleanField(default=True)),
            ("next_slot", models.DateTimeField()),
            ("answered_at", models.DateTimeField(null=True)),
            ("error_code", models.CharField(blank=True, max_length=20)),
            ("error", models.CharField(blank=True, max_length=400)),
            ("error_at", models.DateTimeField(null=True)),
            ("created_at", models.DateTimeField(db_default=Now())),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="queries", to="mdd.squad")),
            ("source", models.ForeignKey(on_delete=models.PROTECT, related_name="queries", to="metrics.source")),
        ],
        options={
            "indexes": [models.Index(condition=models.Q(("is_running", True)), fields=["next_slot"], name="query_due")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("cadence__in", ["minute", "5-minutes", "15-minutes", "hour", "day", "week"])),
                    name="query_cadence_known",
                ),
                models.CheckConstraint(
                    condition=models.Q(("grace__gte", timedelta(0))), name="query_grace_not_negative"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("error_at", None), ("error_code", "")),
                        models.Q(models.Q(("error_code", ""), _negated=True), ("error_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="query_error_has_a_time",
                ),
            ],
        },
    ),
]
