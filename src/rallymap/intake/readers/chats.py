"""Reject chat exports: the day of a message is not that of an event, and its author is a private person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rallymap.intake.lexicon import fold
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
_BODIES = frozenset(
    {
        "text",
        "message",
        "content",
        "body",
        "message text",
        "post",
        "post text",
        "full text",
        "tweet",
        "текст",
        "nachricht",
    }
)
_POST_DATES = frozenset(
    {
        "date", "datetime", "timestamp", "message date", "post date", "posted at", "created at", "date posted",
        "time", "дата", "datum",
    }
)  # fmt: skip
_POST_FACTS = frozenset(
    {
        "message id", "msg id", "post id", "tweet id", "sender", "from id", "user id", "username", "author", "views",
        "forwards", "reactions", "replies", "reply to", "retweets", "likes", "channel", "channel name",
        "просмотры", "absender",
    }
)  # fmt: skip
_OF_EVENTS = frozenset(
    {
        "event date", "date of event", "city", "town", "place", "location", "venue", "country", "ort", "stadt", "lieu",
        "ville", "ciudad", "lugar", "город", "место", "місто", "місце", "lat", "latitude",
    }
)  # fmt: skip
_MOMENTS = frozenset({"date_unixtime", "ts", "timestamp", "timestamp_ms"})


def refuse_chat_lines(text: str) -> None:
    """Reject a text that consists mostly of chat messages: "[01.10.22, 14:02] Anna: Vigil tomorrow".

    Raises
    ------
    IntakeError
        If it is a chat export.
    """
    lines = [line for line in text[: 64 * 1024].splitlines()[:_LINES] if line.strip()]
    if len(lines) > 1 and sum(_LINE.match(line) is not None for line in lines) >= _MOST * len(lines):
        _refuse()


def refuse_chat_records(records: Sequence[Any]) -> None:
    """Reject a list of messages with authors and times.

    Raises
    ------
    IntakeError
        If it is a chat export.
    """
    some = [record for record in records[:_LINES] if isinstance(record, Mapping)]
    if some and sum(_is_message(record) for record in some) > _MOST * len(some):
        _refuse()


def refuse_chat_header(headings: Sequence[str]) -> None:
    """Reject a table of messages, with headings of posts and without a place or day of an event.

    Raises
    ------
    IntakeError
        If it is a chat export.
    """
    names = {fold(heading) for heading in headings}
    is_of_messages = not names.isdisjoint(_BODIES) and not names.isdisjoint(_POST_DATES)
    if is_of_messages and not names.isdisjoint(_POST_FACTS) and names.isdisjoint(_OF_EVENTS):
        _refuse()


def _is_message(record: Mapping[Any, Any]) -> bool:
    keys = {str(key).casefold() for key in record}
    if str(record.get("type")).casefold() == "message" and keys & _TEXTS and keys & _PEOPLE:
        return True
    return all(not names.isdisjoint(keys) for names in (_TEXTS, _PEOPLE, _MOMENTS))


def _refuse() -> None:
    refuse(phrase("This is an export of a chat, whose messages are not read; write its events into a table."))
