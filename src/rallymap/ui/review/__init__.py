"""The moderators' and administrators' pages."""

from __future__ import annotations

from rallymap.ui.review.page import render

__all__ = ["render"]
