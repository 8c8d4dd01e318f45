"""An event as HTML: the whole card, its picture, and a line with a link to it; every text in it is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from rallymap.community_names import community_name
from rallymap.event_wording import Words, route_in_words, where_in_words, where_note, words_of
from rallymap.events import Claim, ClaimKind, CrowdClaim, Event, EventStatus, Picture, Source
from rallymap.language import ENGLISH, current_language, isolated, listed, separator, tr, trc
from rallymap.templates import render
from rallymap.views.event_words import in_other_languages, lang_attribute, original_in, title_html
from rallymap.wording import (
    CLAIM_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    crowd_in_words,
    date_in_words,
    date_note,
    day_in_words,
)

_BETWEEN_DEGREES: Final = re.compile(r"(?<=\.\d{5}), (?=-?\d+\.\d{5})")


def event_card(
    event: Event,
    *,
    link: str = "",
    note: str = "",
    picture_url: str = "",
    heading: str = "h2",
    campaign_link: str = "",
    in_all_languages: bool = False,
) -> Markup:
    """Draw one event as an article with its facts, attributed words and sources.

    Parameters
    ----------
    event
        As :func:`rallymap.query.public_view.public_view` lets the reader see it.
    link
        Address of this event's own page, shown as "Link to this event"; "" leaves it out.
    note
        One plain sentence above the facts ("Seen only by moderators ..."); "" leaves it out.
    picture_url
        Address of the event's picture; "" leaves the picture out.
    heading
        Tag of the title.
    campaign_link
        Address of the page of its campaign; "" names the campaign without a link.
    in_all_languages
        Whether title and summary are also listed in each language but the one of the heading.

    Returns
    -------
    html
        An ``<article>``; safe to hand to a page as it is.
    """
    words = words_of(event)
    return render(
        "event_card.html",
        event=event,
        words=words,
        lang=lang_attribute,
        heading=heading,
        below=f"h{int(heading[1:]) + 1}",
        kind=tr(KIND_LABELS[event.kind]),
        status="" if event.status is EventStatus.HELD else tr(STATUS_LABELS[event.status]),
        original=original_in(words.title_language),
        note=note,
        picture=picture_html(event.picture, picture_url) if event.picture and picture_url else "",
        facts=_facts(event, words),
        crowd=[_crowd(event, claim) for claim in sorted(event.crowd, key=lambda claim: claim.is_expected)],
        campaign_link=campaign_link,
        claims=[(_in_quotes(claim), _attribution(event, claim)) for claim in event.claims],
        translations=in_other_languages(event) if in_all_languages else [],
        sources=[(source, source_title(source), source_byline(source)) for source in event.sources],
        link=link,
    )


def picture_html(picture: Picture, url: str) -> Markup:
    """Draw a picture; its size is set beforehand, so that the layout does not shift when it arrives."""
    image = Markup('<img class="rm-picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">')
    return image.format(url, picture.description, picture.width, picture.height)


def public_picture_url(event: Event) -> str:
    """Return the address of an event's public picture, relative to a page; "" where there is none."""
    return f"pictures/{event.picture.id}" if event.picture else ""


def event_line(event: Event, *, note: str, link: str) -> Markup:
    """Draw one event in two lines with a link that opens it in a new window; `note` says why it is shown."""
    facts = separator().join((where_in_words(event), date_in_words(event.when, short=True), note))
    line = Markup(
        '<p class="rm-card rm-event-line"><a href="{}" target="_blank" rel="noopener">{}</a><small>{}</small></p>'
    )
    return line.format(link, title_html(event), facts)


