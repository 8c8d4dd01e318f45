"""Statistics for charts: counts over a selection of the snapshot, comparisons, and estimates of missed events."""
