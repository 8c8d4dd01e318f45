"""The campaign's strict parsers detect injected payloads; ``make campaign`` runs the campaign itself."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from benchmarks.campaign.__main__ import run_part
from benchmarks.campaign.fuzz import make_request
from benchmarks.campaign.killing import Killing
from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_readers import faults_of, header_faults, terminal_faults
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import mail_faults
from benchmarks.campaign.rights import ACTS
from rallymap.moderation import Permission


@pytest.mark.parametrize(
    ("path", "body", "fault"),
    [
        ("/events", "<p>a <rmx src=x></p>", "an element of a payload"),
        ("/events", '<b title="" onfocus=rmx>', "a handler of a payload: onfocus"),
        ("/events", '<a href=" javascript:rmx">', "an address of a payload: href= javascript:rmx"),
        ("/events", "<base href=//rmx.example>", "an address of a payload: href=//rmx.example"),
        ("/events", "<meta http-equiv=refresh content=0;url=//rmx>", "an element meta of a payload"),
        ("/export/events.csv", "id,title\n1,\"=cmd|'/c rmx'!A1\"\n", "formula \"=cmd|'/c rmx'!A1\""),
        ("/feeds/events.atom", "<feed><title><rmx/></title></feed>", "an element of a payload"),
        ("/feeds/events.ics", "SUMMARY:rmx\r\nATTENDEE:x\r\n", "ATTENDEE:x"),
    ],
)
def test_payload_that_is_more_than_text_is_noticed(path: str, body: str, fault: str) -> None:
    assert fault in list(faults_of(path, body.encode()))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (
            "/events",
            "<p title='&lt;rmx onload=1>'>&lt;rmx&gt; javascript:rmx</p><meta property=og:title content='rmx'>",
        ),
        ("/export/events.csv", "id,title\n1,'=rmx\n2,-5\n"),
        ("/feeds/events.ics", "SUMMARY:rmx\\nATT\r\n ENDEE:x\r\n"),
    ],
)
def test_payload_as_text_is_not_a_fault(path: str, body: str) -> None:
    assert list(faults_of(path, body.encode())) == []


@pytest.mark.slow
def test_header_or_character_of_a_payload_is_noticed() -> None:
    plain = [("content-disposition", "attachment; filename*=UTF-8''%3Crmx%3E.csv")]
    assert list(header_faults(plain)) == []
    begun = [("set-cookie", "rmx=1"), ("rmx", "1"), ("content-disposition", 'attachment; filename="\\rmx"')]
    assert len(list(header_faults(begun))) == 3
    assert list(terminal_faults("a\tb\nسلام \u200f")) == []
    assert len(list(terminal_faults("\x1b[2J\n\u202egnp.exe"))) == 2


def test_mails_of_an_event_that_says_a_payload_are_plain_mails() -> None:
    assert [fault for payload in PAYLOADS[:50] for fault in mail_faults(payload)] == []


def test_runs_that_end_before_their_kill_are_counted_apart_and_change_the_next_moments() -> None:
    killing = Killing(2, random.Random(1), 60.0)
    sleeps, ends = ((sys.executable, "-c", f"import time; time.sleep({s})") for s in (60, 0))
    assert not killing.kill(ends, os.environ)
    assert killing.whole_s < 30
    killing.whole_s = 0.01
    assert killing.kill(sleeps, os.environ)
    steps = (
        sys.executable,
        "-c",
        "import sys, time\nfor s in 'ab': print(s, file=sys.stderr, flush=True)\ntime.sleep(60)",
    )
    assert killing.kill_in_step(1, [0.0, 0.0], steps, os.environ)
    assert (killing.killed, killing.finished, killing.goes_on) == (2, 1, False)
    outcome = Outcome("tried")
    killing.count(outcome)
    assert (outcome.kills, outcome.faults, outcome.notes) == (2, [], ["1 further runs ended before their kill"])


def test_every_permission_has_an_act_on_the_wire() -> None:
    assert ACTS.keys() == set(Permission)
    assert [permission for permission, act in ACTS.items() if bool(act.sight) == bool(act.pressed)] == []


def test_payloads_differ_and_a_row_counts_faults() -> None:
    assert len(set(PAYLOADS)) == 1030
    outcome = Outcome("tried")
    outcome.check(True, "not said")
    outcome.check(False, "said")
    assert (outcome.faults, outcome.row("part", 7.4)) == (["said"], "| part: tried | 1 |  | 7 |")


def test_requests_are_the_same_for_a_seed_and_can_be_sent() -> None:
    made = [make_request(random.Random(7), ["/", "/events/{event_id}"]) for _ in range(2)]
    assert made[0] == made[1]
    paths = [make_request(random.Random(seed), ["/events/{event_id}"])[1] for seed in range(300)]
    assert all(path.startswith("/") and path.isascii() and " " not in path for path in paths)


def test_part_that_breaks_off_is_a_fault_and_leaves_no_folder() -> None:
    seen: list[Path] = []

    def breaks(folder: Path) -> Outcome:
        seen.append(folder)
        raise OSError("no port is free")

    outcome = run_part("part", breaks)
    assert (outcome.did, outcome.faults) == ("part broke off", ["it broke off: OSError('no port is free')"])
    assert not seen[0].exists()