def message_list(notes: Iterable[tuple[str, str, str]]) -> Markup:
    """Draw messages: who wrote, when in words, and what, oldest first."""
    line = Markup('<li><b>{}</b> <small>{}</small><p dir="auto">{}</p></li>')
    return Markup('<ul class="rm-messages">{}</ul>').format(Markup("").join(line.format(*note) for note in notes))


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the card; `is_written` says that the value is what people wrote, in the direction of its own script."""

    term: str
    value: str
    note: str = ""
    language: str = ""
    is_written: bool = False


def _facts(event: Event, words: Words) -> list[Fact]:
    where = where_in_words(event)
    if event.place.venue:
        # Translators: an exact location and the town, "Eidsvolls plass, Oslo, Norway".
        where = tr("{venue}, {place}", venue=isolated(event.place.venue), place=where)
    facts = [
        Fact(tr("When"), _sentence(date_in_words(event.when)), date_note(event.when)),
        Fact(tr("Where"), where, where_note(event)),
    ]
    if event.route:
        # Half a pair of degrees at the end of a line would read as a point of its own.
        facts.append(Fact(tr("Route"), _BETWEEN_DEGREES.sub(",\N{NO-BREAK SPACE}", route_in_words(event))))
    facts.append(Fact(tr("Organisers"), listed(map(isolated, event.organisers)) or tr("not named by the source")))
    if event.communities:
        facts.append(Fact(tr("Community"), listed(isolated(community_name(name)) for name in event.communities)))
    if words.about:
        # One label is enough where title and summary are in one language.
        note = original_in(words.about_language) if words.about_language != words.title_language else ""
        term = trc("what an event is about", "About")
        facts.append(Fact(term, words.about, note, words.about_language, is_written=True))
    return facts


def _sentence(words: str) -> str:
    # A date is alone in its row: English begins it with a capital; other catalogues write it as it is to be.
    return words[:1].upper() + words[1:] if current_language().code == ENGLISH.code else words


def _crowd(event: Event, claim: CrowdClaim) -> tuple[str, str]:
    """Return how many people a claim counts, and who says so."""
    return isolated(crowd_in_words(claim)), _said_before(claim) or _said(event, claim.by, claim.source)


def _said_before(claim: CrowdClaim) -> str:
    """Say of a number that was expected, and that no one and no source is named for, what it is."""
    return tr("said before the event") if claim.is_expected and not claim.by and claim.source is None else ""


def _said(event: Event, by: str, source: int | None) -> str:
    if by:
        # Translators: {name} says so many people came.
        return tr("says {name}", name=isolated(by))
    if source is not None:
        return tr("as reported by {name}", name=_source_name(event.sources[source]))
    return tr("as reported")


def _source_name(source: Source) -> str:
    name = source.publisher or source.title or urlsplit(source.url).hostname
    return isolated(name) if name else tr("the source")


def _in_quotes(claim: Claim) -> str:
    # A claim or demand may be in our words; only what the source puts between quotation marks is a quotation.
    if claim.kind in (ClaimKind.CLAIM, ClaimKind.DEMAND):
        return claim.text
    return claim.text if claim.text.startswith(("“", '"', "«", "„")) else tr("“{quoted}”", quoted=claim.text)


def _attribution(event: Event, claim: Claim) -> str:
    label = tr(CLAIM_LABELS[claim.kind])
    if claim.source is not None:
        reporter = tr("reported by {name}", name=_source_name(event.sources[claim.source]))
    else:
        reporter = tr("as reported by the source")
    if claim.by:
        # Translators: below quoted words: what they are, who said them, who reports it: "slogan, NN; reported by NRK".
        return tr("{claim}, {name}; {reporter}", claim=label, name=isolated(claim.by), reporter=reporter)
    # Translators: below quoted words: what they are and who reports them: "slogan, reported by NRK".
    return tr("{claim}, {reporter}", claim=label, reporter=reporter)


def source_title(source: Source) -> str:
    """Return what a source is called: its title, else its publisher, else its address."""
    return source.title or source.publisher or source.url


def source_byline(source: Source) -> str:
    """Return publisher and day of a source in one line, and whether its address is not known."""
    parts = [isolated(source.publisher)] if source.publisher and source.title else []
    parts += [day_in_words(source.published)] if source.published else []
    parts += [] if source.url else [tr("no web address recorded")]
    return separator().join(parts)
