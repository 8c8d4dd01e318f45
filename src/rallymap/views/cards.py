"""The event detail card as HTML; every text in it is escaped here, and no other room writes HTML for pages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from rallymap.community_names import community_name
from rallymap.event_wording import Words, route_in_words, where_in_words, where_note, words_of
from rallymap.events import Claim, ClaimKind, CrowdClaim, Event, EventStatus, Picture, Source
from rallymap.language import ENGLISH, current_language, isolated, listed, separator, tr, trc
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


def event_card(
    event: Event,
    *,
    link: str = "",
    note: str = "",
    picture_url: str = "",
    heading: str = "h2",
    campaign_link: str = "",
    in_all_languages: bool = False,
) -> str:
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
    picture = picture_html(event.picture, picture_url) if event.picture and picture_url else ""
    words = words_of(event)
    others = in_other_languages(event, below=heading) if in_all_languages else ""
    return (
        f'<article class="rm-card" aria-label="{escape(words.title)}">'
        f"{_head(event, words, heading)}{_paragraph('rm-note', note)}{picture}"
        f'<dl class="rm-facts">{_facts(event, words, campaign_link)}</dl>'
        f"{_claims(event)}{others}{_sources(event, below=heading)}{_link(link)}"
        "</article>"
    )


def picture_html(picture: Picture, url: str) -> str:
    """Draw a picture; its size is set beforehand, so that the layout does not shift when it arrives."""
    return (
        f'<img class="rm-picture" src="{escape(url)}" alt="{escape(picture.description)}" '
        f'width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async">'
    )


def public_picture_url(event: Event) -> str:
    """Return the address of an event's public picture, relative to a page; "" where there is none."""
    return f"pictures/{event.picture.id}" if event.picture else ""


def event_line(event: Event, *, note: str, link: str) -> str:
    """Draw one event in two lines with a link that opens it in a new window; `note` says why it is shown."""
    where = where_in_words(event)
    return (
        f'<p class="rm-card rm-event-line"><a href="{escape(link)}" target="_blank" rel="noopener">'
        f"{title_html(event)}</a><small>{escape(where)}{separator()}"
        f"{escape(date_in_words(event.when, short=True))}"
        f"{separator()}{escape(note)}</small></p>"
    )


def talk(notes: Iterable[tuple[str, str, str]]) -> str:
    """Draw a talk: who wrote, when in words, and what, oldest first."""
    lines = (
        f'<li><b>{escape(author)}</b> <small>{escape(when)}</small><p dir="auto">{escape(words)}</p></li>'
        for author, when, words in notes
    )
    return f'<ul class="rm-talk">{"".join(lines)}</ul>'


def _head(event: Event, words: Words, heading: str) -> str:
    status = ""
    if event.status is not EventStatus.HELD:
        status = f'<span class="rm-status rm-status-{event.status}">{escape(tr(STATUS_LABELS[event.status]))}</span>'
    kind, lang = escape(tr(KIND_LABELS[event.kind])), lang_attribute(words.title_language)
    return (
        f'<p class="rm-kind rm-kind-{event.kind}"><i aria-hidden="true"></i>{kind}{status}</p>'
        f'<{heading} class="rm-title" dir="auto"{lang}>{escape(words.title)}</{heading}>'
        f"{_paragraph('rm-written-in', original_in(words.title_language))}"
    )


def _facts(event: Event, words: Words, campaign_link: str) -> str:
    where = where_in_words(event)
    if event.place.venue:
        # Translators: an exact location and the town, "Eidsvolls plass, Oslo, Norway".
        where = tr("{venue}, {place}", venue=isolated(event.place.venue), place=where)
    rows = [
        _fact(tr("When"), _sentence(date_in_words(event.when)), date_note(event.when)),
        _fact(tr("Where"), where, where_note(event)),
        *([_fact(tr("Route"), route_in_words(event))] if event.route else []),
        _fact(tr("Organisers"), listed(map(isolated, event.organisers)) or tr("not named by the source")),
    ]
    if event.communities:
        rows.append(_fact(tr("Community"), listed(isolated(community_name(name)) for name in event.communities)))
    if words.about:
        # One label is enough where title and summary are in one language.
        note = original_in(words.about_language) if words.about_language != words.title_language else ""
        about = trc("what an event is about", "About")
        rows.append(_fact(about, words.about, note, lang=lang_attribute(words.about_language), is_written=True))
    rows.append(_crowd(event))
    if event.campaign is not None:
        name = f"<bdi>{escape(event.campaign.name)}</bdi>"
        shown = f'<a href="{escape(campaign_link)}" target="_self">{name}</a>' if campaign_link else name
        rows.append(f"<dt>{escape(tr('Campaign'))}</dt><dd>{shown}</dd>")
    return "".join(rows)


