"""The store is made of many parts; none may hide what another one defines."""

from __future__ import annotations

from collections import Counter

from rallymap.store import EventStore


def test_parts_of_the_store_define_each_name_once() -> None:
    names = Counter(name for part in EventStore.__bases__ for name in vars(part) if not name.startswith("__"))
    assert [name for name, times in names.items() if times > 1] == []
