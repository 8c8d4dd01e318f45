from datetime import date
from html.parser import HTMLParser

import pytest

from rallymap.dates import parse_edtf
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Picture,
    Place,
    Source,
    Translation,
)
from rallymap.language import Language, find_language, languages, use_language
from rallymap.views.cards import event_card, public_picture_url

PAYLOADS = [
    '<img src=x onerror="alert(1)">',
    "${alert(1)}",
    "`${alert(1)}`",
    "\\x3cimg src=x onerror=alert(1)\\x3e",
    "C:\\users",
    "{{ 7 * 7 }} {% for x in y %}",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "تظاهرات \u200c در پاریس",
]


class Outline(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def event(text: str = "Rally in Gothenburg") -> Event:
    source = Source("https://example.org/report", text, text, date(2020, 2, 4), "https://archive.example/1")
    return Event(
        "gothenburg-2020-02",
        text,
        Kind.RALLY,
        parse_edtf("2020-02-01/2020-02-02", "weekend"),
        Place(text, text),
        Location(57.7, 11.97, LocationPrecision.CITY, 9000, 0.97, "gazetteer", text, text, "SE"),
        organisers=(text,),
        communities=(text,),
        about=text,
        claims=(Claim(ClaimKind.SLOGAN, text, text, 0), Claim(ClaimKind.SPEECH, text)),
        crowd=(CrowdClaim(10, 20, text, text), CrowdClaim(words=text, source=0)),
        sources=(source, Source(title=text)),
    )


def test_event_card_says_when_where_who_and_by_whom() -> None:
    card = Outline(event_card(event(), link="?event=gothenburg-2020-02"))
    facts = [line for line in card.text.split("\n") if line]
    text = " ".join(facts)
    assert "Weekend of 1–2 February 2020" in text
    assert "the source gives the weekend, not the day" in text
    assert "city only" in text
    assert [attrs["href"] for tag, attrs in card.tags if tag == "a"] == [
        "https://example.org/report",
        "https://archive.example/1",
        "?event=gothenburg-2020-02",
    ]


def test_event_card_links_tell_the_other_site_nothing() -> None:
    links = [attrs for tag, attrs in Outline(event_card(event())).tags if tag == "a"]
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener noreferrer nofollow ugc")}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_event_card_shows_payloads_as_text(payload: str) -> None:
    card, plain = Outline(event_card(event(payload), note=payload)), Outline(event_card(event("plain"), note="plain"))
    assert [tag for tag, _ in card.tags] == [tag for tag, _ in plain.tags]
    assert [sorted(attrs) for _, attrs in card.tags] == [sorted(attrs) for _, attrs in plain.tags]
    assert payload.strip("\"'“”") in card.text


def test_event_card_of_a_bare_event_says_what_is_not_known() -> None:
    bare = Event("abc", "Bookstand", Kind.EXHIBITION, parse_edtf(""), status=EventStatus.CANCELLED)
    text = Outline(event_card(bare)).text
    for words in (
        "cancelled",
        "Date not known",
        "place not known",
        "not named by the source",
        "no estimate reported",
        "No source given.",
    ):
        assert words in text


def test_event_card_draws_the_picture_only_where_it_has_an_address() -> None:
    picture = Picture("0" * 32, 'A "banner" <b>', 1200, 800)
    held = event().changed(picture=picture)
    assert [tag for tag, _ in Outline(event_card(held)).tags if tag == "img"] == []
    assert [tag for tag, _ in Outline(event_card(event(), picture_url="x")).tags if tag == "img"] == []
    (drawn,) = (
        attrs for tag, attrs in Outline(event_card(held, picture_url=public_picture_url(held))).tags if tag == "img"
    )
    assert drawn == {
        "class": "rm-picture",
        "src": "pictures/" + "0" * 32,
        "alt": 'A "banner" <b>',
        "width": "1200",
        "height": "800",
        "loading": "lazy",
        "decoding": "async",
    }
    assert public_picture_url(event()) == ""


def test_event_card_distinguishes_expected_numbers_from_turnout() -> None:
    expected, turnout = CrowdClaim(500, 500, is_expected=True), CrowdClaim(200, 300, by="police")
    text = Outline(event_card(event().changed(crowd=(expected, turnout)))).text
    assert text.index("200–300") < text.index("says police") < text.index("500 expected")
    assert "said before the event" in text
    assert "500 expected\nas reported" not in text


def in_language(code: str) -> Language:
    language = find_language(code, languages())
    assert language is not None
    return language


@pytest.mark.parametrize("text", PAYLOADS)
def test_words_in_other_languages_are_texts_with_their_language(text: str) -> None:
    written = event().changed(title=text, about=text, language="uk", translations=(Translation("fa", text, text),))
    card = Outline(event_card(written, in_all_languages=True))
    assert not {tag for tag, _ in card.tags} & {"img", "script"}
    langs = [attrs["lang"] for _, attrs in card.tags if "lang" in attrs]
    assert langs == ["uk", "uk", "fa", "fa"]  # title, summary; and both in Persian
    assert card.text.count(text) >= 4


def test_card_says_the_language_of_an_original_that_nobody_translated() -> None:
    written = event().changed(language="de", translations=(Translation("fa", "تجمع"),))
    card = event_card(written)
    assert 'lang="de">Rally in Gothenburg</h2><p class="rm-written-in" dir="auto">Original language: German</p>' in card
    assert "In other languages" not in card
    with use_language(in_language("fa")):
        translated = event_card(written)
    assert ">تجمع</h2><dl" in translated
    assert '<dd dir="auto" lang="de">Rally in Gothenburg<small>' in translated  # the summary is not translated
    assert "آلمانی" in translated


def test_card_with_unknown_language_or_the_readers_own_says_nothing_of_it() -> None:
    plain = event_card(event(), in_all_languages=True)
    assert "lang=" not in plain
    assert event_card(event().changed(language="en"), in_all_languages=True) == plain


def test_original_in_an_unknown_language_is_listed_with_its_translations() -> None:
    written = event().changed(translations=(Translation("fa", "تجمع"),))
    assert '<li><bdi lang="fa">تجمع</bdi><small>Persian</small></li>' in event_card(written, in_all_languages=True)
    with use_language(in_language("fa")):
        card = event_card(written, in_all_languages=True)
    assert "<li><bdi>Rally in Gothenburg</bdi>" in card


def test_all_languages_are_listed_below_with_the_original_named() -> None:
    written = event().changed(language="de", translations=(Translation("en", "Rally"), Translation("fa", "تجمع")))
    card = event_card(written, in_all_languages=True)
    assert '<h2 class="rm-title" dir="auto">Rally</h2>' in card
    assert (
        '<ul><li><bdi lang="de">Rally in Gothenburg</bdi><small>Original: German</small>'
        '<p lang="de" dir="auto">Rally in Gothenburg</p></li>'
        '<li><bdi lang="fa">تجمع</bdi><small>Persian</small></li></ul>'
    ) in card
