from django.core.management import call_command
from django.db import migrations

from mdd.migrations.tables import people, statements, traces
from mdd.tables import CreateTables


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("mdd", "0001_people_statements_traces"),
        ("mdd", "0003_cache_table"),
        ("mdd", "0004_topics_events_invitations"),
        ("mdd", "0007_reminded_by_mail"),
        ("mdd", "0008_user_language"),
    ]

    operations = [
        CreateTables([*people.TABLES, *statements.TABLES, *traces.TABLES]),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
