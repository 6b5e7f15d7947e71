"""What was asked, and what was answered."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Backfill",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("start", models.DateTimeField()),
            ("end", models.DateTimeField()),
            ("at", models.DateTimeField(db_default=Now())),
            ("is_interactive", models.BooleanField(default=False)),
            (
                "by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            ("query", models.ForeignKey(on_delete=models.PROTECT, related_name="backfills", to="metrics.query")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("start__lt", models.F("end"))), name="backfill_has_a_length")
            ],
        },
    ),
    migrations.CreateModel(
        name="Refresh",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("slot", models.DateTimeField()),
            ("until", models.DateTimeField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "Waiting"),
                        ("running", "Running"),
                        ("done", "Done"),
                        ("dead", "Dead"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="waiting",
                    max_length=10,
                ),
            ),
            ("queued_at", models.DateTimeField(db_default=Now())),
            ("due_at", models.DateTimeField()),
            ("published_at", models.DateTimeField(null=True)),
            ("fence", models.UUIDField(null=True)),
            ("lease_until", models.DateTimeField(null=True)),
            ("holder", models.CharField(blank=True, max_length=80)),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("started_at", models.DateTimeField(null=True)),
            ("finished_at", models.DateTimeField(null=True)),
            ("rows", models.PositiveIntegerField(null=True)),
            ("error_code", models.CharField(blank=True, max_length=20)),
            ("error", models.CharField(blank=True, max_length=400)),
            ("detail", models.CharField(blank=True, max_length=4000)),
            (
                "backfill",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="refreshes", to="metrics.backfill"),
            ),
            ("query", models.ForeignKey(on_delete=models.PROTECT, related_name="refreshes", to="metrics.query")),
        ],
        options={
            "indexes": [
                models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="refresh_waiting"),
                models.Index(condition=models.Q(("state", "running")), fields=["lease_until"], name="refresh_running"),
                models.Index(fields=["query", "-slot"], name="refresh_run_log"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("backfill", None)), fields=("query", "slot"), name="refresh_once_per_slot"
                ),
                models.UniqueConstraint(fields=("backfill", "slot"), name="refresh_once_per_chunk"),
                models.CheckConstraint(
                    condition=models.Q(("slot__lt", models.F("until"))), name="refresh_has_a_length"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("fence__isnull", False), ("lease_until__isnull", False), ("state", "running")),
                        models.Q(models.Q(("state", "running"), _negated=True), ("fence", None), ("lease_until", None)),
                        _connector="OR",
                    ),
                    name="refresh_running_exactly_with_a_lease",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("done", "dead", "cancelled")), ("finished_at", None), _connector="XOR"
                    ),
                    name="refresh_finished_exactly_with_a_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Sample",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "metric", "at", "segment", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("at", models.DateTimeField()),
            ("segment", models.CharField(default="", max_length=80)),
            ("value", models.FloatField(null=True)),
            ("weight", models.FloatField(default=1)),
            ("distribution", models.JSONField(null=True)),
            ("origin", models.CharField(choices=[("pull", "Pull"), ("hand", "Hand"), ("csv", "Csv")], max_length=5)),
            ("taken_at", models.DateTimeField()),
            (
                "by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "metric",
                models.ForeignKey(
                    db_index=False, on_delete=models.PROTECT, related_name="samples", to="metrics.metric"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("value", None),
                        models.Q(("value__gt", float("-inf")), ("value__lt", float("inf"))),
                        _connector="OR",
                    ),
                    name="sample_value_is_finite",
                ),
                models.CheckConstraint(
                    condition=models.Q(("weight__gte", 0), ("weight__lt", float("inf"))),
                    name="sample_weight_not_negative",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SampleRevision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField()),
            ("segment", models.CharField(default="", max_length=80)),
            ("value", models.FloatField(null=True)),
            ("weight", models.FloatField()),
            ("distribution", models.JSONField(null=True)),
            ("origin", models.CharField(choices=[("pull", "Pull"), ("hand", "Hand"), ("csv", "Csv")], max_length=5)),
            ("taken_at", models.DateTimeField()),
            ("replaced_at", models.DateTimeField(db_default=Now())),
            ("reason", models.CharField(blank=True, max_length=200)),
            (
                "by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "metric",
                models.ForeignKey(
                    db_index=False, on_delete=models.PROTECT, related_name="revisions", to="metrics.metric"
                ),
            ),
            (
                "replaced_by",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["metric", "at"], name="revision_of")],
        },
    ),
    migrations.CreateModel(
        name="Rollup",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "metric", "grain", "start", "segment", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("grain", models.CharField(choices=[("hour", "Hour"), ("day", "Day")], max_length=4)),
            ("start", models.DateTimeField()),
            ("segment", models.CharField(default="", max_length=80)),
            ("samples", models.PositiveIntegerField()),
            ("count", models.FloatField()),
            ("total", models.FloatField(null=True)),
            ("weight", models.FloatField()),
            ("weighted", models.FloatField(null=True)),
            ("lowest", models.FloatField(null=True)),
            ("highest", models.FloatField(null=True)),
            ("first", models.FloatField(null=True)),
            ("last", models.FloatField(null=True)),
            ("distribution", models.JSONField(null=True)),
            ("reading", models.FloatField(null=True)),
            ("taken_at", models.DateTimeField()),
            (
                "metric",
                models.ForeignKey(
                    db_index=False, on_delete=models.PROTECT, related_name="rollups", to="metrics.metric"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("samples__gt", 0)), name="rollup_of_something"),
                models.CheckConstraint(
                    condition=models.Q(("lowest", None), ("lowest__lte", models.F("highest")), _connector="OR"),
                    name="rollup_in_order",
                ),
            ],
        },
    ),
]
