"""Sources and their answers, metrics with goals, and the dashboards that show them."""

from .dashboards import Dashboard, Tile
from .goals import Goal
from .metrics import Metric
from .refreshes import Backfill, Refresh
from .samples import Rollup, Sample, SampleRevision
from .sources import Query, Source, SourceGrant

__all__ = [
    "Backfill",
    "Dashboard",
    "Goal",
    "Metric",
    "Query",
    "Refresh",
    "Rollup",
    "Sample",
    "SampleRevision",
    "Source",
    "SourceGrant",
    "Tile",
]
