"""A page that fails the first time it is drawn, as a fault of a moment does."""

from __future__ import annotations

from rallymap.ui import about
from rallymap.workflows.services import Services


def let_about_fail_once(_port: int) -> None:
    """Let the page *About* of this process raise an error that nobody expects, once."""
    render = about.render
    failed: list[bool] = []

    def fail_once(services: Services) -> None:
        if not failed:
            failed.append(True)
            raise RuntimeError("dictionary changed size during iteration")
        render(services)

    about.render = fail_once
