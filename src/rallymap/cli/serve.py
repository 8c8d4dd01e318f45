"""``rallymap serve``."""

from __future__ import annotations

import click

from rallymap.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option(
    "--port", default=8501, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 for any free one."
)
def serve(host: str, port: int) -> None:
    """Serve the map until Ctrl+C.

    The first start creates the database with the bundled events; later starts keep all changes.

    \b
    Examples:
      rallymap serve
      rallymap serve --host 0.0.0.0 --port 8600
    """
    from rallymap.web.serve import serve as run

    run(Settings.from_env(), host=host, port=port)
