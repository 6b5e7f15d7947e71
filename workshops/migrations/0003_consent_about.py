from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0002_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="about",
            field=models.CharField(default="", max_length=8),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="consent", name="consent_one_each_per_bucket"),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                fields=("bucket", "participant", "about"), name="consent_one_each_per_words"
            ),
        ),
    ]
