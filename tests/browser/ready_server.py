"""Start ``rallymap serve`` from a process that has its modules loaded already.

Tests start some ninety servers, and most of the processor time of each start and first visit goes to importing modules
and reading catalogues and the gazetteer. A fork of a process that has done only this runs the same command.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from unittest.mock import patch


class ReadyServer:
    """A server process with the methods of :class:`subprocess.Popen` that tests use.

    `prepare` is a function of a module that runs in the process before it serves, with the port.
    """

    def __init__(
        self, port: int, *, cwd: Path, env: Mapping[str, str], log: Path, prepare: Callable[[int], None] | None = None
    ) -> None:
        self._process = _CONTEXT.Process(target=_run, args=(port, str(cwd), dict(env), str(log), prepare), daemon=True)
        # A page that a test ran before may have left its script behind as the main module, which the child would run.
        with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
            self._process.start()

    def poll(self) -> int | None:
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("rallymap serve", timeout or 0)
        return self._process.exitcode


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.browser.read_once"])


def _run(port: int, cwd: str, env: dict[str, str], log: str, prepare: Callable[[int], None] | None) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    from rallymap.cli import main

    if prepare is not None:
        prepare(port)
    main(["serve", "--port", str(port)], prog_name="rallymap")
