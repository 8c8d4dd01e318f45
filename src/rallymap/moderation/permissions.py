"""Who may do what to an event, by role and by country.

:data:`RIGHTS` is the whole rights table, role by permission. ``docs/rights.md`` shows it as :func:`rights_table` prints
it, so that what is written and what is enforced cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rallymap.borders import countries_around
from rallymap.countries import country_name
from rallymap.errors import RightsError
from rallymap.events import Event
from rallymap.language import list_in_words, mark, mark_c, tr, trc


class Role(StrEnum):
    """What an account is for; each role has the permissions of those before it. Said with ``trc("role", role)``."""

    VISITOR = mark_c("role", "visitor")
    ORGANISER = mark_c("role", "organiser")
    MODERATOR = mark_c("role", "moderator")
    ADMINISTRATOR = mark_c("role", "administrator")


class Permission(StrEnum):
    """What can be done, in the order of the printed rights table; said with ``tr``."""

    READ = mark("read published events")
    SUBMIT = mark("submit an event")
    REPORT = mark("report a published event")
    EDIT_OWN = mark("change an event by its edit link")
    LIST_OWN = mark("list the events submitted while signed in")
    OWN_ACCOUNT = mark("change one’s own password, second factor and sessions")
    SEE_QUEUE = mark("see events under review")
    SEE_FIGURES = mark("see how much waits and how long decisions take")
    SEE_EXACT_PLACE = mark("see the exact place of a future event")
    SEE_CONTACT = mark("see the organiser's contact")
    DECIDE = mark("publish, send back, reject, withdraw")
    EDIT = mark("change any event")
    SETTLE_PLACE = mark("settle a place")
    NOTE = mark("write internal notes")
    MERGE = mark("merge and split events")
    RESTORE = mark("restore an earlier revision")
    CLOSE_REPORT = mark("close a report")
    TAKE_DOWN = mark("take an event down for good")
    RECORD_COVERAGE = mark("record which places and periods were looked at")
    IMPORT = mark("publish and change events by import")
    SET_REASONS = mark("edit the common reasons for decisions")
    SEE_AUDIT = mark("read the audit log")
    MANAGE_ACCOUNTS = mark("invite, limit, close and reopen accounts, reset passwords")


@dataclass(frozen=True, slots=True)
class Account:
    """A signed-in account, or the visitor.

    Attributes
    ----------
    name
        The name they sign in with; shown in the audit log, never in public.
    role
        What they may do, by :data:`RIGHTS`.
    countries
        ISO 3166-1 alpha-2 codes a moderator is limited to; empty: no limit.
    """

    name: str
    role: Role
    countries: tuple[str, ...] = ()


VISITOR = Account("visitor", Role.VISITOR)
"""Everyone who has not signed in."""

_VISITOR = frozenset({Permission.READ, Permission.SUBMIT, Permission.REPORT, Permission.EDIT_OWN})
_ORGANISER = _VISITOR | {Permission.LIST_OWN, Permission.OWN_ACCOUNT}
_MODERATOR = _ORGANISER | {
    Permission.SEE_QUEUE,
    Permission.SEE_FIGURES,
    Permission.SEE_EXACT_PLACE,
    Permission.SEE_CONTACT,
    Permission.DECIDE,
    Permission.EDIT,
    Permission.SETTLE_PLACE,
    Permission.NOTE,
    Permission.MERGE,
    Permission.RESTORE,
    Permission.CLOSE_REPORT,
    Permission.TAKE_DOWN,
    Permission.RECORD_COVERAGE,
}
RIGHTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VISITOR: _VISITOR,
        Role.ORGANISER: _ORGANISER,
        Role.MODERATOR: _MODERATOR,
        Role.ADMINISTRATOR: frozenset(Permission),
    }
)
"""Which role holds which right."""


_POINTS_OF_OURS = ("gazetteer", "well-known")
"""Methods whose points and countries come from our own data, never from somebody's typing or dragging."""


def country_of(event: Event) -> str:
    """Return the country that decides which moderators an event belongs to, or "" where none is known."""
    resolved = event.location.country if event.location else ""
    return resolved or event.place.country_hint


