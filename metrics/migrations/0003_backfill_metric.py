import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0002_gate"),
    ]

    operations = [
        migrations.AddField(
            model_name="backfill",
            name="metric",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="backfills", to="metrics.metric"
            ),
        ),
    ]
