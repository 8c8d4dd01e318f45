"""Numbers in README and docs agree with the code."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rallymap import passwords
from rallymap.clock import BELIEVED_AFTER_S
from rallymap.distances import EQUATOR_M
from rallymap.events import MAX_PEOPLE
from rallymap.exports.xlsx_file import MOST_ROWS
from rallymap.hosting import Retention
from rallymap.intake import limits as intake_limits
from rallymap.intake.readers.calendar_file import MAX_OCCURRENCES
from rallymap.limits import Limits
from rallymap.moderation.reports import JUST_HELD
from rallymap.query.areas import DIGITS, MAX_CORNERS
from rallymap.query.listing import MOST_PER_PAGE, USUAL_PER_PAGE
from rallymap.query.place_names import MOST_NAMES
from rallymap.setting_values import LEAST_TOKEN
from rallymap.settings import Settings
from rallymap.store.account_mail import GAPS, MailPace
from rallymap.store.accounts import REOPENS_WITHIN
from rallymap.store.database_file import LEAST_FREE_BYTES
from rallymap.store.invitations import INVITATION_LASTS
from rallymap.store.outbox import CLAIM_LASTS_S, DELAYS_S, GIVEN_UP_KEPT_S
from rallymap.store.recovery import CODES, RESET_LASTS
from rallymap.trends.crowd_claims import MAX_EVENTS
from rallymap.trends.over_time import MAX_GROUPS
from rallymap.trends.request import FLOW_CITIES, FLOW_COMMUNITIES, MAX_VALUES
from rallymap.upkeep.encryption import CHUNK, MIN_PASSPHRASE
from rallymap.views.single_file import MOST_EVENTS
from rallymap.web.connections import (
    BODY_PART_S,
    BODY_S,
    DESCRIPTORS_AT_MOST,
    HEADER_S,
    MAX_PAGES,
    WRITE_S,
    Capacity,
)
from rallymap.web.event_indexes import PER_PAGE
from rallymap.web.event_pages import NEARBY_KM
from rallymap.web.export_routes import MAX_CONCURRENT
from rallymap.web.feed_routes import IN_CALENDAR, IN_FEED
from rallymap.web.serve import SHUTDOWN_S
from rallymap.web.startup import MAIL_EVERY_S
from rallymap.web.uploads import OF_NETWORK, OF_SESSION, OF_SITE
from rallymap.workflows.link_renewal import MIN_PHRASE
from rallymap.workflows.rate_limits import PASSWORDS_AN_HOUR, RECOVERIES_AN_HOUR, SHARED_FACTOR
from rallymap.workflows.sessions import SESSION_LENGTH
from rallymap.workflows.sign_in_limits import BROWSER_KNOWN_FOR, FREE_ATTEMPTS, LONGEST_WAIT, NETWORK_ATTEMPTS

ROOT = Path(__file__).resolve().parents[1]
PLACES = "src/rallymap/places/data"
ASSETS = ROOT / "src" / "rallymap" / "assets" / "map"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def text_of(name: str) -> str:
    """Return a page with its lines joined, as readers see it."""
    return " ".join((ROOT / name).read_text("utf-8").split())


def spaced(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def statements() -> Iterator[tuple[str, str]]:
    """Yield pages with texts that they must contain; each number in the texts comes from the code."""
    few, many = Capacity.of(1_024), Capacity.of(20_000)
    limits, kept, backups = Limits(), Retention(), Settings.from_env({}).keep_backups
    waits = [*(f"{delay // 60}" for delay in DELAYS_S[:3]), *(f"{delay // 3_600}" for delay in DELAYS_S[3:])]
    yield "docs/deploy.md", f"| {HEADER_S:.0f} s; {BODY_PART_S:.0f} s, {BODY_S / 60:.0f} minutes in all |"
    yield "docs/deploy.md", f"| {WRITE_S:.0f} s without any progress |"
    yield "docs/deploy.md", f"{few.pages} with a limit of 1 024 descriptors, {spaced(many.pages)} with 20 000"
    yield "docs/deploy.md", f"{spaced(MAX_PAGES)} at most; one network may hold a quarter"
    yield "docs/deploy.md", f"the rest: {few.requests} and {spaced(many.requests)}"
    yield "docs/deploy.md", f"{OF_SESSION.files} and {OF_SESSION.bytes // 1_000_000} MB in a page"
    yield "docs/deploy.md", f"{OF_NETWORK.files} and {OF_NETWORK.bytes // 1_000_000} MB of a network"
    yield "docs/deploy.md", f"{OF_SITE.files} and {OF_SITE.bytes // 1_000_000} MB in all"
    yield "docs/deploy.md", f"forms, and the events in them | {limits.submission}, {limits.event} |"
    yield "docs/deploy.md", f"form is filled in | {limits.draft}, {limits.picture}, {limits.lookup} |"
    yield "docs/deploy.md", f"by network and by link | {limits.change}, {limits.message} |"
    yield "docs/deploy.md", f"reports by visitors | {limits.report} |"
    yield "docs/deploy.md", f"there within a day | {limits.hidden_by_network}, {limits.hidden}, {limits.hidden_a_day} |"
    yield "docs/deploy.md", f"share {_WORDS[SHARED_FACTOR]} times these numbers"
    yield "docs/deploy.md", f"up to {spaced(DESCRIPTORS_AT_MOST)}"
    yield "docs/deploy.md", f"less than {LEAST_FREE_BYTES // 1_000_000} MB left"
    yield "docs/deploy.md", f"({LEAST_TOKEN} characters or more)"
    yield "docs/deploy.md", f"open pages {SHUTDOWN_S} seconds"
    yield "docs/deploy.md", f"accepted only after {BELIEVED_AFTER_S / 60:.0f} minutes"
    yield "docs/rights.md", f"can send {limits.report} reports an hour"
    yield "docs/rights.md", f"visitors of unknown networks together {limits.report * SHARED_FACTOR}."
    yield "docs/rights.md", f"fewer than {limits.hidden_by_network} within an hour by one network"
    yield "docs/rights.md", f"ended at most {JUST_HELD.days} days ago"
    yield "docs/rights.md", f"can send {limits.report} reports an hour"
    yield "docs/rights.md", f"visitors of unknown networks together {limits.report * SHARED_FACTOR}."
    yield "docs/sign-in.md", f"one-time link, good for {_WORDS[INVITATION_LASTS.days]} days"
    yield "docs/sign-in.md", f"A session ends after {SESSION_LENGTH.total_seconds() / 3_600:.0f} hours"
    yield "docs/sign-in.md", f"After {_WORDS[FREE_ATTEMPTS]} wrong attempts"
    yield "docs/sign-in.md", f"{LONGEST_WAIT.total_seconds() / 60:.0f} minutes at most"
    yield "docs/sign-in.md", f"{NETWORK_ATTEMPTS} wrong attempts are possible in"
    yield "docs/sign-in.md", f"the last {BROWSER_KNOWN_FOR.days} days"
    yield "docs/sign-in.md", f"gives {_WORDS[CODES]} recovery codes"
    yield "docs/sign-in.md", f"once, for {RESET_LASTS.total_seconds() / 3_600:.0f} hours"
    yield "docs/sign-in.md", f"within {REOPENS_WITHIN.days} days"
    yield "docs/sign-in.md", f"limited to {_WORDS[PASSWORDS_AN_HOUR]} times an hour"
    yield "docs/backup.md", f"It has at least {MIN_PASSPHRASE} characters"
    yield "docs/backup.md", f"chunks of {CHUNK // 2**20} MiB"
    yield "docs/backup.md", f"`RALLYMAP_KEEP_BACKUPS` ({backups})"
    yield "README.md", f"in the home folder, {backups} |"
    yield (
        "README.md",
        f"| {kept.drafts}, {kept.rejected_pictures}, {kept.mail_addresses}, {kept.tombstones} (for good) |",
    )
    yield "docs/first_hour.md", f"the latest {backups} are kept"
    yield "docs/import.md", f"{intake_limits.MAX_BYTES // 2**20} MiB (10 MB on the page)"
    yield "docs/import.md", f"{spaced(intake_limits.MAX_ROWS)} rows, {intake_limits.MAX_COLUMNS} columns"
    yield "docs/import.md", f"at most {MAX_OCCURRENCES}, until a year from today"
    yield "docs/export.md", f"XLSX above {MOST_ROWS:,}, the map above {MOST_EVENTS:,}"
    yield "docs/export.md", f"the {IN_CALENDAR:,} events with the latest days"
    yield "docs/export.md", f"the {IN_FEED} events of the filter that changed last"
    yield "docs/export.md", f"nearby ({NEARBY_KM:.0f} km)"
    yield "docs/export.md", f"lists of the event pages, {PER_PAGE} on a page"
    yield "docs/export.md", f"3 to {MAX_CORNERS} corners"
    yield "docs/export.md", f"`limit` (1 to {MOST_PER_PAGE}, default {USUAL_PER_PAGE})"
    yield "docs/export.md", f"At most {_WORDS[MAX_CONCURRENT]} exports are made at one time"
    yield "docs/export.md", f"each of the {_WORDS[MAX_GROUPS]} values with most events"
    yield "docs/export.md", f"the {MAX_VALUES} values with most events"
    yield "docs/export.md", f"at most {MAX_EVENTS:,} events with numbers"
    yield "docs/export.md", f"up to {max(FLOW_COMMUNITIES, FLOW_CITIES)} of each"
    yield "docs/notices.md", f"(one in {_WORDS[GAPS[MailPace.AT_ONCE].seconds // 60]} minutes at most)"
    yield "docs/notices.md", f"{MIN_PHRASE} characters or more"
    yield "docs/notices.md", f"{_WORDS[RECOVERIES_AN_HOUR].capitalize()} attempts in an hour"
    yield "docs/notices.md", f"looks every {_WORDS[int(MAIL_EVERY_S)]} seconds"
    yield "docs/notices.md", f"due again {', '.join(waits[:2])} and {waits[2]} minutes, then {', '.join(waits[3:7])}"
    yield "docs/notices.md", f"and {waits[7]} hours after an attempt"
    yield "docs/notices.md", f"over after {CLAIM_LASTS_S / 60:.0f} minutes"
    yield "docs/notices.md", f"`keep_mail_addresses_days` ({kept.mail_addresses})"
    yield "docs/notices.md", f"its reason for {GIVEN_UP_KEPT_S / 86_400:.0f} days"


def counts() -> Iterator[tuple[str, str]]:
    """Yield pages with texts about the number of rows of a table."""
    rallies, of_articles = rows_of("data/rallies.csv"), rows_of("data/events.csv")
    communities = {name.strip() for row in rallies for name in row["communities"].split(";") if name.strip()}
    yield "data/README.md", f"{len(of_articles)} events of the Iranian diaspora"
    yield "data/README.md", f"{len(rallies)} rallies of {len(communities)} communities in "
    yield "data/README.md", f"in {len({row['country'] for row in rallies})} countries"
    yield "data/README.md", f"{len(rows_of('data/context.csv'))} happenings"
    yield "data/README.md", f"gets all {len(rallies) + len(of_articles)} events"
    yield (
        "data/README.md",
        f"{sum(not row['source1_title'] for row in rallies)} rows have no title of their first source",
    )
    yield "data/README.md", f"{sum(row['status'] == 'announced' for row in rallies)} events with the status *announced*"
    yield "docs/places.md", f"`src/rallymap/places/data/landmarks.csv` ({len(rows_of(f'{PLACES}/landmarks.csv'))} rows)"
    yield "docs/places.md", f"`places/data/areas.csv` | {len(rows_of(f'{PLACES}/areas.csv'))} regions"
    yield "docs/places.md", f"`missions.csv` ({len(rows_of(f'{PLACES}/missions.csv'))} rows)"
    names = gzip.decompress((ROOT / PLACES / "given_names.txt.gz").read_bytes()).decode().split()
    yield "docs/places.md", f"| {spaced(len(names))} given names"
    for table in ("exonyms", "quarters", "misplaced_towns", "region_names", "preferred_names"):
        path = f"tools/gazetteer_sources/{table}.csv"
        yield "docs/places.md", f"`{path}` | {spaced(len(rows_of(path)))} "


def rows_of(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_numbers_in_pages_agree_with_the_code() -> None:
    assert [(page, words) for page, words in statements() if words not in text_of(page)] == []


def test_row_counts_in_pages_agree_with_the_tables() -> None:
    assert [(page, words) for page, words in counts() if words not in text_of(page)] == []


@pytest.mark.parametrize(
    ("sentence", "file"),
    [
        (f"At least {passwords.MIN_LENGTH} characters", "ui/own_password.py"),
        (f"At least {passwords.MIN_LENGTH} characters", "templates/invite_form.html"),
        (f"At least {passwords.MIN_LENGTH} characters", "templates/reset_form.html"),
        (f"A recovery phrase has at least {MIN_PHRASE} characters", "workflows/link_renewal.py"),
        (f"A crowd is a number from 0 to {spaced(MAX_PEOPLE)}.", "events/reports.py"),
    ],
)
def test_number_in_a_sentence_of_a_page_agrees_with_the_code(sentence: str, file: str) -> None:
    assert sentence in text_of(f"src/rallymap/{file}")


@pytest.mark.parametrize(
    ("script", "name", "value"),
    [
        ("data/areas.js", "MAX_CORNERS", MAX_CORNERS),
        ("data/areas.js", "MAX_DIGITS", DIGITS),
        ("single/answers.js", "MAX_NAMES", MOST_NAMES),
        ("layers/markers.js", "EARTH_M", EQUATOR_M),
    ],
)
def test_number_in_a_script_agrees_with_the_server(script: str, name: str, value: float) -> None:
    [written] = re.findall(rf"const {name} = ([\d_.]+);", (ASSETS / script).read_text("utf-8"))
    assert float(written) == value
