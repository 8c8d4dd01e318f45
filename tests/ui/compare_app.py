"""Compare alone, for AppTest."""

from __future__ import annotations

from rallymap.ui import compare
from rallymap.workflows.services import running_services

compare.render(running_services())
