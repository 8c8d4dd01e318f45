"""Backups: their content, their consistency at one moment, and verification."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import tarfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from rallymap.errors import BackupError, RallymapError, SchemaVersionError, StoreUnavailableError
from rallymap.events import Event
from rallymap.settings import Settings
from rallymap.store.copies import SQLITE_NAME, copy_name, read_copy
from rallymap.store.faults import DAMAGED
from rallymap.upkeep.backup import list_backups, make_backup
from rallymap.upkeep.verify import verify_backup
from rallymap.workflows.services import open_database
from rallymap.workflows.submissions import send_events
from tests.upkeep.conftest import NOW, OVERRIDE, PASSPHRASE

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]


def unpacked(path: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a backup by name, and write them to a folder."""
    files = {}
    with tarfile.open(path) as tar:
        for member in tar:
            content = tar.extractfile(member)
            assert content is not None, f"{member.name} is no file"
            files[member.name] = content.read()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return files


def test_backup_holds_database_overrides_and_settings_without_secrets(site: Settings, tmp_path: Path) -> None:
    made = make_backup(site, site.backup_dir, now=NOW)
    files = unpacked(made.path, tmp_path / "x")
    manifest = json.loads(files["manifest.json"])

    assert made.path == site.home / "backups" / "rallymap-20261126T030000Z.tar.gz"
    assert set(files) == {"manifest.json", copy_name(site.database_url), "place-overrides.csv", "rallymap.toml"}
    assert files["place-overrides.csv"].decode() == OVERRIDE
    settings = files["rallymap.toml"].decode()
    assert [line for line in settings.splitlines() if line and not line.startswith("#")] == [
        'site_name = "Rallies"',
        'two_moderators = "1"',
    ]
    assert PASSPHRASE not in settings
    assert (manifest["site"], manifest["made_at"]) == ("Rallies", "2026-11-26T03:00:00+00:00")
    assert "backup_passphrase" in manifest["settings_left_out"]
    assert {name: manifest["counts"][name] for name in ("events", "revisions", "pictures", "audit")} == {
        "events": 2,
        "revisions": 2,
        "pictures": 1,
        "audit": 2,
    }


def test_backup_is_for_its_owner_alone(site: Settings) -> None:
    made = make_backup(site, site.backup_dir, now=NOW)

    assert made.path.stat().st_mode & 0o777 == 0o600
    assert site.backup_dir.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in site.home.iterdir() if path.name.startswith((".backup", ".verify"))] == []


def test_backup_is_verified(site: Settings) -> None:
    found = verify_backup(make_backup(site, site.backup_dir, now=NOW).path, site)

    assert (found.damaged_events, found.contains_key, found.fits_key) == (0, False, True)
    assert found.is_tried == (copy_name(site.database_url) == SQLITE_NAME)


def test_archive_of_postgresql_is_tried_in_an_empty_database(
    new_settings: Callable[..., Settings], new_postgres: Callable[[], str], make_event: Make
) -> None:
    settings = new_settings("site", "postgresql")
    with closing(open_database(settings)) as db:
        send_events(db, [make_event(title="Tab\tand\nline \\.")], idempotency_key="form-1")
    made, scratch = make_backup(settings, settings.backup_dir, now=NOW), new_postgres()

    assert verify_backup(made.path, settings, scratch_url=scratch).is_tried
    with pytest.raises(BackupError) as caught:
        verify_backup(made.path, settings, scratch_url=scratch)
    assert caught.value.user_message == "The database for trying the backup is not empty; name an empty one."


def test_encrypted_backup_shows_nothing_and_holds_the_key_on_request(
    new_settings: Callable[..., Settings], make_event: Make
) -> None:
    settings = new_settings("site")
    with closing(open_database(settings)) as db:
        send_events(db, [make_event()], idempotency_key="form-1", contact="nora@example.org")
    made = make_backup(settings, settings.backup_dir, now=NOW, passphrase=PASSPHRASE, with_key=True)

    assert made.path.name == "rallymap-20261126T030000Z.tar.gz.enc"
    assert made.contains_key
    data = made.path.read_bytes()
    assert [word for word in (b"nora@example.org", b"SQLite format", b"\x1f\x8b\x08") if word in data[:200]] == []
    found = verify_backup(made.path, settings, passphrase=PASSPHRASE)
    assert (found.contains_key, found.manifest.counts["events"]) == (True, 1)
    with pytest.raises(BackupError) as caught:
        verify_backup(made.path, settings)
    assert caught.value.user_message == "This backup is encrypted; its passphrase is needed."


