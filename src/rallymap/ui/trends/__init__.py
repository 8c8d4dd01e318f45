"""The page Trends: what Explore's filters leave, as charts with their tables."""

from rallymap.ui.trends.page import render

__all__ = ["render"]
