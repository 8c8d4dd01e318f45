"""The command ``rallymap`` as the operator of this installation types it, for sentences that say what to run."""

from __future__ import annotations

import shlex
import shutil
import sys
from functools import cache
from pathlib import Path

from rallymap.settings import given_command

_NAME = "rallymap"


def own_command(words: str) -> str:
    """Return a command that works in this deployment, such as ``rally backup`` for the words ``backup``.

    ``RALLYMAP_COMMAND`` names the command where a wrapper or a container is used. Otherwise it is the program that runs
    now, with its path unless a shell finds it.
    """
    return f"{given_command() or _program()} {words}"


@cache
def _program() -> str:
    program = Path(sys.argv[0])
    if program.stem != _NAME or not program.exists():
        program = Path(sys.executable).with_name(_NAME)  # started by a server such as uvicorn, or with python -m
    if not program.exists():
        return f"{shlex.quote(sys.executable)} -m rallymap.cli"
    found = shutil.which(_NAME)
    return _NAME if found is not None and program.samefile(found) else shlex.quote(str(program))
