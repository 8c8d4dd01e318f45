"""Permissions for events, by role and by country.

:data:`RIGHTS` is the complete table of permissions by role. :func:`rights_table` prints it for ``docs/rights.md``, so
that the documentation matches the enforced rules.
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
    """Role of an account; includes the permissions of the roles before it. Translated with ``trc("role", role)``."""

    VISITOR = mark_c("role", "visitor")
    ORGANISER = mark_c("role", "organiser")
    MODERATOR = mark_c("role", "moderator")
    ADMINISTRATOR = mark_c("role", "administrator")


class Permission(StrEnum):
    """Actions in the order of the printed rights table; translated with ``tr``."""

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
        Sign-in name; shown in the audit log, never in public.
    role
        Role, which determines the permissions by :data:`RIGHTS`.
    countries
        ISO 3166-1 alpha-2 codes that a moderator is limited to; empty for no limit.
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
"""Permissions of each role."""


_SHIPPED_METHODS = ("gazetteer", "well-known")
"""Geocoding methods whose points and countries come from the shipped data, never from user input."""


def country_of(event: Event) -> str:
    """Return the country that decides which moderators can review an event, or "" if unknown."""
    resolved = event.location.country if event.location else ""
    return resolved or event.place.country_hint


def has_permission(
    account: Account, permission: Permission, event: Event | None = None, after: Event | None = None
) -> bool:
    """Return whether an account has a permission for an event before and after a change.

    This is the only rule about countries: if a moderator is limited to countries, the event must be in one of them
    before and after the change, so that no change moves an event into or out of the moderator's countries.

    Parameters
    ----------
    event
        Event before the change; None if the action is not about an event.
    after
        Event after the change, if the action changes it.
    """
    if permission not in RIGHTS[account.role]:
        return False
    # The limit does not apply to actions that every visitor may do, such as reporting or submitting.
    if permission in _ORGANISER or not account.countries:
        return True
    if event is not None and country_of(event) not in account.countries:
        return False
    return after is None or (country_of(after) in account.countries and not _moves_abroad(account, event, after))


def require(account: Account, permission: Permission, event: Event | None = None, after: Event | None = None) -> None:
    """Check that an account has a permission; see :func:`has_permission` for the parameters.

    Raises
    ------
    RightsError
        With a sentence that says whether the role or the country is the reason.
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
    """Check that an account may decide for the whole site that a place text means a place in a country.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code recorded for the place, "" for none.
    lat, lon
        Decimal degrees.

    Raises
    ------
    RightsError
        If the account may not settle places, or not in this country.
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
    """Return the Markdown table of ``docs/rights.md``: one row per permission, one column per role."""
    lines = ["| | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for permission in Permission:
        cells = ("yes" if permission in RIGHTS[role] else "–" for role in Role)
        lines.append(f"| {permission} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _moves_abroad(account: Account, before: Event | None, after: Event) -> bool:
    """Return whether a change moves the point outside the account's countries, whatever the country field contains."""
    where, earlier = after.location, before.location if before else None
    if where is None or where.method in _SHIPPED_METHODS:
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
