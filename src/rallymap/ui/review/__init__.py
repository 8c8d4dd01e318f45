"""Pages for moderators and administrators."""

from __future__ import annotations

from rallymap.ui.review.page import render

__all__ = ["render"]
