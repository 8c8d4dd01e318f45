"""The heading of Explore: what the site is, and the size of its record."""

from __future__ import annotations

from rallymap.language import mark, sentences, tr, trn
from rallymap.query.snapshot import Snapshot
from rallymap.wording import day_from_epoch, year_in_words

HEADLINE = mark("Diaspora rallies around the world")


def about_record(snapshot: Snapshot) -> str:
    """Say what the site is, how many communities and countries its record has, and since when."""
    return sentences((tr("Who gathered where and when, and who reports it."), _held(snapshot)))


def _held(snapshot: Snapshot) -> str:
    """Say how many communities and countries the record has, and since when; "" if it is empty."""
    communities = countries = ""
    if len(snapshot.communities) > 1:
        communities = trn("{n} community", "{n} communities", len(snapshot.communities))
    if snapshot.countries:
        countries = trn("{n} country", "{n} countries", len(snapshot.countries))
    bounds = snapshot.bounds()
    year = year_in_words(day_from_epoch(bounds[0]).year) if bounds else ""
    if communities and countries:
        if not year:
            return tr("{communities} in {countries}", communities=communities, countries=countries)
        # Translators: "12 communities in 30 countries since 2018"; where "12 communities" and "30 countries" cannot
        # be within a sentence as they are, list them with commas.
        return tr("{communities} in {countries} since {year}", communities=communities, countries=countries, year=year)
    what = communities or countries
    # Translators: "30 countries since 2018"
    return tr("{what} since {year}", what=what, year=year) if what and year else what