def test_key_is_never_in_an_open_backup(new_settings: Callable[..., Settings], make_event: Make) -> None:
    settings = new_settings("site")
    open_database(settings).close()
    with pytest.raises(BackupError) as caught:
        make_backup(settings, settings.backup_dir, now=NOW, with_key=True)
    assert caught.value.user_message == "A backup with the secret key in it must be encrypted; use --encrypt."
    key = settings.key_file.read_text().split("\n")[2].encode()
    made = make_backup(settings, settings.backup_dir, now=NOW)
    assert key not in gzip.decompress(made.path.read_bytes())


def test_own_tables_are_in_the_backup(new_settings: Callable[..., Settings], nine_events: Path, tmp_path: Path) -> None:
    settings = new_settings("site", RALLYMAP_DATA=str(nine_events))
    open_database(settings).close()
    made = make_backup(settings, settings.backup_dir, now=NOW)

    files = unpacked(made.path, tmp_path / "x")
    assert files["data/events.csv"] == (nine_events / "events.csv").read_bytes()
    assert set(made.manifest.files) == {SQLITE_NAME, "rallymap.toml", "data/events.csv", "data/context.csv"}


def test_backup_under_32_writers_shows_one_moment(
    backend: str, new_settings: Callable[..., Settings], make_event: Make, tmp_path: Path
) -> None:
    """Each form writes an event, a revision, a submission and an audit entry, in one transaction."""
    settings = new_settings("site", backend)
    acknowledged: set[str] = set()
    stop = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            event_id = f"rally-{writer}-{number}"
            with suppress(StoreUnavailableError):  # a busy machine: retry, as a form would
                send_events(db, [make_event(event_id)], idempotency_key=f"form-{event_id}")
                acknowledged.add(event_id)
                number += 1

    with closing(open_database(settings)) as db, ThreadPoolExecutor(32) as pool:
        writers = [pool.submit(write, writer) for writer in range(32)]
        try:
            for number in range(3):
                while len(acknowledged) < 20 * (number + 1):
                    stop.wait(0.01)
                before = set(acknowledged)
                made = make_backup(settings, settings.backup_dir, now=NOW + timedelta(hours=number))
                counts = made.manifest.counts
                tables = ("events", "revisions", "submissions", "audit")
                assert len({counts[table] for table in tables}) == 1
                assert len(before) <= counts["events"] <= len(acknowledged) + 32
                verify_backup(made.path, settings)
        finally:
            stop.set()
        for writer in writers:
            writer.result()
    files = unpacked(made.path, tmp_path / "x")
    if backend == "sqlite":
        data = files[SQLITE_NAME]
        assert [event_id for event_id in before if event_id.encode() not in data] == []


def test_only_the_configured_number_of_backups_is_kept(site: Settings) -> None:
    made = [make_backup(site, site.backup_dir, now=NOW + timedelta(days=day), keep=2) for day in range(4)]
    (site.backup_dir / "rallymap-before-upgrade-0009-20200101T000000Z.tar.gz").touch()
    (site.backup_dir / "notes.txt").touch()

    last = make_backup(site, site.backup_dir, now=NOW + timedelta(days=9), keep=2)
    assert last.deleted == ("rallymap-20261128T030000Z.tar.gz",)
    assert list_backups(site.backup_dir) == [
        (NOW + timedelta(days=3), made[3].path),
        (NOW + timedelta(days=9), last.path),
    ]
    assert sorted(path.name for path in site.backup_dir.iterdir() if path.stat().st_size == 0) == [
        "notes.txt",
        "rallymap-before-upgrade-0009-20200101T000000Z.tar.gz",
    ]


