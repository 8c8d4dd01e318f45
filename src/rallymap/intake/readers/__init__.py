"""Read files of many formats into tables of texts: one module per format, with limits against oversized files.

A reader does not build events. It returns every sheet or list of records; finding the header row, the meaning of
columns and the values is done in the parent package.
"""

from __future__ import annotations

from rallymap.intake.readers.opening import open_tables
from rallymap.intake.readers.raw_table import Opened, RawTable

__all__ = ["Opened", "RawTable", "open_tables"]
