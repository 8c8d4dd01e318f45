"""The public events in memory: columns, filters over them, and the keeper that renews them."""

from rallymap.query.snapshot.facets import count_facets
from rallymap.query.snapshot.keeper import SnapshotKeeper
from rallymap.query.snapshot.selection import Selection, ViewBox
from rallymap.query.snapshot.state import Snapshot

__all__ = ["Selection", "Snapshot", "SnapshotKeeper", "ViewBox", "count_facets"]
