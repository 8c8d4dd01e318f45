"""Import: a file of events, step by step, and previous imports."""

from rallymap.ui.imports.page import render

__all__ = ["render"]
