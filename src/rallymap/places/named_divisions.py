"""Divisions named with the word for them: "w województwie śląskim", "im Landkreis Görlitz", "in provincia di Bergamo".

The word excludes towns and namesakes in other countries. If the gazetteer lacks the division, a town in the country
with this name is its seat, and so inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from rallymap.folding import fold_letters
from rallymap.places.codes import ADMIN1, ADMIN2, ALTERNATE, CITY, SHORTENED
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import base_words
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment
from rallymap.places.readings import GENERIC, Reading
from rallymap.places.vocabulary import FILLERS, LOCATIVE

# Countries: forms of the word for a division, as people write them there; the first one in names.
_TABLE: Final = """
PL|województwo województwie województwa województwem powiat powiecie powiatu
CZ SK|kraj kraji kraje krajem kraju okres okrese okresu okresem
HR BA|županija županiji županije županijom kanton kantonu
LT|apskritis apskrityje apskrities rajonas rajone savivaldybė savivaldybėje
LV|novads novadā novada
EE|maakond maakonnas maakonna
FI|maakunta maakunnassa maakunnan lääni läänissä
SE FI|län länet landskapet
NO|fylke fylket
DE|landkreis kreis landkreises kreises regierungsbezirk
AT CH|kanton bezirk kantons bundesland
NL BE|provincie
FR|département departement région
DZ TN MA|wilaya gouvernorat
IT|provincia regione
ES|provincia comarca
AR CL CO BO PE EC CR CU PA DO|provincia departamento región
MX VE|estado municipio
PT|distrito concelho
BR|estado município
RO MD|judetul județul județ județului raionul
HU|megye megyében megyei megyéből vármegye vármegyében
TR|ili ilinde iline ilinden ilinin ilçesi ilçesinde ilçesine
AZ|rayonu rayonunda
GR|περιφέρεια περιφέρειας νομός νομό νομού
IR|استان شهرستان
AF|ولایت
SY IQ LB EG JO PS YE SA TN DZ OM MA LY SD|محافظة ولاية إقليم قضاء
IL|מחוז
IQ SY TR IR|parêzgeha parêzgeh پارێزگای پارێزگا
AM|մարզ մարզում մարզի
GE|მხარე მხარეში
AL XK|qarku qarkun rrethi
ID|provinsi kabupaten
VN|tỉnh
TH|จังหวัด
RU BY KZ KG|область области край крае края краю район районе района округ округе
UA|область області район районі району
BG|област област област окръг
RS|округ округу okrug okrugu
"""
_OF: Final = FILLERS | frozenset("o do da dos das de des du di della del dell d la le of".split())
_ADJECTIVES: Final = (
    ("im", ("ie", "i")), ("iego", ("ie", "i")), ("em", ("y",)), ("ym", ("ie",)), ("om", ("y",)),
    ("oj", ("a",)), ("e", ("a",)), ("u", ("",)), ("ho", ("",)), ("eho", ("y",)),
    ("ом", ("ии",)), ("ої", ("а",)), ("іи", ("а",)),
)  # fmt: skip
_MAX_NAME_WORDS: Final = 5
_A_TOWN: Final = 1000
_SEAT: Final = 1.0  # cost in log units
_AT_SEAT: Final = 0.75


class _Word(NamedTuple):
    """A word for a division: its countries, and its forms in names."""

    countries: frozenset[str]
    in_names: tuple[str, ...]


def _read_table() -> dict[str, _Word]:
    found: dict[str, _Word] = {}
    for line in _TABLE.strip().splitlines():
        countries, _, forms = line.partition("|")
        words = [fold_letters(form) for form in forms.split()]
        for word in words:
            before = found.get(word, _Word(frozenset(), ()))
            found[word] = _Word(before.countries | set(countries.split()), tuple({*before.in_names, *words}))
    return found


_WORDS: Final = _read_table()
_has_no_word: Final = _WORDS.keys().isdisjoint


def read_division(gazetteer: Gazetteer, segment: Segment) -> Reading | None:
    """Read the division that a segment names with a word for it; None if there is no such word, or none known."""
    words = segment.words
    if _has_no_word(words) or len(words) < 2:
        return None
    while len(words) > 2 and (words[0] in _OF or words[0] in LOCATIVE):
        words = words[1:]
    if words[0] in _WORDS:
        word, name = words[0], words[1:]
        while len(name) > 1 and name[0] in _OF:
            name = name[1:]
    elif words[-1] in _WORDS:
        word, name = words[-1], words[:-1]
    else:
        return None
    if not 0 < len(name) <= _MAX_NAME_WORDS:
        return None
    countries, in_names = _WORDS[word]
    for form in _forms(name):
        keys = [join_key(form), *(join_key(full) for other in in_names for full in ((other, *form), (*form, other)))]
        found = {
            posting.place: posting
            for key in keys
            for posting in gazetteer.find(key)
            if posting.kind in (ADMIN1, ADMIN2) and posting.rank <= ALTERNATE
            if gazetteer.country(posting.place) in countries
        }
        if found:
            return Reading(tuple(found.values()), GENERIC)
    for form in _forms(name):
        seats = tuple(posting for posting in gazetteer.find(join_key(form)) if _is_seat(gazetteer, posting, countries))
        if seats:
            return Reading(seats, GENERIC, _SEAT)
    return None


def keep_division(gazetteer: Gazetteer, segment: Segment) -> Segment | None:
    """Return a segment that names a division, less certain if only its seat is known; None for other segments."""
    reading = read_division(gazetteer, segment)
    if reading is None:
        return None
    return segment._replace(max_confidence=_AT_SEAT) if reading.postings[0].kind == CITY else segment


def _is_seat(gazetteer: Gazetteer, posting: Posting, countries: frozenset[str]) -> bool:
    return (
        posting.kind == CITY
        and posting.rank <= SHORTENED
        and gazetteer.population(posting.place) >= _A_TOWN
        and gazetteer.country(posting.place) in countries
    )


def _forms(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name, and what it may be in the nominative."""
    yield name
    for ending, bases in _ADJECTIVES:
        if name[-1].endswith(ending):
            for base in bases:
                yield (*name[:-1], name[-1].removesuffix(ending) + base)
    for form in base_words(name[-1]):
        yield (*name[:-1], form)
