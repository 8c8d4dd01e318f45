"""A disk that cannot be read: commands say so and what to do, and call no file damaged."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.campaign.preload import NO_COMPILER, build_library, failing
from rallymap.events import Event
from rallymap.settings import Settings
from rallymap.store.database_file import ALMOST_FULL
from rallymap.store.faults import DAMAGED, DISK_FAILS
from rallymap.upkeep.backup import make_backup
from tests.upkeep.conftest import NOW, fill

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NewSettings = Callable[..., Settings]
OF_DATABASE = (
    "The database cannot be read or copied: disk I/O error. Check the disk, and keep all older backups until it is "
    "replaced."
)
SEARCH = """
import sys
from pathlib import Path
from rallymap.errors import RallymapError
from rallymap.store import Database
db = Database.open(sys.argv[1])
Path(sys.argv[2]).touch()
try:
    with db.reading() as tx:
        tx.conn.exec_driver_sql("SELECT count(*) FROM search WHERE search MATCH 'vigil'").all()
except RallymapError as err:
    print(err.user_message)
"""

FULL = """
import shutil
shutil.disk_usage = lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0)
from click.testing import CliRunner
from rallymap.cli import main
for command in ("check", "backup"):
    print(CliRunner().invoke(main, [command]).stderr.splitlines()[-1])
"""


def of_file(path: object) -> str:
    return (
        f"the disk failed to read or write {path} (Input/output error), so the content can be undamaged; look at the "
        "system's log (dmesg), copy what you need to another disk, and replace this disk."
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build_library("failing_disk", tmp_path_factory.mktemp("failing"))
    if built is None:
        pytest.skip(NO_COMPILER)
    return built


@pytest.fixture
def site(new_settings: NewSettings, make_event: Callable[..., Event]) -> Settings:
    made = new_settings("site")
    fill(made, make_event)
    make_backup(made, made.home / "old.tar.gz", now=NOW)
    (made.home / "place-overrides.csv").write_text("place,country\n", "utf-8")
    (made.home / "table.csv").write_text("title,date\nVigil,2020-02-02\n", "utf-8")
    return made


def run(site: Settings, *words: str, given: dict[str, str]) -> str:
    """Run a command and return what it says; a traceback is a failure."""
    words = tuple(word.replace("HOME", str(site.home)) for word in words)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RALLYMAP_")}
    ended = subprocess.run(
        [sys.executable, "-m", "rallymap.cli", *words],
        env=environment | {"RALLYMAP_HOME": str(site.home)} | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ended.stderr
    return ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("part", "words", "said"),
    [
        ("rallymap.db", ["check"], DISK_FAILS),
        ("rallymap.db", ["backup"], OF_DATABASE),
        ("rallymap.db", ["check", "--deploy"], "Stop the site, and restore a backup on another disk: "),
        ("rallymap.key", ["check"], f"The key file rallymap.key cannot be read: {of_file('rallymap.key')}"),
        ("rallymap.toml", ["check"], "rallymap.toml cannot be read: Input/output error. Check the disk"),
        ("overrides.csv", ["check"], f"the file cannot be read: {of_file('place-overrides.csv')}"),
        ("old.tar.gz", ["verify", "HOME/old.tar.gz"], f"The backup cannot be read: {of_file('HOME/old.tar.gz')}"),
        (".verify-", ["verify", "HOME/old.tar.gz"], f"The backup cannot be read: {of_file('HOME')}"),
        ("table.csv", ["import", "HOME/table.csv"], f"The file table.csv cannot be read: {of_file('table.csv')}"),
        ("gazetteer.bin", ["geocode", "Oslo"], of_file("gazetteer.bin")),
    ],
)
def test_file_that_the_disk_cannot_read_is_not_called_damaged(
    site: Settings, library: Path, part: str, words: list[str], said: str
) -> None:
    (site.home / "rallymap.toml").write_text('site_name = "Rallies"\n', "utf-8")
    answer = run(site, *words, given=failing(library, part, kinds="read"))
    assert said.replace("HOME", str(site.home)) in answer
    assert "damaged" not in answer.replace("undamaged", "")


def test_search_index_that_the_disk_cannot_read_is_not_called_damaged(site: Settings, library: Path) -> None:
    flag = site.home / "flag"
    ended = subprocess.run(
        [sys.executable, "-c", SEARCH, site.database_url, str(flag)],
        env=dict(os.environ) | failing(library, "rallymap.db", kinds="read", flag=flag),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert ended.stdout.strip() == DISK_FAILS


def test_full_disk_is_not_called_failing_where_sqlite_has_no_room_for_its_index(site: Settings, library: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FULL],
        env=dict(os.environ) | {"RALLYMAP_HOME": str(site.home)} | failing(library, "rallymap.db", kinds="read"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert ended.stdout.splitlines() == [f"Error: {ALMOST_FULL}"] * 2


def test_damaged_database_is_still_called_damaged(site: Settings) -> None:
    path = site.home / "rallymap.db"
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 8192):
        content[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    path.with_name("rallymap.db-wal").unlink(missing_ok=True)
    assert DAMAGED in run(site, "check", given={})
