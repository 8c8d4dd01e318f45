"""Serve the app with a page *About* that fails the first time it is drawn, as a fault of a moment does: ``PORT``."""

from __future__ import annotations

import sys

from rallymap.cli import main
from rallymap.ui import about
from rallymap.workflows.services import Services

render = about.render
failed: list[bool] = []


def fail_once(services: Services) -> None:
    """Raise an error that nobody expects, once."""
    if not failed:
        failed.append(True)
        raise RuntimeError("dictionary changed size during iteration")
    render(services)


about.render = fail_once
main(["serve", "--port", sys.argv[1]])
