"""Explore: the map, the list of events with the same filters, and the panel of one event."""

from __future__ import annotations

from rallymap.ui.explore.page import render

__all__ = ["render"]
