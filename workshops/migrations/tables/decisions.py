"""What a workshop leads to."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Decision",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.PositiveSmallIntegerField()),
            ("question", models.CharField(max_length=140, verbose_name="main question")),
            ("if_rises", models.CharField(max_length=200, verbose_name="if it rises we will")),
            ("if_falls", models.CharField(max_length=200, verbose_name="if it falls we will")),
            ("gaming", models.CharField(max_length=300, verbose_name="how it could be gamed")),
            ("guardrail", models.CharField(max_length=140, verbose_name="what must not get worse meanwhile")),
            ("dissent", models.TextField(blank=True, max_length=2000, verbose_name="dissent")),
            ("review_date", models.DateField(verbose_name="look at it again on")),
            ("at", models.DateTimeField(db_default=Now())),
            ("bucket", models.ForeignKey(on_delete=models.PROTECT, related_name="decisions", to="workshops.bucket")),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "workshop",
                models.ForeignKey(on_delete=models.PROTECT, related_name="decisions", to="workshops.workshop"),
            ),
        ],
        options={
            "ordering": ["number"],
            "constraints": [
                models.UniqueConstraint(fields=("workshop", "number"), name="decision_once_per_number"),
                models.CheckConstraint(
                    condition=models.Q(("question", ""), _negated=True), name="decision_asks_a_question"
                ),
                models.CheckConstraint(
                    condition=models.Q(("if_falls", ""), ("if_rises", ""), _negated=True),
                    name="decision_leads_to_an_action",
                ),
                models.CheckConstraint(
                    condition=models.Q(("guardrail", ""), _negated=True), name="decision_has_a_guardrail"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Adoption",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ("metric", models.OneToOneField(on_delete=models.PROTECT, related_name="adoption", to="metrics.metric")),
            ("card", models.OneToOneField(on_delete=models.PROTECT, related_name="adoption", to="workshops.card")),
        ],
    ),
    migrations.CreateModel(
        name="ResultLink",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("digest", models.CharField(max_length=64, unique=True)),
            ("expires_at", models.DateTimeField()),
            ("withdrawn_at", models.DateTimeField(null=True)),
            ("at", models.DateTimeField(db_default=Now())),
            ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            (
                "workshop",
                models.ForeignKey(on_delete=models.PROTECT, related_name="result_links", to="workshops.workshop"),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("expires_at__gt", models.F("at"))), name="result_link_lasts_a_while"
                ),
                models.CheckConstraint(
                    condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="result_link_keeps_a_hash_only"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Reminder",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ("created_at", models.DateTimeField(db_default=Now())),
            (
                "user",
                models.ForeignKey(on_delete=models.PROTECT, related_name="reminders", to=settings.AUTH_USER_MODEL),
            ),
            (
                "workshop",
                models.ForeignKey(on_delete=models.PROTECT, related_name="reminders", to="workshops.workshop"),
            ),
        ],
        options={
            "indexes": [
                models.Index(
                    condition=models.Q(("state__in", ("waiting", "sending"))), fields=["due_at"], name="reminder_due"
                )
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("state", "sent"), ("sent_at", None), _connector="XOR"),
                    name="reminder_sent_exactly_with_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state", "sending"), ("lease_until", None), _connector="XOR"),
                    name="reminder_is_held_exactly_while_sending",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ("waiting", "sending", "sent", "failed", "unknown"))),
                    name="reminder_state_known",
                ),
                models.UniqueConstraint(fields=("user", "workshop"), name="reminder_once_per_person_and_workshop"),
            ],
        },
    ),
]
