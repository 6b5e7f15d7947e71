from django.db import migrations

from mdd.tables import CreateTables
from workshops.migrations.tables import alike, answers, board, decisions, templates, votes, workshops


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("mdd", "0001_tables"),
        ("metrics", "0001_tables"),
    ]

    replaces = [
        ("workshops", "0001_workshops_and_their_boards"),
        ("workshops", "0004_anonymity_and_agreements"),
        ("workshops", "0006_people_without_an_account"),
        ("workshops", "0007_alike_cards"),
        ("workshops", "0008_deeds"),
        ("workshops", "0009_result_links"),
        ("workshops", "0010_pruned_together"),
        ("workshops", "0011_confidence"),
        ("workshops", "0012_before_the_meeting"),
        ("workshops", "0013_groups"),
        ("workshops", "0015_blind_guesses"),
    ]

    operations = [
        CreateTables(
            [
                *templates.TABLES,
                *workshops.TABLES,
                *answers.TABLES,
                *board.TABLES,
                *alike.TABLES,
                *votes.TABLES,
                *decisions.TABLES,
            ]
        )
    ]
