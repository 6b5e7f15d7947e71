"""What a squad says of its work."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Deliverable",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=200)),
            ("agreed_at", models.DateTimeField(db_default=Now())),
            ("is_critical", models.BooleanField(default=False)),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "superseded_by",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="supersedes", to="mdd.deliverable"
                ),
            ),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="%(class)ss", to="mdd.squad")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="deliverable_has_a_text"),
                models.UniqueConstraint(
                    condition=models.Q(("is_critical", True), ("superseded_by", None)),
                    fields=("squad",),
                    name="deliverable_one_is_critical",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Customer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=200)),
            ("agreed_at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "superseded_by",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="supersedes", to="mdd.customer"
                ),
            ),
            ("deliverables", models.ManyToManyField(related_name="customers", to="mdd.deliverable")),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="%(class)ss", to="mdd.squad")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="customer_has_a_text")
            ],
        },
    ),
    migrations.CreateModel(
        name="Expectation",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=200)),
            ("agreed_at", models.DateTimeField(db_default=Now())),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("time", "On time"),
                        ("specification", "To specification"),
                        ("unknown-problem", "Problems they did not know they had"),
                        ("quality", "Quality and usability"),
                        ("collaboration", "How we work"),
                    ],
                    max_length=20,
                ),
            ),
            ("is_measurable", models.BooleanField(default=True)),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="expectations", to="mdd.customer")),
            (
                "deliverable",
                models.ForeignKey(on_delete=models.PROTECT, related_name="expectations", to="mdd.deliverable"),
            ),
            (
                "superseded_by",
                models.OneToOneField(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="supersedes", to="mdd.expectation"
                ),
            ),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="%(class)ss", to="mdd.squad")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="expectation_has_a_text")
            ],
        },
    ),
    migrations.CreateModel(
        name="Finding",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "verdict",
                models.CharField(
                    choices=[("met", "Met"), ("not-met", "Not met"), ("unknown", "We don't know")], max_length=10
                ),
            ),
            ("evidence", models.CharField(blank=True, max_length=400)),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("expectation", models.ForeignKey(on_delete=models.PROTECT, related_name="findings", to="mdd.expectation")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("verdict__in", ("met", "not-met", "unknown"))), name="finding_verdict_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("verdict", "unknown"), models.Q(("evidence", ""), _negated=True), _connector="OR"
                    ),
                    name="finding_has_evidence_unless_unknown",
                ),
            ],
        },
    ),
]
