"""The review page alone, for AppTest: a filled database, and who is signed in."""

from __future__ import annotations

from rallymap.ui.review import render
from rallymap.workflows.services import running_services

render(running_services())
