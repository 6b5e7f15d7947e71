from zlib import crc32

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def answer_to_the_words_of_now(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody knows which words they were given to, so they go on counting."""
    consents = apps.get_model("workshops", "Consent").objects
    for bucket in apps.get_model("workshops", "Bucket").objects.filter(consents__about="").distinct():
        words = (bucket.question, bucket.unit, bucket.if_rises, bucket.if_falls)
        stamp = f"{crc32(repr(words).encode()):08x}"
        consents.filter(bucket=bucket, about="").update(about=stamp)


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0003_consent_about"),
    ]

    operations = [
        migrations.RunPython(answer_to_the_words_of_now, migrations.RunPython.noop, elidable=True),
    ]
