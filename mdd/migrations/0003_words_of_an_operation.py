from django.db import migrations, models


class Migration(migrations.Migration):
    """Not part of the first tables: an instance that is in use has those already."""

    dependencies = [("mdd", "0002_rules")]

    operations = [
        migrations.AddField(model_name="operation", name="words", field=models.UUIDField(null=True)),
    ]
