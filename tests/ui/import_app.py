"""The Import page alone, for AppTest: a running store, and who is signed in."""

from __future__ import annotations

from rallymap.ui.imports import render
from rallymap.workflows.services import running_services

render(running_services())
