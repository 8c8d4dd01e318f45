"""Sentences name the command that works in the operator's deployment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rallymap.own_command import own_command

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(sys.executable).with_name("rallymap")


def test_wrapper_or_container_says_how_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RALLYMAP_COMMAND", "docker compose run --rm app")
    assert own_command("backup") == "docker compose run --rm app backup"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"RALLYMAP_COMMAND": "rally"}, "rally restore --replace rallymap.db"),
        ({"PATH": str(PROGRAM.parent)}, "rallymap restore --replace rallymap.db"),
        ({"PATH": "/nowhere"}, f"{PROGRAM} restore --replace rallymap.db"),
    ],
)
def test_advice_can_be_copied_into_the_shell(tmp_path: Path, given: dict[str, str], said: str) -> None:
    (tmp_path / "rallymap.db").touch()
    ended = subprocess.run(
        [PROGRAM, "restore", "rallymap.db"],
        env={name: value for name, value in os.environ.items() if not name.startswith("RALLYMAP_")}
        | {"RALLYMAP_HOME": str(tmp_path)}
        | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
    )
    assert ended.stderr.strip().endswith(f": {said}")


@pytest.mark.parametrize("name", ["rally", "rallymap.service", "Containerfile", "compose.yaml"])
def test_each_deployment_names_its_command(name: str) -> None:
    assert "RALLYMAP_COMMAND" in (ROOT / "docs" / "deploy" / name).read_text("utf-8")
