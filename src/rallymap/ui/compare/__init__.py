"""The page Compare: two periods, places, communities or organisers next to each other."""

from rallymap.ui.compare.page import render

__all__ = ["render"]
