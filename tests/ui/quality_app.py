"""Data quality alone, for AppTest."""

from __future__ import annotations

from rallymap.ui import quality
from rallymap.workflows.services import running_services

quality.render(running_services())
