from django.db import migrations

from mdd.tables import CreateTables
from metrics.migrations.tables import dashboards, goals, metrics, reassessments, samples, sources


class Migration(migrations.Migration):
    initial = True

    dependencies = [("mdd", "0001_tables")]

    replaces = [
        ("metrics", "0001_sources_numbers_dashboards"),
        ("metrics", "0003_reassessments_actions_deliveries"),
    ]

    operations = [
        CreateTables(
            [
                *sources.TABLES,
                *metrics.TABLES,
                *goals.TABLES,
                *samples.TABLES,
                *dashboards.TABLES,
                *reassessments.TABLES,
            ]
        )
    ]
