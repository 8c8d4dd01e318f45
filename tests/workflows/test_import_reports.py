"""Reports of dry runs: for their owner alone, for an hour, and not without limit."""

from __future__ import annotations

import time

import pytest

from rallymap.workflows import import_reports
from rallymap.workflows.import_reports import ImportReports


def test_report_is_given_to_its_owner_alone() -> None:
    reports = ImportReports()

    key = reports.keep("ada", "register-report.csv", b"row")

    found = reports.get(key, "ada")
    assert found is not None
    assert (found.name, found.content) == ("register-report.csv", b"row")
    assert reports.get(key, "mira") is None
    assert reports.get("other", "ada") is None


def test_report_is_forgotten_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = ImportReports()
    key = reports.keep("ada", "a.csv", b"row")
    later = time.monotonic() + import_reports.SECONDS + 1
    monkeypatch.setattr("rallymap.workflows.import_reports.time.monotonic", lambda: later)

    assert reports.get(key, "ada") is None


def test_only_the_latest_reports_are_kept() -> None:
    reports = ImportReports()

    keys = [reports.keep("ada", "a.csv", b"row") for _ in range(import_reports.MAX_REPORTS + 1)]

    assert reports.get(keys[0], "ada") is None
    assert reports.get(keys[-1], "ada") is not None
    assert reports.keep("ada", "large.csv", bytes(import_reports.MAX_BYTES)) == ""
