"""Sources and their answers, metrics with goals, and the dashboards that show them."""

from .dashboards import Dashboard, Tile, Waiting
from .deliveries import Delivery
from .goals import Goal
from .metrics import Metric
from .reassessments import Action, Reassessment, Ruling
from .refreshes import Backfill, Refresh
from .samples import Rollup, Sample, SampleRevision
from .sources import Query, Source, SourceGrant

__all__ = [
    "Action",
    "Backfill",
    "Dashboard",
    "Delivery",
    "Goal",
    "Metric",
    "Query",
    "Reassessment",
    "Refresh",
    "Rollup",
    "Ruling",
    "Sample",
    "SampleRevision",
    "Source",
    "SourceGrant",
    "Tile",
    "Waiting",
]
