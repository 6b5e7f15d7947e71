"""Cards that are alike."""

from django.db import migrations, models
from django.db.models.functions import Now

TABLES = [
    migrations.CreateModel(
        name="Comparison",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=140)),
            ("card", models.OneToOneField(on_delete=models.CASCADE, related_name="comparison", to="workshops.card")),
        ],
    ),
    migrations.CreateModel(
        name="Suggestion",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("title", models.CharField(blank=True, max_length=60)),
            ("at", models.DateTimeField(db_default=Now())),
            ("bucket", models.ForeignKey(null=True, on_delete=models.CASCADE, related_name="+", to="workshops.bucket")),
            ("by", models.ForeignKey(on_delete=models.CASCADE, related_name="suggestions", to="workshops.participant")),
        ],
        options={
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("bucket", None), ("title", ""), _connector="XOR"),
                    name="suggestion_names_a_new_bucket_or_another",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="SuggestedCard",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("text", models.CharField(max_length=140)),
            ("card", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="workshops.card")),
            (
                "suggestion",
                models.ForeignKey(on_delete=models.CASCADE, related_name="cards", to="workshops.suggestion"),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("suggestion", "card"), name="suggested_card_once_a_group")],
        },
    ),
    migrations.CreateModel(
        name="Mark",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("card", models.ForeignKey(on_delete=models.CASCADE, related_name="marks", to="workshops.card")),
            ("other", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="workshops.card")),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=("card", "other"), name="mark_once_a_pair"),
                models.CheckConstraint(
                    condition=models.Q(("card", models.F("other")), _negated=True), name="mark_joins_two_cards"
                ),
            ],
        },
    ),
]
