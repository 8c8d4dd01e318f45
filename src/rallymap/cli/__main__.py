"""``python -m rallymap.cli``."""

from rallymap.cli import main

main(prog_name="rallymap")
