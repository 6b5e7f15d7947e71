"""`manage.py load_demo`: a squad on real flights. Run at each start; what is there already stays as it is."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mdd import engines
from mdd.engines import instance
from workshops.demo import flights, people, squad


class Command(BaseCommand):
    help = "Loads the demo: flights, squad and, on loopback only, a user with a random password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            people.close_door()
            self.stdout.write("Others can reach this instance: no demo is loaded, and its user cannot sign in.")
            return
        server = engines.flights(engines.data_folder())
        laid = self.lay(server)
        with transaction.atomic():
            if password := people.open_door(squad.load(server)):
                # Before the commit: an account whose password nobody saw would stay shut.
                instance.write_private(settings.INSTANCE.data / "demo-user", f"{people.SIGN_IN} {password}")
        self.stdout.write(f"The demo is loaded; {laid:,} flights were laid.")

    def lay(self, server: engines.FlightsServer) -> int:
        try:
            return flights.load(server)
        except flights.FlightsMissingError as reason:
            raise CommandError(str(reason)) from reason
