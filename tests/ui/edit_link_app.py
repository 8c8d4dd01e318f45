"""The page behind an edit link alone, for AppTest."""

from __future__ import annotations

from rallymap.ui.submit import edit_link
from rallymap.workflows.services import running_services

edit_link.render(running_services())
