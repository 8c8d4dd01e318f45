"""README agrees with the code."""

import re
from pathlib import Path

import click
import yaml

from rallymap import __version__
from rallymap.cli import main
from rallymap.moderation import rights_table
from rallymap.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_readme_leads_to_the_rights_table_and_does_not_repeat_it() -> None:
    assert "(docs/rights.md#the-table)" in README
    assert rights_table().splitlines()[0] not in README


def test_readme_names_every_command() -> None:
    assert isinstance(main, click.Group)
    assert [name for name in main.commands if f"rallymap {name}" not in README] == []


def test_readme_names_every_setting() -> None:
    rooms = ROOT / "src" / "rallymap"
    code = "".join((rooms / name).read_text("utf-8") for name in ("settings.py", "hosting.py"))
    assert Settings.__doc__ is not None
    variables = set(re.findall(r'"RALLYMAP_([A-Z_]+)"', code))
    told = set(re.findall(r"`(?:RALLYMAP)?_?([A-Z_]+)`", README))
    assert {name for name in variables if not any(name == t or name.endswith(t) for t in told)} == set()


def test_readme_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_dependency_has_its_line_in_readme() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [", 1)[1].split("]\n", 1)[0]
    names = re.findall(r'"([a-zA-Z0-9-]+)', lines)
    assert [name for name in names if name.lower() not in README.lower()] == []


def test_citation_names_the_present_version() -> None:
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == __version__
