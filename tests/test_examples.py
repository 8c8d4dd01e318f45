"""The notebooks in `examples/`: each runs with the bundled events and ends with a figure."""

from __future__ import annotations

import ast
import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from click.testing import CliRunner

from rallymap.cli import main

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the bundled events in `all.csv`, created as described in the notebooks."""
    made = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RALLYMAP_HOME", str(made / "home"))
        patch.chdir(made)
        for command in (["seed"], ["export", "-o", "all.csv"]):
            result = CliRunner().invoke(main, command)
            assert result.exit_code == 0, result.output
    return made


def run_cells(path: Path) -> tuple[dict[str, Any], list[Any]]:
    """Run the cells of a notebook in order; return its variables, and the final value of each cell."""
    names: dict[str, Any] = {}
    shown = []
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"], 1):
        if cell["cell_type"] != "code":
            continue
        *body, last = ast.parse("".join(cell["source"]), f"{path.name}, cell {number}").body
        assert isinstance(last, ast.Expr)
        where = f"{path.name}, cell {number}"
        exec(compile(ast.Module(body, []), where, "exec"), names)  # noqa: S102 - our own notebook
        shown.append(eval(compile(ast.Expression(last.value), where, "eval"), names))  # noqa: S307
    return names, shown


@pytest.mark.slow
def test_notebook_counts_the_bundled_rallies_and_ends_in_a_figure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    names, (head, known, sentence, chart) = run_cells(EXAMPLES / "rallies_by_year.ipynb")
    assert (len(head), known["source1_url"] > 0.9, len(names["events"]) >= 665) == (5, True, True)
    assert str(sentence).startswith(f"{len(names['events'])} events, ")
    assert isinstance(chart, alt.Chart)
    drawn = chart.to_dict()
    (rows,) = drawn["datasets"].values()
    assert drawn["mark"] == {"type": "bar"}
    assert len({row["community"] for row in rows}) == 6
    with (folder / "all.csv").open(encoding="utf-8", newline="") as file:
        exported = list(csv.DictReader(file))
    assert len(names["events"]) == len(exported)
    for community in {row["community"] for row in rows}:
        years = Counter(e["start"][:4] for e in exported if e["start"] and community in e["communities"].split("; "))
        assert {str(row["year"]): row["events"] for row in rows if row["community"] == community} == years
    assert str(sentence).endswith(f"; {sum(row['events'] for row in rows)} of the six communities")


def test_every_notebook_has_a_test_and_no_output_that_could_be_of_another_version() -> None:
    assert [path.name for path in sorted(EXAMPLES.glob("*.ipynb"))] == ["rallies_by_year.ipynb"]
    cells = json.loads((EXAMPLES / "rallies_by_year.ipynb").read_text("utf-8"))["cells"]
    assert [cell["outputs"] for cell in cells if cell["cell_type"] == "code"] == [[]] * 4
