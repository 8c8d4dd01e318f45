"""Numbers for charts: counts over a selection of the snapshot, comparisons, and estimates of what was missed."""
