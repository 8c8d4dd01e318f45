"""Kill the running server while people submit and decide: ``python -m benchmarks.kills --kills 30``.

Each round starts ``rallymap serve`` on one database, lets organisers send forms (single events, and series with a
picture) and a moderator publish them, all over the server's WebSocket as browsers do, and kills the server (SIGKILL) at
a random moment. Then the database is compared with what people were shown, and every form without a shown receipt is
opened and sent again in the next round. Faults are:

- lost: a receipt or a decision that was shown but is not in the database;
- doubled: a form with too many events, or an event that was published twice;
- partial: a series with missing events or pictures;
- changed: a form that was sent again and shows another receipt.

Rounds are added to ``benchmarks/results/kills.json``, so that many kills can be run in parts; ``--fresh`` starts from
zero.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.map_site import free_port, wait_for
from benchmarks.page_client import PageClient
from rallymap.moderation import Account, Role
from rallymap.pictures import CleanPicture
from rallymap.store import Database, new_draft_token
from rallymap.store.accounts import add_account
from rallymap.store.drafts import form_key, save_draft, save_draft_picture
from rallymap.store.review_queue import list_queue
from rallymap.store.schema import audit, events, pictures, submissions
from rallymap.store.sessions import open_session
from rallymap.store.submissions import list_receipts
from rallymap.workflows.sessions import COOKIE

RESULTS = Path(__file__).parent / "results" / "kills.json"
ORGANISERS = 3
NEW_FORMS = 9
"""Forms started before each round; fewer than a network may send within an hour."""
SERIES = 4
MANY_FORMS = ", ".join(f"{name}=100000" for name in ("submission", "event", "draft", "change", "lookup"))
LATEST_KILL_S = 2.5
"""After the first acknowledgement of a round, on a quiet machine."""
PICTURE = CleanPicture(b"RIFF" + bytes(20_000), "image/webp", 40, 30)
MODERATOR = Account("mina", Role.MODERATOR)
FAULTS = ("lost", "doubled", "partial", "changed")
_CODE = re.compile(r"receipt (?:<bdi[^>]*>)?([A-Z0-9]{5}-[A-Z0-9]{5})")
_GONE = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, EOFError)


@dataclass
class Form:
    """A form: its expected events, and the receipt codes shown to its organiser."""

    token: str
    events: int
    told: tuple[str, ...] = ()


@dataclass
class World:
    """The actions in all rounds.

    Attributes
    ----------
    published
        The events whose publication was confirmed to a moderator.
    starts_s
        Seconds from each start of the server, which follows a kill, to its first answer.
    postgresql
        URL of an empty database; "" for SQLite in the home folder.
    """

    home: Path
    forms: list[Form] = field(default_factory=list)
    published: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    starts_s: list[float] = field(default_factory=list)
    first_told: threading.Event = field(default_factory=threading.Event)
    postgresql: str = ""

    @property
    def url(self) -> str:
        return self.postgresql or f"sqlite:///{self.home / 'rallymap.db'}"

    def opened(self) -> Database:
        """Open the database with the key that the server uses."""
        return Database.open(self.url, key_file=self.home / "rallymap.key")


def begin_forms(world: World, db: Database, many: int) -> None:
    """Save forms as drafts that are ready to be sent, every third one a series with a picture."""
    for _ in range(many):
        number, token = len(world.forms), new_draft_token()
        fields = {
            "title": f"Vigil {number}",
            "precision": "day",
            "start": "2024-05-03",
            "place_text": "Oslo",
            "form_step": "Send",
        }
        is_series = number % 3 == 0
        if is_series:
            last = f"2024-05-{3 + 7 * (SERIES - 1)}"
            fields |= {"repeat": "weekly", "repeat_until": last, "picture_description": "A banner"}
        revision = db.write(save_draft, token, fields, expected_revision=0)
        if is_series:
            db.write(save_draft_picture, token, PICTURE, expected_revision=revision)
        world.forms.append(Form(token, SERIES if is_series else 1))


def send_form(world: World, site: str, form: Form) -> None:
    """Open a form's URL, send it unless its receipt is already shown, and record what the organiser is shown."""
    with PageClient(site, "add", f"draft={form.token}") as page:
        page.run()
        if "submit_event" in page.keys:
            page.run("submit_event")
        codes = tuple(_CODE.findall(" ".join(page.texts)))
    if not codes:
        return
    if form.told and codes != form.told:
        world.counts["changed"] += 1
    form.told = codes
    world.counts["receipts"] += 1
    world.first_told.set()


def publish_all(world: World, site: str, cookie: str, ids: list[str]) -> None:
    """Open events on the review page and publish them, one after another."""
    for event_id in ids:
        with PageClient(site, "review", f"event={event_id}", cookie=cookie) as page:
            page.run()
            button = next((key for key in page.keys if key.startswith(f"decide_publish_{event_id}_")), "")
            if not button:
                continue
            page.run(button)
            if "is published" in " ".join(page.texts):
                world.published.add(event_id)
                world.counts["decisions"] += 1
                world.first_told.set()


@contextmanager
def running(world: World) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run the real server for the block; yield its URL and process."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("rallymap")), "serve", "--port", str(port)]
    environment = os.environ | {"RALLYMAP_HOME": str(world.home), "RALLYMAP_DATA": str(world.home / "data")}
    # PostgreSQL counts what a network does over all rounds, SQLite in memory for each.
    environment |= {"RALLYMAP_DATABASE_URL": world.url, "RALLYMAP_LIMITS": MANY_FORMS}
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        world.starts_s.append(time.monotonic() - began)
        yield f"http://localhost:{port}", process
    finally:
        process.kill()
        process.wait(timeout=30)


