"""Decide about many events and send the mails through a randomly failing mail server, while the sender is killed.

Each event has an organiser with a mail subscription. A second process sends the mails about the decisions; it is killed
(``SIGKILL``) at random moments and restarted, until the outbox is empty. Its clock runs faster, so that the delays
between attempts pass. Then it counts how often the mail server accepted each mail.

    python -m benchmarks.mail --decisions 1000
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rallymap.moderation import Account, Decision, Role
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.accounts import add_account
from rallymap.store.events import get_event
from rallymap.store.outbox import read_outbox
from rallymap.workflows.decisions import decide
from rallymap.workflows.event_mail import subscribe_own_mail
from rallymap.workflows.mail_sending import send_due_mail
from rallymap.workflows.submissions import send_events
from tests.mail.smtp_double import SmtpDouble
from tests.workflows.moderated import event

SPEED = 2_000.0
"""Seconds of the fast clock per second."""
MIRA = Account("mira", Role.MODERATOR)


@dataclass
class Found:
    """The mails that the mail server accepted."""

    decisions: int
    once: int = 0
    lost: int = 0
    twice_answer_lost: int = 0
    """Accepted twice: the server accepted the mail but its answer was lost, which no sender can detect."""
    twice_killed: int = 0
    """Accepted twice: the sender was killed between the server's answer and the deletion."""
    given_up: int = 0
    kills: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)


def fast_clock() -> datetime:
    """Return a faster time, the same in all processes."""
    epoch = 1_780_000_000.0
    return datetime.fromtimestamp(epoch + (time.time() - epoch) % 1e7 * SPEED, UTC)


def settings_for(port: int) -> Settings:
    return Settings.from_env(
        {
            "RALLYMAP_ADDRESS": "https://rallies.example/",
            "RALLYMAP_MAIL_HOST": "127.0.0.1",
            "RALLYMAP_MAIL_PORT": str(port),
            "RALLYMAP_MAIL_SECURITY": "none",
            "RALLYMAP_MAIL_FROM": "rallies@rallies.example",
        }
    )


def work(url: str, key_file: str, port: int) -> None:
    """Send until the outbox is empty; this is the process that is killed."""
    db = Database.open(url, key_file=Path(key_file) if key_file else None, clock=fast_clock)
    while db.read(read_outbox).waiting:
        send_due_mail(db, settings_for(port))
        time.sleep(0.02)


def measure(url: str, key_file: Path | None, decisions: int, *, failing: float, kills: int, seed: int = 1) -> Found:
    """Decide, send and count.

    Parameters
    ----------
    url, key_file
        URL of an empty database, and its key file; None keeps the key in a PostgreSQL database.
    failing
        Share of the mail server's steps that fail.
    kills
        How often to kill the sender, while there are mails to send.
    """
    chance, found = random.Random(seed), Found(decisions)
    db = Database.open(url, key_file=key_file, clock=fast_clock)
    db.write(add_account, MIRA.name, "no hash", MIRA.role)
    for number in range(decisions):
        receipt = send_events(db, [event(f"told-{number}")], idempotency_key=f"form-of-the-benchmark-{number}")[0]
        subscribe_own_mail(
            db, [receipt.edit_token], f"organiser-{number}@example.org", with_words=False, only_decision=number % 2 == 0
        )
    server = SmtpDouble(failing=failing, seed=seed)
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.mail", "--work", url, str(key_file or ""), str(server.port)]
    worker: subprocess.Popen[bytes] | None = None
    # By accepted mails, not by the clock: a fast machine would finish before its sender is killed.
    between, decided = max(1, decisions // (2 * max(kills, 1))), 0
    kill_at = chance.randint(1, between)
    while decided < decisions or db.read(read_outbox).waiting:
        if worker is None or worker.poll() is not None:
            worker = subprocess.Popen(command)
        for number in range(decided, min(decided + 20, decisions)):
            revision = db.read(get_event, f"told-{number}").revision
            decide(
                db,
                f"told-{number}",
                chance.choice([Decision.PUBLISH, Decision.REJECT]),
                account=MIRA,
                expected_revision=revision,
                reason="A reason.",
                idempotency_key=f"decision-of-the-benchmark-{number}",
            )
            decided += 1
        if found.kills < kills and len(server.box.mails) >= kill_at:
            worker.kill()
            worker.wait()
            found.kills += 1
            kill_at = len(server.box.mails) + chance.randint(1, between)
        time.sleep(0.02)
    if worker is not None:
        worker.wait()
    found.seconds = time.perf_counter() - began
    found.given_up = db.read(read_outbox).given_up
    db.close()
    server.stop()
    times = Counter(str(mail["To"]) for mail in server.box.mails)
    ids = server.box.ids()
    found.once = sum(number == 1 for number in times.values())
    found.lost = decisions - len(times) - found.given_up
    twice = [name for name, number in ids.items() if number > 1]
    found.twice_answer_lost = sum(name in server.box.lost_answers for name in twice)
    found.twice_killed = len(twice) - found.twice_answer_lost
    found.faults = server.box.faults
    return found


def report(found: Found) -> str:
    """Return the counts as lines."""
    return "\n".join(
        (
            f"{found.decisions} decisions, sender killed {found.kills} times, {found.seconds:.0f} s",
            f"taken once {found.once}, lost {found.lost}, given up {found.given_up}",
            f"taken twice under one Message-ID, answer lost: {found.twice_answer_lost}",
            f"taken twice under one Message-ID, sender killed after the answer: {found.twice_killed}",
            "faults: " + ", ".join(f"{name} {number}" for name, number in sorted(found.faults.items())),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decisions", type=int, default=1_000)
    parser.add_argument("--failing", type=float, default=0.08, help="share of the mail server's steps that fail")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--url", help="of an empty PostgreSQL database; SQLite when left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(asked.work[0], asked.work[1], int(asked.work[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{folder}/rallymap.db"
        key = Path(folder) / "rallymap.key"
        print(report(measure(url, key, asked.decisions, failing=asked.failing, kills=asked.kills, seed=asked.seed)))


if __name__ == "__main__":
    main()
