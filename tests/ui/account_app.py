"""The page of the own account alone, for AppTest."""

from __future__ import annotations

from rallymap.ui import account
from rallymap.workflows.services import running_services

account.render(running_services())
