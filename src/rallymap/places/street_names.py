"""Rate a town written after a street name without a comma: "Rue Voltaire Paris", "Rue Jack London".

The last word of a street name can be a town, or the family name of a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import CITY, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.given_names import is_given_name
from rallymap.places.inflection import base_words
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment
from rallymap.places.readings import is_explained
from rallymap.places.scripts import is_foreign_script
from rallymap.venue_words import BEHIND_ADJECTIVES

#: The name can equally be a person's family name.
_A_FAMILY_NAME: Final = 0.35
#: The name is more likely a town than a family name.
_LIKELY: Final = 0.75
_A_CITY: Final = 50_000
_A_GREAT_CITY: Final = 500_000
_FRENCH: Final = "FR BE CH LU MC CA HT DZ MA TN SN CI CM CD CG ML BF BJ TG NE GA GN MG LB RE GP MQ GF NC PF MU DJ TD"
_SPANISH: Final = "ES MX AR CL CO PE VE EC BO PY UY CR PA GT HN NI SV DO CU PR GQ US PH GI AD"
_GERMAN: Final = "DE AT CH LU LI BE IT"
_NORDIC: Final = "SE NO DK FI IS FO GL AX"
#: Words for a street, and the countries that use them; words of many languages ("avenue") are left out.
_AT_HOME: Final = {
    fold_letters(word): frozenset(codes.split())
    for words, codes in (
        ("rue quai impasse parvis chaussee cours", _FRENCH),
        ("calle glorieta paseo carrera", _SPANISH),
        ("rua largo praca travessa", "PT BR AO MZ CV GW ST TL MO"),
        ("via viale piazza corso piazzale", "IT CH SM VA"),
        ("strasse platz gasse", _GERMAN),
        ("ulica ul plac pl aleja aleje rynek ulice namesti trida trg", "PL CZ SK SI HR RS BA ME MK"),
        ("strada calea piata bulevardul", "RO MD IT"),
        ("meydan meydani meydaninda cadde caddesi caddesinde sokak sokagi bulvari bulvarinda parki", "TR CY"),
        ("torg torget gata gatan vag vagen platsen gate gaten vei veien plass plassen", _NORDIC),
        ("vej plads pladsen torv torvet", _NORDIC),
        ("plats", f"{_NORDIC} EE"),
        ("raekoja", "EE"),
        ("parka qada meydana kolana saredariya saredariye balyozxaneya konsolxaneya", "TR SY IQ IR"),
        ("katu tori aukio puisto", "FI"),
        ("utca ter korut tere", "HU RO SK RS"),
        ("iela laukums laukuma gatve aikste prospektas valjak tanav puiestee", "LV LT EE"),
        ("straat plein laan gracht kade", "NL BE SR ZA"),
        # Words for events in languages that inflect names.
        ("meeleavaldus meeleavaldused demonstratsioon", "EE"),
        ("mitingas piketas protestas eitynes", "LT"),
        ("pikets gajiens", "LV"),
        ("mielenosoitus mielenilmaus", "FI"),
        ("tuntetes felvonulas", "HU RO SK RS"),
        ("manifestacja wiec pikieta", "PL"),
    )
    for word in words.split()
}  # fmt: skip

#: Words for the main square of a town, which needs no other name: "Trondheim torg".
_MARKETS: Final = frozenset(("torg", "torget", "torv", "torvet", "rynek"))
_SQUARES: Final = frozenset("place plaza piazza praca largo plac platz trg torg plein".split())
#: Capitals whose names are rarely family names: "Piazza Vittorio Roma", but "Plaza José Córdoba" is a person's.
_CAPITALS: Final = frozenset(
    (name,) for name in "roma madrid lisboa paris warszawa caracas bogota praha wien bucuresti beograd zagreb".split()
)
#: Words that English puts after the name of a street or square.
_ENGLISH: Final = frozenset(
    "square plaza park street avenue road boulevard bridge garden gardens tower memorial monument fountain gate".split()
)
_ROMANCE: Final = frozenset(("place", "plaza", "avenue", "boulevard"))
_ROMANCE_COUNTRIES: Final = frozenset(f"{_FRENCH} {_SPANISH}".split()) - {"US"}
#: Names of streets in many towns: ideas, and persons with a single name.
_COMMEMORATED: Final = frozenset(
    fold_letters(
        """
        peace hope justice unity solidarity harmony democracy equality dignity paz paix pace frieden justicia giustizia
        gerechtigkeit solidaridad solidarite solidaritat
        azadi tahrir istiqlal hurriyet cumhuriyet liberty freedom independence liberte republique revolution libertad
        independencia revolucion republica liberdade independencia liberta indipendenza freiheit republik
        augusta bolivar cavour colon dante foch garibaldi lenina mazzini roosevelt royale verdi victoria vittoria wilson
        республики победы свободы революции независимости мира труда конституции согласия ленина республіки перемоги
        незалежності волі революції соборна республика победа свобода независимост слободе републике
        آزادی انقلاب جمهوری استقلال شهدا ملت پیروزی الحریه التحریر الاستقلال الجمهوریه الشهداء الثوره النصر السلام الامم
        הרפובליקה העצמאות החירות השלום δημοκρατίας ελευθερίας συντάγματος ανεξαρτησίας ئازادی سهربهخۆیی
        """
    ).split()
)
_ENGLISH_SPEAKING: Final = frozenset(
    "US CA GB AU NZ IE ZA IN NG KE GH UG ZM ZW SG MT JM BZ BS BB TT GY FJ PG PK PH".split()
)
_ENGLISH_WORDS: Final = frozenset(
    "court courts square church street road bridge library university college council justice embassy consulate".split()
)


def is_commemorated(words: Iterable[str]) -> bool:
    """Return whether streets and squares in many towns have this name: "Liberty", "Azadî"."""
    return all(word in _COMMEMORATED for word in words)


def countries_of_street(words: Iterable[str]) -> frozenset[str]:
    """Return the countries that use such a word in street names; empty if it is English or of no single language."""
    return frozenset().union(*(_AT_HOME.get(word, frozenset()) for word in words))


def is_english_abroad(words: Iterable[str], country: str) -> bool:
    """Return whether words for a venue are English although the country (alpha-2) does not use English."""
    return country not in _ENGLISH_SPEAKING and not _ENGLISH_WORDS.isdisjoint(words)


def rate_town_after(gazetteer: Gazetteer, head: str, name: tuple[str, ...], town: Segment) -> float:
    """Return the maximum confidence in a town after a street name: 1 if nothing contradicts it.

    Parameters
    ----------
    gazetteer
        Gazetteer that contains the town.
    head
        The word for street: "rue".
    name
        The words between it and the town: ("jack",).
    town
        The town, with its words in their base form.
    """
    own = [word for word in name if not is_explained(word)]
    if not _COMMEMORATED.isdisjoint(own):
        return 1.0
    # "Plaza de Armas Santiago": the words after "de" are rarely a person's full name.
    if own and name[0] == own[0] and all(_is_given(head, word) for word in own):
        return _A_FAMILY_NAME if len(own) == 1 and not (head in _SQUARES and town.words in _CAPITALS) else _LIKELY
    countries = countries_of_town(gazetteer, town.words)
    home = _AT_HOME.get(head)
    if own and home is not None and countries.isdisjoint(home):
        return _LIKELY
    is_foreign = all(is_foreign_script(town.words[0], country) for country in countries)
    if own and is_foreign:
        return _A_FAMILY_NAME  # "میدان جک لندن": the lists contain few foreign given names in this script
    return 1.0


def rate_town_before(gazetteer: Gazetteer, head: str, name: tuple[str, ...], town: tuple[str, ...]) -> float:
    """Return the maximum confidence in a town before a street name; 0 if it is none: "Washington Irving Street".

    For "İzmir Konak Meydanı", `head` is "meydani", `name` ("konak",) and `town` ("izmir",).
    """
    own = [word for word in name if not is_explained(word)]
    if (not name and head not in _MARKETS) or (len(town) == 1 and is_given_name(town[0]) and len(own) == 1):
        return 0.0
    cities = [
        posting.place
        for posting in gazetteer.find(join_key(town))
        if posting.kind == CITY and posting.rank <= OFFICIAL and gazetteer.population(posting.place) >= _A_CITY
    ]
    home = _AT_HOME.get(head, frozenset())
    if any(gazetteer.country(place) in home for place in cities):
        return 1.0 if name else _LIKELY
    is_great = any(gazetteer.population(place) >= _A_GREAT_CITY for place in cities)
    return _LIKELY if is_great and head in _ENGLISH and not is_given_name(town[0]) else 0.0


def can_precede_name(gazetteer: Gazetteer, head: str, town: tuple[str, ...]) -> bool:
    """Return whether a town can precede a word that ends a name in English: not "Union" in "Union Square"."""
    countries = countries_of_town(gazetteer, town)
    if head in _ROMANCE and not countries.isdisjoint(_ROMANCE_COUNTRIES):
        return True  # "Paris Place de la République"
    if len(town) == 1 and is_given_name(town[0]):
        return False  # "Washington Square News"
    return any(
        gazetteer.population(posting.place) >= _A_GREAT_CITY
        for posting in gazetteer.find(join_key(town))
        if posting.kind == CITY and posting.rank <= OFFICIAL
    )


def countries_of_town(gazetteer: Gazetteer, words: tuple[str, ...]) -> set[str]:
    """Return the countries of the cities with this name."""
    return {
        gazetteer.country(posting.place)
        for posting in gazetteer.find(join_key(words))
        if posting.kind == CITY and gazetteer.population(posting.place) >= _A_CITY
    }


def _is_given(head: str, word: str) -> bool:
    if is_given_name(word):
        return True
    # Slavic and Baltic street names are in the genitive: "ulica Jacka Londona".
    return head in BEHIND_ADJECTIVES and any(is_given_name(form) for form in base_words(word))