def has_permission(
    account: Account, permission: Permission, event: Event | None = None, after: Event | None = None
) -> bool:
    """Return whether an account has a permission, for an event as it is and as a change would make it.

    This is the only rule about countries: a moderator who is limited to countries needs them for the event as it is
    and for the event as it would be, so that no change carries an event over the limit.

    Parameters
    ----------
    event
        As it is now; None where no event is concerned.
    after
        As it would be, where the act changes it.
    """
    if permission not in RIGHTS[account.role]:
        return False
    # The limit binds only what visitors cannot do anyway: everyone may report or submit anywhere.
    if permission in _ORGANISER or not account.countries:
        return True
    if event is not None and country_of(event) not in account.countries:
        return False
    return after is None or (country_of(after) in account.countries and not _moves_abroad(account, event, after))


def require(account: Account, permission: Permission, event: Event | None = None, after: Event | None = None) -> None:
    """Check that an account has a permission; the parameters are those of :func:`has_permission`.

    Raises
    ------
    RightsError
        With a sentence that says whether the role or the country is what is missing.
    """
    if has_permission(account, permission, event, after):
        return
    detail = f"{account.name} ({account.role}) may not {permission}"
    if permission not in RIGHTS[account.role]:
        if account == VISITOR:
            raise RightsError(tr("Please sign in for this."), detail=detail)
        # Translators: {permission} is what the role may not do, such as “merge and split events”.
        sentence = tr(
            "Your account has the role “{role}”, which may not {permission}.",
            role=trc("role", account.role),
            permission=tr(permission),
        )
        raise RightsError(sentence, detail=detail)
    concerned = event or after
    assert concerned is not None  # noqa: S101 - without an event only the role decides
    detail = f"{detail}: {concerned.id}"
    if event is not None and not has_permission(account, permission, event):
        raise RightsError(_outside(account, country_of(event)), detail=detail)
    assert after is not None  # noqa: S101 - the event as it is was allowed
    raise RightsError(_would_be_outside(account, country_of(after)), detail=detail)


def require_place(account: Account, country: str, lat: float, lon: float) -> None:
    """Check that an account may decide, for everybody, that words mean a place in a country.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code that is recorded for the place, "" for none.
    lat, lon
        Decimal degrees.

    Raises
    ------
    RightsError
        If the account may not settle places, or not there.
    """
    require(account, Permission.SETTLE_PLACE)
    if not account.countries:
        return
    possible = countries_around(lat, lon)
    if country not in account.countries or (possible and possible.isdisjoint(account.countries)):
        sentence = tr(
            "The wording is not remembered: the place is outside {countries}.", countries=limit_in_words(account)
        )
        raise RightsError(sentence, detail=f"{account.name}: {country}")


def limit_in_words(account: Account) -> str:
    """Return the names of the countries that an account is limited to ("France and Sweden"); "" for no limit."""
    return list_in_words(country_name(code) for code in account.countries)


def rights_table() -> str:
    """Return the Markdown table of ``docs/rights.md``: a row for each permission, a column for each role."""
    lines = ["| | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for permission in Permission:
        cells = ("yes" if permission in RIGHTS[role] else "–" for role in Role)
        lines.append(f"| {permission} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _moves_abroad(account: Account, before: Event | None, after: Event) -> bool:
    """Return whether a change puts a point outside the account's countries, whatever country is written next to it."""
    where, earlier = after.location, before.location if before else None
    if where is None or where.method in _POINTS_OF_OURS:
        return False
    if earlier is not None and (earlier.lat, earlier.lon) == (where.lat, where.lon):
        return False
    possible = countries_around(where.lat, where.lon)
    return bool(possible) and possible.isdisjoint(account.countries)


def _outside(account: Account, country: str) -> str:
    only = limit_in_words(account)
    if not country:
        return tr("This event has no country yet; your account is for {countries} only.", countries=only)
    return tr(
        "This event is in {country}; your account is for {countries} only.",
        country=country_name(country),
        countries=only,
    )


def _would_be_outside(account: Account, country: str) -> str:
    only = limit_in_words(account)
    if not country:
        return tr(
            "Nothing was changed: the event would then have no country; your account is for {countries} only. "
            "Choose its country, or ask a moderator without this limit.",
            countries=only,
        )
    if country not in account.countries:
        return tr(
            "Nothing was changed: the event would then be in {country}; your account is for {countries} only. "
            "For this, ask a moderator without this limit.",
            country=country_name(country),
            countries=only,
        )
    return tr(
        "Nothing was changed: the event would then lie outside {country}; your account is for {countries} only. "
        "For this, ask a moderator without this limit.",
        country=country_name(country),
        countries=only,
    )
