"""What is looked at together."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Dashboard",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("question", models.CharField(max_length=140, verbose_name="question")),
            ("bucket", models.CharField(max_length=60, verbose_name="bucket")),
            ("review_date", models.DateField(blank=True, null=True, verbose_name="look at it again on")),
            ("degraded_since", models.DateTimeField(null=True)),
            ("created_at", models.DateTimeField(db_default=Now())),
            ("owner", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="dashboards", to="mdd.squad")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("question", ""), _negated=True), name="dashboard_asks_a_question"
                ),
                models.CheckConstraint(
                    condition=models.Q(("bucket", ""), _negated=True), name="dashboard_has_a_bucket"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Tile",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("added_at", models.DateTimeField(db_default=Now())),
            ("dashboard", models.ForeignKey(on_delete=models.CASCADE, related_name="tiles", to="metrics.dashboard")),
            ("metric", models.ForeignKey(on_delete=models.PROTECT, related_name="tiles", to="metrics.metric")),
        ],
        options={
            "ordering": ["position", "pk"],
            "constraints": [models.UniqueConstraint(fields=("dashboard", "metric"), name="tile_once_per_dashboard")],
        },
    ),
    migrations.CreateModel(
        name="Waiting",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("since", models.DateTimeField(db_default=Now())),
            ("dashboard", models.ForeignKey(on_delete=models.CASCADE, related_name="waiting", to="metrics.dashboard")),
            ("metric", models.ForeignKey(on_delete=models.PROTECT, related_name="waiting", to="metrics.metric")),
        ],
        options={
            "ordering": ["since", "pk"],
            "constraints": [models.UniqueConstraint(fields=("dashboard", "metric"), name="waiting_once_per_dashboard")],
        },
    ),
]
