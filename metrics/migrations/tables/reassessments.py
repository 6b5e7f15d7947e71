"""What is looked at again, and what is asked for by mail."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Reassessment",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("trigger", models.CharField(max_length=30)),
            ("occasion", models.CharField(max_length=120)),
            ("subject", models.CharField(max_length=80)),
            ("title", models.CharField(max_length=200)),
            ("facts", models.JSONField(default=dict)),
            ("opened_at", models.DateTimeField(db_default=Now())),
            ("due", models.DateField()),
            ("snoozed_until", models.DateField(null=True)),
            ("snoozes", models.PositiveSmallIntegerField(default=0)),
            (
                "metric",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="reassessments", to="metrics.metric"
                ),
            ),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="reassessments", to="mdd.squad")),
        ],
        options={
            "indexes": [models.Index(fields=["squad", "due"], name="reassessment_squad_due")],
            "constraints": [
                models.UniqueConstraint(fields=("trigger", "occasion"), name="reassessment_once_per_occasion"),
                models.CheckConstraint(
                    condition=models.Q(("snoozes__lte", 2)), name="reassessment_snoozed_twice_at_most"
                ),
                models.CheckConstraint(
                    condition=models.Q(("snoozed_until", None), ("snoozes__gt", 0), _connector="XOR"),
                    name="reassessment_snooze_counts",
                ),
                models.CheckConstraint(
                    condition=models.Q(("title", ""), _negated=True), name="reassessment_has_a_title"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Action",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=200, verbose_name="what we will do")),
            ("due", models.DateField(verbose_name="until")),
            ("expected_effect", models.CharField(blank=True, max_length=200, verbose_name="what it should change")),
            ("effect_seen", models.CharField(blank=True, max_length=200, verbose_name="what it changed")),
            ("done_at", models.DateTimeField(null=True)),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "metric",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="actions", to="metrics.metric"),
            ),
            (
                "owner",
                models.ForeignKey(on_delete=models.PROTECT, related_name="owned_actions", to=settings.AUTH_USER_MODEL),
            ),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="actions", to="mdd.squad")),
            (
                "reassessment",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="actions", to="metrics.reassessment"
                ),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="action_has_a_text")
            ],
        },
    ),
    migrations.CreateModel(
        name="Ruling",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("why", models.CharField(max_length=500, verbose_name="why does the gap exist?")),
            (
                "solvable",
                models.CharField(
                    choices=[("yes", "yes"), ("with-help", "with help"), ("no", "no"), ("unknown", "we don't know")],
                    max_length=10,
                    verbose_name="is it solvable?",
                ),
            ),
            (
                "decision",
                models.CharField(
                    choices=[("keep", "keep"), ("adjust", "adjust"), ("retire", "retire")],
                    max_length=10,
                    verbose_name="what do we do?",
                ),
            ),
            ("reason", models.CharField(max_length=500, verbose_name="why this decision")),
            ("next_review", models.DateField(null=True, verbose_name="look at it again on")),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "goal",
                models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="ruling", to="metrics.goal"),
            ),
            (
                "reassessment",
                models.OneToOneField(on_delete=models.PROTECT, related_name="ruling", to="metrics.reassessment"),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("why", ""), _negated=True), name="ruling_says_why_the_gap_exists"
                ),
                models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="ruling_has_a_reason"),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("decision", "keep"), _negated=True), ("next_review__isnull", False), _connector="OR"
                    ),
                    name="ruling_keeps_until_a_day",
                ),
                models.CheckConstraint(
                    condition=models.Q(("goal", None), ("decision", "adjust"), _connector="OR"),
                    name="ruling_adjusts_by_a_goal",
                ),
                models.CheckConstraint(
                    condition=models.Q(("decision__in", ("keep", "adjust", "retire"))), name="ruling_decision_known"
                ),
                models.CheckConstraint(
                    condition=models.Q(("solvable__in", ("yes", "with-help", "no", "unknown"))),
                    name="ruling_solvable_known",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Delivery",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("week", models.DateField()),
            ("slot", models.DateTimeField()),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "waiting"),
                        ("sending", "being sent"),
                        ("sent", "sent"),
                        ("failed", "failed"),
                        ("unknown", "perhaps sent"),
                    ],
                    default="waiting",
                    max_length=10,
                ),
            ),
            ("attempts", models.PositiveSmallIntegerField(default=0)),
            ("due_at", models.DateTimeField()),
            ("lease_until", models.DateTimeField(null=True)),
            ("sent_at", models.DateTimeField(null=True)),
            ("error", models.CharField(blank=True, max_length=200)),
            ("expires_at", models.DateTimeField()),
            ("created_at", models.DateTimeField(db_default=Now())),
            ("metric", models.ForeignKey(on_delete=models.PROTECT, related_name="deliveries", to="metrics.metric")),
            (
                "user",
                models.ForeignKey(on_delete=models.PROTECT, related_name="deliveries", to=settings.AUTH_USER_MODEL),
            ),
        ],
        options={
            "indexes": [
                models.Index(
                    condition=models.Q(("state__in", ("waiting", "sending"))), fields=["due_at"], name="delivery_due"
                )
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("user", "metric", "week"), name="delivery_once_per_person_metric_and_week"
                ),
                models.CheckConstraint(
                    condition=models.Q(("state", "sent"), ("sent_at", None), _connector="XOR"),
                    name="delivery_sent_exactly_with_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state", "sending"), ("lease_until", None), _connector="XOR"),
                    name="delivery_is_held_exactly_while_sending",
                ),
                models.CheckConstraint(
                    condition=models.Q(("expires_at__gt", models.F("slot"))), name="delivery_link_lasts_beyond_its_slot"
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ("waiting", "sending", "sent", "failed", "unknown"))),
                    name="delivery_state_known",
                ),
            ],
        },
    ),
]
