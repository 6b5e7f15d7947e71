"""`manage.py begin_epochs`: after a restore, let open pages know that what they showed last may never have happened."""

from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand

from mdd.models import Topic


class Command(BaseCommand):
    help = "After a restored backup: pages that are ahead of the log are fetched again, not taken for the newer ones."

    def handle(self, *args: Any, **options: Any) -> None:
        topics = list(Topic.objects.only("pk"))
        for topic in topics:
            topic.epoch = uuid4()
        Topic.objects.bulk_update(topics, ["epoch"], batch_size=500)
        self.stdout.write(f"{len(topics)} topics begin a new epoch.")
