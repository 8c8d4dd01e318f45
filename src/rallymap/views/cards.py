"""An event as HTML: the full card, its picture, and a short entry with a link; all text is escaped."""

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
    """Render one event as an article with its facts, attributed claims and sources.

    Parameters
    ----------
    event
        The event in the reader's view, see :func:`rallymap.query.public_view.public_view`.
    link
        URL of this event's page, shown as "Link to this event"; "" omits it.
    note
        A plain-text note above the facts ("Seen only by moderators ..."); "" omits it.
    picture_url
        URL of the event's picture; "" omits the picture.
    heading
        HTML tag of the title.
    campaign_link
        URL of the campaign's page; "" names the campaign without a link.
    in_all_languages
        Whether title and summary are also listed in the languages other than that of the heading.

    Returns
    -------
    html
        An ``<article>`` that is safe to insert into a page.
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
    """Render a picture with its size, so that the layout does not shift when it loads."""
    image = Markup('<img class="rm-picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">')
    return image.format(url, picture.description, picture.width, picture.height)


def public_picture_url(event: Event) -> str:
    """Return the URL of an event's public picture, relative to a page; "" if there is none."""
    return f"pictures/{event.picture.id}" if event.picture else ""


def event_line(event: Event, *, note: str, link: str) -> Markup:
    """Render one event in two lines with a link that opens in a new window; `note` says why it is listed."""
    facts = separator().join((where_in_words(event), date_in_words(event.when, short=True), note))
    line = Markup(
        '<p class="rm-card rm-event-line"><a href="{}" target="_blank" rel="noopener">{}</a><small>{}</small></p>'
    )
    return line.format(link, title_html(event), facts)


def message_list(notes: Iterable[tuple[str, str, str]]) -> Markup:
    """Render messages with author, time and text, oldest first."""
    line = Markup('<li><b>{}</b> <small>{}</small><p dir="auto">{}</p></li>')
    return Markup('<ul class="rm-messages">{}</ul>').format(Markup("").join(line.format(*note) for note in notes))


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the card; `is_written` marks text that people wrote, which is displayed in its own direction."""

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
        # Do not break between latitude and longitude: half a pair would look like a point of its own.
        facts.append(Fact(tr("Route"), _BETWEEN_DEGREES.sub(",\N{NO-BREAK SPACE}", route_in_words(event))))
    facts.append(Fact(tr("Organisers"), listed(map(isolated, event.organisers)) or tr("not named by the source")))
    if event.communities:
        facts.append(Fact(tr("Community"), listed(isolated(community_name(name)) for name in event.communities)))
    if words.about:
        # One label is enough if title and summary are in the same language.
        note = original_in(words.about_language) if words.about_language != words.title_language else ""
        term = trc("what an event is about", "About")
        facts.append(Fact(term, words.about, note, words.about_language, is_written=True))
    return facts


def _sentence(words: str) -> str:
    # The date is alone in its row: English starts it with a capital; translations decide for themselves.
    return words[:1].upper() + words[1:] if current_language().code == ENGLISH.code else words


def _crowd(event: Event, claim: CrowdClaim) -> tuple[str, str]:
    """Return the number of people in a claim, and its author."""
    return isolated(crowd_in_words(claim)), _expected_label(claim) or _crowd_attribution(event, claim.by, claim.source)


def _expected_label(claim: CrowdClaim) -> str:
    """Label an expected number that has neither an author nor a source; "" for other claims."""
    return tr("said before the event") if claim.is_expected and not claim.by and claim.source is None else ""


def _crowd_attribution(event: Event, by: str, source: int | None) -> str:
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
    # A claim or demand may be paraphrased; only text that the source quotes is a quotation.
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
    """Return the label of a source: its title, else its publisher, else its URL."""
    return source.title or source.publisher or source.url


def source_byline(source: Source) -> str:
    """Return publisher and day of a source on one line, and whether its URL is missing."""
    parts = [isolated(source.publisher)] if source.publisher and source.title else []
    parts += [day_in_words(source.published)] if source.published else []
    parts += [] if source.url else [tr("no web address recorded")]
    return separator().join(parts)
