"""Who works in a home folder keeps others from replacing it; nobody keeps it locked after their end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rallymap.errors import StoreUnavailableError
from rallymap.store.home_lock import RESTORING_FILE, HomeLock, require_no_half_restore

HOLD = (
    "import sys, pathlib; from rallymap.store.home_lock import HomeLock; h = HomeLock.{how}(pathlib.Path(sys.argv[1]))"
)


@pytest.mark.slow
def test_many_work_side_by_side_and_a_restore_waits_for_all_of_them(tmp_path: Path) -> None:
    first, second = HomeLock.shared(tmp_path), HomeLock.shared(tmp_path)
    first.release()
    first.release()
    with pytest.raises(StoreUnavailableError, match="A rallymap is running"):
        HomeLock.alone(tmp_path)
    second.release()
    alone = HomeLock.alone(tmp_path)
    with pytest.raises(StoreUnavailableError, match="is being restored or upgraded"):
        HomeLock.shared(tmp_path)
    alone.release()
    HomeLock.shared(tmp_path).release()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["shared", "alone"])
def test_lock_of_a_process_that_was_killed_is_free(tmp_path: Path, how: str) -> None:
    code = HOLD.format(how=how) + "; print('held', flush=True); input()"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(StoreUnavailableError):
            HomeLock.alone(tmp_path)
        process.kill()
        process.wait()
    HomeLock.alone(tmp_path).release()


def test_folder_that_cannot_be_written_is_served_without_a_lock(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    HomeLock.shared(gone).release()
    with pytest.raises(StoreUnavailableError, match=r"The file .*gone/rallymap\.lock cannot be written: its folder"):
        HomeLock.alone(gone)


def test_half_restored_folder_is_not_opened(tmp_path: Path) -> None:
    require_no_half_restore(tmp_path)
    (tmp_path / RESTORING_FILE).touch()
    with pytest.raises(StoreUnavailableError, match="rallymap restore --resume"):
        require_no_half_restore(tmp_path)
