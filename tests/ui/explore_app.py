"""Explore alone, for AppTest."""

from __future__ import annotations

from rallymap.ui import explore
from rallymap.workflows.services import running_services

explore.render(running_services())
