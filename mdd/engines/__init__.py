"""PostgreSQL and Valkey of this instance, embedded where the operator names no real ones. No Django in here."""

from mdd.engines.environment import Environment, data_folder, environment
from mdd.engines.errors import Trouble
from mdd.engines.flights import FlightsServer, flights

__all__ = ["Environment", "FlightsServer", "Trouble", "data_folder", "environment", "flights"]
