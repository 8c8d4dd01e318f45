"""Downloadable reports of dry runs: kept in memory for an hour, for the account that made them."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

SECONDS = 3600
MAX_REPORTS = 50
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One report.

    Attributes
    ----------
    owner
        Name of the account that may download it.
    name
        File name of the download.
    content
        CSV in UTF-8.
    until
        When it expires, in seconds of the monotonic clock.
    """

    owner: str
    name: str
    content: bytes
    until: float


class ImportReports:
    """The reports of this process, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, ImportReport] = OrderedDict()

    def keep(self, owner: str, name: str, content: bytes) -> str:
        """Store a report and return its key; "" if it is too large."""
        if len(content) > MAX_BYTES // 4:
            return ""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._forget_old()
            self._kept[key] = ImportReport(owner, name, content, time.monotonic() + SECONDS)
            while len(self._kept) > MAX_REPORTS or sum(len(one.content) for one in self._kept.values()) > MAX_BYTES:
                self._kept.popitem(last=False)
        return key

    def get(self, key: str, owner: str) -> ImportReport | None:
        """Return a report to its owner; None for anybody else and after it expires."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(key)
        return found if found is not None and found.owner == owner else None

    def _forget_old(self) -> None:
        now = time.monotonic()
        for key in [key for key, one in self._kept.items() if one.until < now]:
            del self._kept[key]
