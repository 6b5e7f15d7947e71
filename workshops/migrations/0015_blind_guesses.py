import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workshops", "0014_groups_are_of_a_whole")]

    operations = [
        migrations.AddField(
            model_name="bucket",
            name="unit",
            field=models.CharField(blank=True, max_length=30, verbose_name="counted in"),
        ),
        migrations.CreateModel(
            name="Guess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.FloatField(verbose_name="your guess")),
                ("is_revealed", models.BooleanField(default=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "bucket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guesses", to="workshops.bucket"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guesses",
                        to="workshops.participant",
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
    ]
