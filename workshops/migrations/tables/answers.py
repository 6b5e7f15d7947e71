"""Three questions, and what was agreed."""

from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Agreement",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "stage",
                models.CharField(
                    choices=[
                        ("deliver", "Deliver"),
                        ("customers", "Customers"),
                        ("expectations", "Expect"),
                        ("meeting", "Meet?"),
                        ("throw", "Throw"),
                        ("group", "Group"),
                        ("prune", "Prune"),
                        ("focus", "Focus"),
                        ("wrap-up", "Wrap-up"),
                    ],
                    max_length=12,
                ),
            ),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "customer",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="agreements", to="mdd.customer"),
            ),
            (
                "deliverable",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="agreements", to="mdd.deliverable"),
            ),
            (
                "expectation",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="agreements", to="mdd.expectation"),
            ),
            (
                "finding",
                models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="agreements", to="mdd.finding"),
            ),
            (
                "workshop",
                models.ForeignKey(on_delete=models.PROTECT, related_name="agreements", to="workshops.workshop"),
            ),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("customer__isnull", True),
                            ("deliverable__isnull", False),
                            ("expectation__isnull", True),
                            ("finding__isnull", True),
                            ("stage", "deliver"),
                        ),
                        models.Q(
                            ("customer__isnull", False),
                            ("deliverable__isnull", True),
                            ("expectation__isnull", True),
                            ("finding__isnull", True),
                            ("stage", "customers"),
                        ),
                        models.Q(
                            ("customer__isnull", True),
                            ("deliverable__isnull", True),
                            ("expectation__isnull", False),
                            ("finding__isnull", True),
                            ("stage", "expectations"),
                        ),
                        models.Q(
                            ("customer__isnull", True),
                            ("deliverable__isnull", True),
                            ("expectation__isnull", True),
                            ("finding__isnull", False),
                            ("stage", "meeting"),
                        ),
                        _connector="OR",
                    ),
                    name="agreement_on_one_thing_of_its_stage",
                ),
                models.UniqueConstraint(fields=("workshop", "deliverable"), name="agreement_once_per_deliverable"),
                models.UniqueConstraint(fields=("workshop", "customer"), name="agreement_once_per_customer"),
                models.UniqueConstraint(fields=("workshop", "expectation"), name="agreement_once_per_expectation"),
                models.UniqueConstraint(fields=("workshop", "finding"), name="agreement_once_per_finding"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Assent",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "agreement",
                models.ForeignKey(on_delete=models.PROTECT, related_name="assents", to="workshops.agreement"),
            ),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="assents", to="workshops.participant"
                ),
            ),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("agreement", "participant"), name="assent_one_each_per_agreement")
            ],
        },
    ),
    migrations.CreateModel(
        name="Answer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "stage",
                models.CharField(
                    choices=[
                        ("deliver", "Deliver"),
                        ("customers", "Customers"),
                        ("expectations", "Expect"),
                        ("meeting", "Meet?"),
                        ("throw", "Throw"),
                        ("group", "Group"),
                        ("prune", "Prune"),
                        ("focus", "Focus"),
                        ("wrap-up", "Wrap-up"),
                    ],
                    max_length=12,
                ),
            ),
            ("text", models.CharField(max_length=200, verbose_name="answer")),
            (
                "state",
                models.CharField(
                    choices=[("open", "open"), ("agreed", "agreed"), ("aside", "set aside")],
                    default="open",
                    max_length=6,
                ),
            ),
            ("is_revealed", models.BooleanField(default=False)),
            ("at", models.DateTimeField(db_default=Now())),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="answers", to="workshops.participant"
                ),
            ),
            ("workshop", models.ForeignKey(on_delete=models.PROTECT, related_name="answers", to="workshops.workshop")),
            (
                "agreement",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="answers", to="workshops.agreement"
                ),
            ),
        ],
        options={
            "indexes": [models.Index(fields=["workshop", "stage"], name="answer_workshop_stage")],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="answer_has_a_text"),
                models.CheckConstraint(
                    condition=models.Q(("stage__in", ("deliver", "customers", "expectations"))),
                    name="answer_to_one_of_three_questions",
                ),
                models.CheckConstraint(
                    condition=models.Q(("state__in", ("open", "agreed", "aside"))), name="answer_state_known"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Opinion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "verdict",
                models.CharField(
                    choices=[("met", "Met"), ("not-met", "Not met"), ("unknown", "We don't know")], max_length=10
                ),
            ),
            ("evidence", models.CharField(blank=True, max_length=400, verbose_name="how do you know?")),
            ("is_revealed", models.BooleanField(default=False)),
            ("at", models.DateTimeField(db_default=Now())),
            ("expectation", models.ForeignKey(on_delete=models.PROTECT, related_name="opinions", to="mdd.expectation")),
            (
                "participant",
                models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="opinions", to="workshops.participant"
                ),
            ),
            ("workshop", models.ForeignKey(on_delete=models.PROTECT, related_name="opinions", to="workshops.workshop")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(
                    fields=("workshop", "expectation", "participant"), name="opinion_one_each_per_expectation"
                ),
                models.CheckConstraint(
                    condition=models.Q(("verdict__in", ("met", "not-met", "unknown"))), name="opinion_verdict_known"
                ),
            ],
        },
    ),
]
