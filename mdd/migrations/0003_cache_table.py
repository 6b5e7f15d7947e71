from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("mdd", "0002_append_only_audit")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
