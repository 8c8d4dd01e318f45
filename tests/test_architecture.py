"""Architecture of the code: import rules, length of modules, forbidden content of files."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "rallymap"
MODULES = sorted(PACKAGE.rglob("*.py"))
ASSETS = PACKAGE / "assets"
SCRIPTS = sorted([*(ASSETS / "map").rglob("*.js"), *(ASSETS / "page").rglob("*.js")])

# From the bottom up. A room may import rooms in lower rows, but none in its own row.
ROWS = (
    ("file_faults",),
    ("language",),
    ("templates",),
    ("errors", "folding", "visible_text", "distances", "institution_words"),
    ("setting_values", "licences", "venue_words"),
    ("settings_file", "hosting", "mail_server", "limits"),
    ("settings_reading",),
    (
        "settings",
        "weblinks",
        "dates",
        "countries",
        "borders",
        "passwords",
        "assets",
        "pictures",
        "preview_pictures",
        "attempts",
        "networks",
        "run_queue",
        "clock",
        "private_files",
        "formulas",
        "name_lists",
        "palette",
    ),
    ("events", "community_names", "demonyms", "own_command"),
    ("community_reader",),
    ("wording",),
    ("event_wording",),
    ("intake", "places", "moderation", "exports", "mail"),
    ("search",),
    ("query",),  # filters find cities by names in other languages
    ("trends",),
    ("store", "views"),
    ("workflows", "upkeep"),
    ("ui", "web"),
    ("cli",),  # `rallymap serve` starts the web server
)
ROW_OF = {room: number for number, row in enumerate(ROWS) for room in row}

# Library -> the only rooms that may use it.
FENCES = {
    "streamlit": {"ui", "web"},
    "folium": {"views"},
    "branca": {"views"},
    "altair": {"views"},
    "geopy": {"places"},
    "PIL": {"pictures", "preview_pictures"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "pysqlite3": {"store"},
    "sqlite3": {"store", "places"},
    "smtplib": {"mail"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "prometheus_client": {"web"},
    "click": {"cli"},
    "rich": {"cli"},
}

MAX_LINES = 300
VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "tools", "base"}

# Split into parts, so that this file does not contain them itself.
FORBIDDEN_TEXTS = {
    "an index address": re.compile("index" + r"[-_]url\s*[= ]\s*\S*/|/simp" + r"le/?(?=[\s\"'])"),
    "a registry's host": re.compile(
        "py" + r"pi\.(org|python\.org)|files\.python" + r"hosted\.|registry\.np" + r"mjs\."
    ),
    "a path of one machine": re.compile(r"(?<![\w.$})/-])/(wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+)/"),
}
BINARY = {".png", ".gz", ".xz", ".bin", ".npz", ".br", ".woff2", ".xlsx", ".ico"}


def room_of(module: str) -> str:
    """Return the room of a dotted name; "" for the package itself and what its own file defines."""
    room = module.split(".")[1] if "." in module else ""
    return "" if room.startswith("__") else room


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import in a module, also inside functions."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            if base == "rallymap":
                yield from ((node.lineno, f"rallymap.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def test_rooms_all_have_a_row() -> None:
    rooms = {room_of(dotted(path)) for path in MODULES} - {""}
    assert sorted(rooms - ROW_OF.keys()) == []


@pytest.mark.slow
def test_imports_go_down_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in MODULES
        for line, name in imports_of(path)
        if name.startswith("rallymap.")
        and (here := room_of(dotted(path)))
        and (there := room_of(name)) not in ("", here)
        and ROW_OF[there] >= ROW_OF[here]
    ]
    assert wrong == []


@pytest.mark.slow
def test_libraries_are_used_only_in_their_rooms() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in MODULES
        for line, name in imports_of(path)
        if room_of(dotted(path)) not in FENCES.get(name.split(".")[0], {room_of(dotted(path))})
    ]
    assert wrong == []


@pytest.mark.slow
def test_templates_and_markup_escape_texts() -> None:
    """Jinja and markupsafe escape every text on a page, so that no developer has to remember it."""
    by_hand = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if room_of(dotted(path)) in ("templates", "views", "web", "ui")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "html"
        and any(alias.name == "escape" for alias in node.names)
    ]
    trusted = [
        path.name for path in sorted((PACKAGE / "templates").glob("*.html")) if "safe" in path.read_text("utf-8")
    ]
    assert by_hand + trusted == []


@pytest.mark.slow
def test_pages_put_texts_into_html_by_templates_and_markup_alone() -> None:
    """F-strings and "+" do not escape; styles are exempt, because they contain no user input."""
    element = re.compile(r"</?(?!style>)[a-z][a-z0-9]*[ >]")
    by_hand = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if room_of(dotted(path)) == "ui"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and element.search(str(part.value))
    ]
    assert by_hand == []


@pytest.mark.slow
def test_environment_is_read_by_settings_alone() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if path != PACKAGE / "settings.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert wrong == []


def test_modules_are_short() -> None:
    paths = [*MODULES, *SCRIPTS]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in paths}
    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}


def test_map_scripts_import_downwards_only() -> None:
    """Data modules use neither layers nor controls; layers do not use controls."""
    forbidden = {"data": ("../layers/", "../controls/"), "layers": ("../controls/",)}
    wrong = [
        f"{path.relative_to(ROOT)}: {hit}"
        for path in SCRIPTS
        for hit in re.findall(r'^import .*? from "([^"]+)"', path.read_text("utf-8"), re.MULTILINE)
        if hit.startswith(forbidden.get(path.parent.name, ("none",)))
    ]
    assert wrong == []


def test_one_script_alone_names_leaflet() -> None:
    named = {path.name for path in SCRIPTS if re.search(r"\bL\.[A-Za-z]", path.read_text("utf-8"))}
    assert named == {"leaflet.js"}


def test_modules_have_names_that_say_something() -> None:
    assert [str(path) for path in MODULES if path.stem in VAGUE_NAMES] == []


@pytest.mark.slow
def test_modules_have_docstrings() -> None:
    silent = [str(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    silent += [str(path) for path in SCRIPTS if not path.read_text("utf-8").startswith("// ")]
    assert silent == []


@pytest.mark.slow
@pytest.mark.parametrize("what", FORBIDDEN_TEXTS)
def test_tracked_files_hold_no(what: str) -> None:
    wrong = []
    for path in tracked_files():
        text = path.read_text("utf-8", errors="replace")
        wrong += [
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
            for hit in FORBIDDEN_TEXTS[what].finditer(text)
        ]
    assert wrong == []


@pytest.mark.slow
def test_words_are_plain() -> None:
    """Words that readers misunderstood; use "next to", "is", "means", "says", "act"."""
    figurative = re.compile(r"(?<![.\w])(deeds?|tells?|told|lies|stands|beside|whoever|slips|girth)\b", re.IGNORECASE)
    kinds = {".py", ".js", ".css", ".html", ".md"}
    used = [
        f"{path.relative_to(ROOT)}:{number}: {hit.group()}"
        for path in tracked_files()
        if path.suffix in kinds and path.relative_to(ROOT).parts[0] in ("src", "docs", "README.md", "CONTRIBUTING.md")
        if not {"bundle", "leaflet"} & set(path.parts)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for hit in figurative.finditer(line)
    ]
    assert used == []


def test_no_workflow_only_forwards() -> None:
    """A workflow function does more than call another function; callers should call that one themselves."""
    forwards = [
        f"{path.stem}.{node.name}"
        for path in sorted((PACKAGE / "workflows").glob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and _only_forwards(node)
    ]
    assert forwards == []


@pytest.mark.slow
def test_no_function_has_only_the_arguments_of_another_one() -> None:
    """No second name for an existing function: callers use that one, with a cache around it if necessary."""
    forwards = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (call := _only_call(node)) and isinstance(call.func, ast.Name)
        if _names_of_arguments(call) == {parameter.arg for parameter in _parameters(node)} != set()
    ]
    assert forwards == []


def _names_of_arguments(call: ast.Call) -> set[str]:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return {value.id if isinstance(value, ast.Name) else ast.unparse(value) for value in given}


def _parameters(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _only_forwards(function: ast.FunctionDef) -> bool:
    """Return whether a function only passes its own parameters to one call, unchanged."""
    call = _only_call(function)
    if call is None:
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return len(given) > 1 and all(isinstance(value, ast.Name) for value in given)


def _only_call(function: ast.FunctionDef) -> ast.Call | None:
    """Return the only call in a function; None if it does more, or something else."""
    body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    if len(body) == 1 and isinstance(body[0], ast.Return | ast.Expr) and isinstance(body[0].value, ast.Call):
        return body[0].value
    return None


@pytest.mark.slow
def test_callbacks_look_the_account_up_when_they_run() -> None:
    """A page may stay open for hours; the arguments of its buttons are those of its last run."""
    given = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in (PACKAGE / "ui").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg in ("args", "kwargs")
        for value in ast.iter_child_nodes(keyword.value)
        if isinstance(value, ast.Name) and value.id == "account"
    ]
    assert given == []


def test_permissions_are_checked_in_workflows_alone() -> None:
    checks = re.compile(r"\b(require|require_place|has_permission)\b")
    assert [path.name for path in sorted((PACKAGE / "store").glob("*.py")) if checks.search(_imported(path))] == []


def _imported(path: Path) -> str:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return " ".join(alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names)


def test_lists_to_choose_from_offer_only_values_that_contain_what_is_typed() -> None:
    # Streamlit's default matches letters in any place: Enter after "Irish" chose "Thairath English".
    fuzzy = [
        f"{path.name}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("selectbox", "multiselect")
        and "filter_mode" not in {keyword.arg for keyword in node.keywords}
    ]
    assert fuzzy == []
