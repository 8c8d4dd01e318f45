"""Trends alone, for AppTest."""

from __future__ import annotations

from rallymap.ui import trends
from rallymap.workflows.services import running_services

trends.render(running_services())
