"""The Trends page: the events that match Explore's filters, as charts with their tables."""

from rallymap.ui.trends.page import render

__all__ = ["render"]
