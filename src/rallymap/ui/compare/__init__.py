"""The Compare page: two periods, places, communities or organisers side by side."""

from rallymap.ui.compare.page import render

__all__ = ["render"]
