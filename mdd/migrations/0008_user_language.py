from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mdd", "0007_reminded_by_mail")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="language"),
        ),
    ]
