"""What a squad's workshops ask, and for how long."""

from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Template",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "path",
                models.CharField(
                    choices=[("whole", "The whole loop, together"), ("alone", "The short loop, alone")], max_length=5
                ),
            ),
            ("changed_at", models.DateTimeField(db_default=Now())),
            ("squad", models.ForeignKey(on_delete=models.PROTECT, related_name="templates", to="mdd.squad")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("squad", "path"), name="template_once_per_path"),
                models.CheckConstraint(
                    condition=models.Q(("path__in", ("whole", "alone"))), name="template_path_known"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="TimeBox",
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
            ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
            ("prompts", models.TextField(blank=True, max_length=1000, verbose_name="prompts")),
            ("template", models.ForeignKey(on_delete=models.CASCADE, related_name="boxes", to="workshops.template")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("template", "stage"), name="time_box_once_per_stage"),
                models.CheckConstraint(
                    condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)), name="time_box_lasts_a_while"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "stage__in",
                            [
                                "deliver",
                                "customers",
                                "expectations",
                                "meeting",
                                "throw",
                                "group",
                                "prune",
                                "focus",
                                "wrap-up",
                            ],
                        )
                    ),
                    name="time_box_stage_known",
                ),
            ],
        },
    ),
]
