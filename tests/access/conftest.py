"""The world that the matrix is asked about."""

from tests.access.world import foreign, world

__all__ = ["foreign", "world"]