def _sentence(words: str) -> str:
    # A date stands alone in its row: English begins it with a capital; other catalogues write it as it is to be.
    return words[:1].upper() + words[1:] if current_language().code == ENGLISH.code else words


def _fact(term: str, value: str, note: str = "", *, lang: str = "", is_written: bool = False) -> str:
    """Draw a row; `is_written` says that the value is what people wrote, in the direction of its own script."""
    direction = f' dir="auto"{lang}' if is_written else ""
    small = f"<small>{escape(note)}</small>" if note else ""
    return f"<dt>{escape(term)}</dt><dd{direction}>{escape(value)}{small}</dd>"


def _crowd(event: Event) -> str:
    if not event.crowd:
        return _fact(tr("Crowd"), tr("no estimate reported"))
    lines = "".join(
        f'<span class="rm-line">{escape(isolated(crowd_in_words(claim)))}'
        f"<small>{escape(_said_before(claim) or _said(event, claim.by, claim.source))}</small></span>"
        for claim in sorted(event.crowd, key=lambda claim: claim.is_expected)
    )
    return f"<dt>{escape(tr('Crowd'))}</dt><dd>{lines}</dd>"


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


def _claims(event: Event) -> str:
    return "".join(_claim(event, claim) for claim in event.claims)


def _claim(event: Event, claim: Claim) -> str:
    attribution = _attribution(event, tr(CLAIM_LABELS[claim.kind]), claim.by, claim.source)
    return (
        f'<blockquote class="rm-claim"><p dir="auto">{escape(_in_quotes(claim))}</p>'
        f"<footer>{escape(attribution)}</footer></blockquote>"
    )


def _in_quotes(claim: Claim) -> str:
    # A claim or demand may be in our words; only what the source puts between quotation marks is a quotation.
    if claim.kind in (ClaimKind.CLAIM, ClaimKind.DEMAND):
        return claim.text
    return claim.text if claim.text.startswith(("“", '"', "«", "„")) else tr("“{quoted}”", quoted=claim.text)


def _attribution(event: Event, label: str, by: str, source: int | None) -> str:
    if source is not None:
        reporter = tr("reported by {name}", name=_source_name(event.sources[source]))
    else:
        reporter = tr("as reported by the source")
    if by:
        # Translators: below quoted words: what they are, who said them, who reports it: "slogan, NN; reported by NRK".
        return tr("{claim}, {name}; {reporter}", claim=label, name=isolated(by), reporter=reporter)
    # Translators: below quoted words: what they are and who reports them: "slogan, reported by NRK".
    return tr("{claim}, {reporter}", claim=label, reporter=reporter)


def _sources(event: Event, *, below: str) -> str:
    if not event.sources:
        text = (
            tr("Reported by its organiser; no independent source yet.")
            if event.by_organiser
            else tr("No source given.")
        )
        return _paragraph("rm-sources", text)
    items = "".join(f"<li>{_source(source)}</li>" for source in event.sources)
    heading = tr("Source") if len(event.sources) == 1 else tr("Sources")
    tag = f"h{int(below[1:]) + 1}"
    return f'<section class="rm-sources"><{tag}>{escape(heading)}</{tag}><ul>{items}</ul></section>'


def _source(source: Source) -> str:
    title = escape(source_title(source))
    shown = f'<bdi class="rm-source-title">{title}</bdi>'
    if source.url:
        shown = _anchor(source.url, title)
    byline = source_byline(source)
    archived = (
        f"{separator()}{_anchor(source.archived_url, escape(tr('archived copy')))}" if source.archived_url else ""
    )
    return f"{shown}<small>{escape(byline)}{archived}</small>"


def source_title(source: Source) -> str:
    """Return what a source is called: its title, else its publisher, else its address."""
    return source.title or source.publisher or source.url


def source_byline(source: Source) -> str:
    """Return publisher and day of a source in one line, and whether its address is not known."""
    parts = [isolated(source.publisher)] if source.publisher and source.title else []
    parts += [day_in_words(source.published)] if source.published else []
    parts += [] if source.url else [tr("no web address recorded")]
    return separator().join(parts)


def _anchor(url: str, shown: str) -> str:
    # noreferrer: the site of a source need not learn which map its reader comes from.
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow ugc"><bdi>{shown}</bdi></a>'


def _link(link: str) -> str:
    return (
        f'<p class="rm-link"><a href="{escape(link)}" target="_self">{escape(tr("Link to this event"))}</a></p>'
        if link
        else ""
    )


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}" dir="auto">{escape(text)}</p>' if text else ""