def kill_once(world: World, chance: random.Random) -> None:
    """Run one round: start, let people work, kill, and compare the database with what they were shown."""
    db = world.opened()
    begin_forms(world, db, NEW_FORMS)
    # Send again what was not confirmed, and look up one receipt again.
    unsure = [form for form in world.forms if not form.told]
    told = [form for form in world.forms if form.told]
    work = [*([chance.choice(told)] if told else []), *unsure]
    pending = [item.event.id for item in db.read(list_queue, limit=20)]
    cookie = f"{COOKIE}={db.write(open_session, MODERATOR, lasts=timedelta(hours=1))}"
    db.close()
    time.sleep(2.1)  # a form sent within two seconds counts as a bot's
    world.first_told.clear()
    with running(world) as (site, process), ThreadPoolExecutor(ORGANISERS + 1) as pool:
        shares = [work[number::ORGANISERS] for number in range(ORGANISERS)]
        jobs = [pool.submit(_send_share, world, site, share) for share in shares]
        jobs.append(pool.submit(_publish_share, world, site, cookie, pending))
        world.first_told.wait(timeout=30)
        # On a busy machine, where the start takes longer, decisions do too.
        time.sleep(chance.uniform(0.0, max(LATEST_KILL_S, world.starts_s[-1])))
        world.counts["in flight"] += sum(not job.done() for job in jobs)
        process.kill()
        for job in jobs:
            job.result()
    world.counts["kills"] += 1
    compare(world)


def compare(world: World) -> None:
    """Count differences between the database and what people were shown."""
    db = world.opened()
    with db.reading() as tx:
        review = {row.id: row.review for row in tx.conn.execute(sa.select(events.c.id, events.c.review))}
        with_file = Counter(tx.conn.scalars(sa.select(pictures.c.event_id)))
        actions = Counter(
            (row.event_id, row.action) for row in tx.conn.execute(sa.select(audit.c.event_id, audit.c.action))
        )
        sent = list(tx.conn.scalars(sa.select(submissions.c.event_id)))
    named = Counter[str]()
    for form in world.forms:
        receipts = db.read(list_receipts, form_key(db.secret, form.token))
        ids = [receipt.event_id for receipt in receipts]
        named.update(ids)
        # The events of one form share its receipt, which is shown once.
        if form.told and ({receipt.code for receipt in receipts} != set(form.told) or len(ids) != form.events):
            world.counts["lost"] += 1
        has_files = form.events == 1 or all(with_file[event_id] == 1 for event_id in ids)
        if ids and (len(ids) != form.events or not has_files):
            world.counts["partial"] += 1
    world.counts["lost"] += sum(review.get(event_id) != "published" for event_id in world.published)
    world.counts["doubled"] += len(set(sent) - set(named)) + sum(many > 1 for many in named.values())
    world.counts["doubled"] += sum(
        many > 1 for (_, action), many in actions.items() if action in ("submitted", "published")
    )
    db.close()


def _send_share(world: World, site: str, share: list[Form]) -> None:
    try:
        for form in share:
            send_form(world, site, form)
    except _GONE:
        world.counts["cut off"] += 1


def _publish_share(world: World, site: str, cookie: str, ids: list[str]) -> None:
    try:
        publish_all(world, site, cookie, ids)
    except _GONE:
        world.counts["cut off"] += 1


def finish(world: World) -> None:
    """Send every form without a receipt to a server that is not killed, and compare once more."""
    time.sleep(2.1)
    with running(world) as (site, _):
        for form in world.forms:
            if not form.told:
                send_form(world, site, form)
    world.counts["without receipt"] += sum(not form.told for form in world.forms)
    compare(world)


def measure(kills: int, folder: Path, *, seed: int, postgresql: str = "") -> World:
    """Kill the server a number of times over a new database, in `folder` or on PostgreSQL, and return the counts."""
    data = folder / "data"
    data.mkdir(parents=True)
    bundled = Path(__file__).parents[1] / "data" / "events.csv"
    (data / "events.csv").write_text(bundled.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    world = World(folder, postgresql=postgresql)
    db = world.opened()
    db.write(add_account, MODERATOR.name, "no hash, nobody signs in here", MODERATOR.role)
    db.close()
    chance = random.Random(seed)
    for _ in range(kills):
        kill_once(world, chance)
    finish(world)
    world.counts["forms"] = len(world.forms)
    world.counts["events"] = sum(form.events for form in world.forms)
    return world


def main() -> None:
    """Measure, add to the results and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--fresh", action="store_true", help="forget earlier rounds")
    chosen = parser.parse_args()
    kept = {} if chosen.fresh or not RESULTS.exists() else json.loads(RESULTS.read_text("utf-8"))
    seed = int(kept.get("kills", 0))
    folder = Path(tempfile.mkdtemp(prefix="rallymap-kills-"))
    try:
        counts = Counter(kept) + measure(chosen.kills, folder, seed=seed).counts
    finally:
        shutil.rmtree(folder)
    result = {name: counts[name] for name in ("kills", "forms", "events", "receipts", "decisions", "in flight")}
    result |= {name: counts[name] for name in ("cut off", "without receipt", *FAULTS)}
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    for name, number in result.items():
        sys.stdout.write(f"{name:>16} {number:>7}\n")
    if any(result[name] for name in FAULTS):
        raise SystemExit("Something was lost, doubled, partial or changed.")


if __name__ == "__main__":
    main()
