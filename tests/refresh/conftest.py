"""A source that really answers, and the ways to put work in the queue."""

from tests.sources.conftest import running_server, server

__all__ = ["running_server", "server"]
