from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0003_backfill_metric"),
    ]

    operations = [
        migrations.AddField(
            model_name="query",
            name="misfits",
            field=models.JSONField(default=dict),
        ),
    ]