def test_file_that_is_there_is_never_overwritten(site: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("letters")
    with pytest.raises(BackupError) as caught:
        make_backup(site, tmp_path / "mine", now=NOW)
    assert caught.value.user_message == "mine is there already; choose another name."
    assert (tmp_path / "mine").read_text() == "letters"


def test_nothing_to_back_up(new_settings: Callable[..., Settings]) -> None:
    settings = new_settings("none")
    with pytest.raises(BackupError, match="does not exist"):
        make_backup(settings, settings.backup_dir, now=NOW)
    settings.home.mkdir()
    with pytest.raises(StoreUnavailableError, match="There is no database yet"):
        make_backup(settings, settings.backup_dir, now=NOW)
    assert list(settings.backup_dir.iterdir()) == []


def test_damaged_database_makes_no_backup(new_settings: Callable[..., Settings], make_event: Make) -> None:
    settings = new_settings("site")
    with closing(open_database(settings)) as db:
        for number in range(40):
            send_events(db, [make_event(f"rally-{number}")], idempotency_key=f"form-{number}")
        db.checkpoint_wal()
    path = settings.home / "rallymap.db"
    data = bytearray(path.read_bytes())
    for page in range(4, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(data)

    with pytest.raises(StoreUnavailableError) as caught:
        make_backup(settings, settings.backup_dir, now=NOW)
    assert caught.value.user_message == DAMAGED
    assert list_backups(settings.backup_dir) == []


def change_file(path: Path, name: str, content: bytes | None) -> None:
    """Rewrite a backup with one file changed, removed, or added."""
    folder = path.with_name("changed")
    files = unpacked(path, folder)
    shutil.rmtree(folder)
    order = [*files, name] if name not in files else list(files)
    order.sort(key=lambda entry: entry != "manifest.json")
    with tarfile.open(path, "w:gz") as tar:
        for entry in order:
            data = content if entry == name else files[entry]
            if data is not None:
                folder.mkdir(exist_ok=True)
                (folder / "file").write_bytes(data)
                tar.add(folder / "file", entry)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("place-overrides.csv", b"text,country\n"),
        ("place-overrides.csv", OVERRIDE.replace("text", "next").encode()),
        ("place-overrides.csv", None),
        ("rallymap.toml", None),
        ("manifest.json", b"{}"),
        ("manifest.json", b"[" * 200_000),
        (
            "manifest.json",
            (
                b'{"rallymap_backup": 1, "made_at": "2026-01-01", "version": "1", "site": "x", "schema": "1", '
                b'"settings_left_out": [], "files": {}, "counts": {"events": Infinity}}'
            ),
        ),
        ("manifest.json", None),
        ("../escaped.csv", b"x"),
        ("rallymap.key", b"5a"),
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_changed_backup_is_refused(site: Settings, name: str, content: bytes | None) -> None:
    path = make_backup(site, site.backup_dir, now=NOW).path
    change_file(path, name, content)

    with pytest.raises(BackupError, match="damaged"):
        verify_backup(path, site)
    assert not list(site.home.parent.rglob("escaped.csv"))


@pytest.mark.parametrize("backend", ["sqlite"])
def test_copy_that_is_larger_than_files_may_be_is_said_with_its_folder(site: Settings) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StoreUnavailableError) as caught:
            make_backup(site, site.backup_dir, now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.user_message.startswith(f"The copy cannot be written into {site.home}: disk I/O error. Check")
    assert list(site.backup_dir.glob("*")) == []
    assert list(site.home.glob(".backup-*")) == []


def test_database_that_differs_from_the_manifest_is_refused(site: Settings, tmp_path: Path) -> None:
    path = make_backup(site, site.backup_dir, now=NOW).path
    manifest = json.loads(unpacked(path, tmp_path / "x")["manifest.json"])
    manifest["counts"]["events"] = 3
    change_file(path, "manifest.json", json.dumps(manifest).encode())

    with pytest.raises(BackupError) as caught:
        verify_backup(path, site)
    assert caught.value.user_message == "The database in the backup does not hold what the manifest says."


def test_backup_of_a_newer_version_is_refused(site: Settings, tmp_path: Path) -> None:
    path = make_backup(site, site.backup_dir, now=NOW).path
    manifest = json.loads(unpacked(path, tmp_path / "x")["manifest.json"])
    change_file(path, "manifest.json", json.dumps({**manifest, "schema": "9999"}).encode())

    with pytest.raises(SchemaVersionError, match="made by a newer rallymap"):
        verify_backup(path, site)


@pytest.mark.parametrize("length", [0, 10, 2000])
@pytest.mark.parametrize("backend", ["sqlite"])
def test_backup_that_was_cut_off_is_refused(site: Settings, length: int) -> None:
    path = make_backup(site, site.backup_dir, now=NOW).path
    path.write_bytes(path.read_bytes()[:length])

    with pytest.raises(RallymapError, match="damaged"):
        verify_backup(path, site)


def test_every_flipped_byte_is_noticed(new_settings: Callable[..., Settings], make_event: Make) -> None:
    settings = new_settings("site")
    open_database(settings).close()
    path = make_backup(settings, settings.backup_dir, now=NOW).path
    whole = path.read_bytes()
    unnoticed = []
    # Many in the manifest, which comes first and has no hash, then some in the rest and in the checksum.
    for at in [*range(10, 600, 7), *range(600, len(whole), len(whole) // 12), len(whole) - 8, len(whole) - 1]:
        flipped = whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]
        path.write_bytes(flipped)
        try:
            verify_backup(path, settings)
        except RallymapError:
            continue
        # A padding bit in the last byte, or another distance in a run of zeros, does not change the content.
        if gzip.decompress(flipped) != gzip.decompress(whole):
            unnoticed.append(at)
    assert unnoticed == []


def test_copy_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / SQLITE_NAME).write_bytes(b"letters" * 1000)
    with pytest.raises(StoreUnavailableError):
        read_copy(tmp_path / SQLITE_NAME)
