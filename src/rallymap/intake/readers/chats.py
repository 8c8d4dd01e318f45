"""Exports of chats, which are not read: the day of a message is not that of an event, and its author is a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rallymap.intake.limits import refuse
from rallymap.language import phrase

_LINE = re.compile(
    r"\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?\]?\s?(?:[-–]\s)?"
    r"[^:,;|\t]{1,60}:\s",
    re.IGNORECASE,
)
_LINES = 200
_MOST = 0.5
_TEXTS = frozenset({"text", "content", "body", "message"})
_PEOPLE = frozenset({"from", "from_id", "author", "user", "sender", "sender_name", "actor", "actor_id"})
_MOMENTS = frozenset({"date_unixtime", "ts", "timestamp", "timestamp_ms"})


def refuse_chat_lines(text: str) -> None:
    """Refuse a text most of whose lines are messages: "[01.10.22, 14:02] Anna: Vigil tomorrow".

    Raises
    ------
    IntakeError
        If it is one.
    """
    lines = [line for line in text[: 64 * 1024].splitlines()[:_LINES] if line.strip()]
    if len(lines) > 1 and sum(_LINE.match(line) is not None for line in lines) >= _MOST * len(lines):
        _refuse()


def refuse_chat_records(records: Sequence[Any]) -> None:
    """Refuse a list of messages with their authors and moments.

    Raises
    ------
    IntakeError
        If it is one.
    """
    some = [record for record in records[:_LINES] if isinstance(record, Mapping)]
    if some and sum(_is_message(record) for record in some) > _MOST * len(some):
        _refuse()


def _is_message(record: Mapping[Any, Any]) -> bool:
    keys = {str(key).casefold() for key in record}
    if str(record.get("type")).casefold() == "message" and keys & _TEXTS and keys & _PEOPLE:
        return True
    return all(not names.isdisjoint(keys) for names in (_TEXTS, _PEOPLE, _MOMENTS))


def _refuse() -> None:
    refuse(phrase("This is an export of a chat, whose messages are not read; write its events into a table."))
