"""The About page alone, for AppTest."""

from rallymap.ui import about
from rallymap.workflows.services import running_services

about.render(running_services())
