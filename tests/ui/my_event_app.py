"""The page behind an edit link alone, for AppTest."""

from __future__ import annotations

from rallymap.ui import my_event
from rallymap.workflows.services import running_services

my_event.render(running_services())
