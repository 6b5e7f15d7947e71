from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mdd", "0006_events_may_forget")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="language"),
        ),
    ]
