"""Build the wheel, install it into a bare environment, serve from there, and check health and map component.

``python -m tools.try_wheel`` finds what a checkout hides: files missing from the wheel, packages missing from the run
lock, data read from the source tree.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MAP_COMPONENT = "/_stcore/bidi-components/rallymap.map_host/map_host.js"
"""Streamlit only serves it if it finds the package's own ``pyproject.toml`` among the installed files."""
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
START_TIMEOUT_S = 120.0
ANSWER_TIMEOUT_S = 20.0


class WheelError(Exception):
    """The wheel does not build, install or serve; the message has the failed step and the process's output."""


def try_wheel(folder: Path) -> dict[str, Any]:
    """Build, install and serve the wheel in an empty folder.

    Returns
    -------
    health
        The JSON object from ``/healthz``.

    Raises
    ------
    WheelError
        If a step fails.
    """
    # Setuptools would include what an earlier build left there.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    wheels = folder / "wheels"
    _run(
        sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT),
        cwd=folder,
    )  # fmt: skip
    (wheel,) = wheels.glob("rallymap-*.whl")
    venv.create(folder / "bare", with_pip=True)
    python = str(folder / "bare" / "bin" / "python")
    lock = ROOT / "requirements" / "run.lock"
    # Only the modules that the served site imports are compiled, when it starts.
    _run(python, *PIP, "install", "--no-compile", "--require-hashes", "--no-deps", "-r", str(lock), cwd=folder)
    _run(python, *PIP, "install", "--no-deps", str(wheel), cwd=folder)
    return _serve(folder)


def _serve(folder: Path) -> dict[str, Any]:
    log = folder / "serve.log"
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment = kept | {"RALLYMAP_HOME": str(folder / "home"), "HOME": str(folder)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(folder / "bare" / "bin" / "rallymap"), "serve", "--port", "0"],
            cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        return _health(process, log)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _health(process: subprocess.Popen[bytes], log: Path) -> dict[str, Any]:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        written = log.read_text("utf-8", errors="replace")
        if port := re.search(r"http://[\w.]+:(\d+)", written):
            health: dict[str, Any] = json.loads(_get(int(port[1]), "/healthz"))
            _get(int(port[1]), MAP_COMPONENT)
            return health
        time.sleep(0.1)
    raise WheelError(f"The server did not start:\n{log.read_text('utf-8', errors='replace')}")


def _get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_TIMEOUT_S)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise WheelError(f"{path} answered {answer.status}: {body.decode('utf-8', 'replace')}")
    return body


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WheelError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        try:
            print(f"The wheel installs and serves: {try_wheel(Path(name))}")
        except WheelError as err:
            sys.exit(f"{err}")
