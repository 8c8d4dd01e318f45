"""Import: a file of events, step by step, and the imports so far."""

from rallymap.ui.imports.page import render

__all__ = ["render"]
