"""One line for each thing that happens, with time and level, and nothing that a visitor typed."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest
import streamlit.error_util
import streamlit.logger

from rallymap.web.logs import QUIET_S, SIMILAR_AT_MOST, LineFormatter, RepeatFilter, set_up_logs
from rallymap.web.streamlit_options import apply_streamlit_options

TYPED = "call me at +47 22 00 00 00"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, streamlit.logger.setup_formatter)
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    root.handlers[:], root.level, streamlit.logger.setup_formatter = before
    streamlit.logger.update_formatter()
    logging.captureWarnings(False)


def test_line_has_time_level_and_name(log: io.StringIO) -> None:
    logging.getLogger("rallymap.store").warning("The disk is %s.", "full")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING rallymap\.store: The disk is full\.\n", log.getvalue()
    )


@pytest.mark.parametrize("name", ["streamlit.web.server", "uvicorn.error", "asyncio", "some.library.made.later"])
def test_libraries_write_in_the_same_form(log: io.StringIO, name: str) -> None:
    library = streamlit.logger.get_logger(name)
    library.error("It failed")
    library.info("Too much to say")
    assert re.fullmatch(rf"\S+Z ERROR {re.escape(name)}: It failed\n", log.getvalue())


def test_line_break_in_a_text_makes_no_second_line(log: io.StringIO) -> None:
    logging.getLogger("rallymap").warning("A title: %s", "x\n2026-01-01T00:00:00Z ERROR rallymap: all is lost\x1b[31m")
    assert log.getvalue().count("\n") == 1
    assert "\x1b" not in log.getvalue()


def test_same_line_is_written_once(log: io.StringIO) -> None:
    for _ in range(50):
        logging.getLogger("rallymap.store").error("The disk is full.")
    assert log.getvalue().count("The disk is full.") == 1


def test_exception_is_written_without_its_message(log: io.StringIO) -> None:
    try:
        try:
            int(TYPED)
        except ValueError as err:
            raise KeyError(TYPED) from err
    except KeyError:
        logging.getLogger("streamlit.error_util").exception("Uncaught app execution")
    assert TYPED not in log.getvalue()
    assert [line.split()[0] for line in log.getvalue().splitlines() if "left out" in line] == ["KeyError", "ValueError"]
    assert "test_exception_is_written_without_its_message" in log.getvalue()


def test_details_are_written_on_request() -> None:
    record = logging.makeLogRecord({"msg": "It failed", "exc_info": (ValueError, ValueError(TYPED), None)})
    assert TYPED in LineFormatter(details=True).format(record)
    record.exc_text = None
    assert TYPED not in LineFormatter(details=False).format(record)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def filtered(clock: Clock) -> tuple[RepeatFilter, list[str]]:
    return RepeatFilter(clock), []


@pytest.mark.slow
def test_flood_of_one_line_is_written_once_a_minute() -> None:
    clock = Clock()
    repeats, written = filtered(clock)
    for _ in range(2):
        for _ in range(100_000):
            record = logging.makeLogRecord({"name": "asyncio", "msg": "socket.accept() out of system resource"})
            if repeats.filter(record):
                written.append(record.getMessage())
        clock.now += QUIET_S
    assert written == [
        "socket.accept() out of system resource",
        "socket.accept() out of system resource (came 99999 times more since it was last written)",
    ]


def test_flood_of_lines_with_different_values_is_bounded() -> None:
    repeats, written = filtered(Clock())
    for number in range(10_000):
        record = logging.makeLogRecord({"name": "uvicorn.error", "msg": "Connection %s failed", "args": (number,)})
        if repeats.filter(record):
            written.append(record.getMessage())
    assert len(written) == SIMILAR_AT_MOST


def test_exceptions_from_different_places_are_different_lines() -> None:
    repeats, written = filtered(Clock())
    for error in (ValueError("a"), KeyError("a"), ValueError("a")):
        info = (type(error), error, None)
        record = logging.makeLogRecord({"name": "x", "msg": "Uncaught app execution", "exc_info": info})
        if repeats.filter(record):
            written.append(type(error).__name__)
    assert written == ["ValueError", "KeyError"]


def test_what_is_remembered_is_bounded() -> None:
    repeats, _ = filtered(Clock())
    for number in range(5000):
        repeats.filter(logging.makeLogRecord({"name": f"logger {number}", "msg": "x"}))
    assert len(repeats._lines._counts) <= 1000


def test_exception_of_a_page_is_logged_without_its_message(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    apply_streamlit_options()
    try:
        int(TYPED)
    except ValueError as err:
        streamlit.error_util._log_uncaught_app_exception(err)
    printed = capsys.readouterr()
    assert (printed.out, printed.err, TYPED in log.getvalue()) == ("", "", False)
    assert "ERROR streamlit.error_util: Uncaught app execution" in log.getvalue()


@pytest.mark.parametrize("is_raised", [True, False])
def test_failed_sign_in_through_a_provider_is_one_line(log: io.StringIO, is_raised: bool) -> None:
    logger = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
    try:
        raise ValueError(TYPED)
    except ValueError:
        logger.warning("OAuth token exchange failed for provider '%s'.", TYPED, exc_info=is_raised)
    [line] = log.getvalue().splitlines()
    kind = " [ValueError]" if is_raised else ""
    assert line.partition("Z ")[2] == f"WARNING {logger.name}: OAuth token exchange failed for provider '…'.{kind}"
