"""`manage.py make_operator ada@example.org`: let somebody with an account run the organisation's instance."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mdd.actions import audit
from mdd.models import User


class Command(BaseCommand):
    help = "Makes a person with an account an operator: they set up sources and grant them to squads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has signed up as {email}. Sign up first, then run this again.")
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        audit.record("operator-made", user, by=None, squad=None)
        self.stdout.write(f"{user.name} is an operator now.")
