"""The world that the matrix is asked about."""

from tests.access.world import world

__all__ = ["world"]
