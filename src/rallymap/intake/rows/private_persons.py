"""Recognise private persons among those who registered an event: their names are not published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rallymap.community_names import NAMES
from rallymap.countries import read_country_code
from rallymap.demonyms import country_of_demonym
from rallymap.intake.lexicon import fold

_PRIVATE = frozenset(
    "privat;privé;privée;privado;privada;privato;private;prywatnie;"
    "privatperson;privatpersonen;natürliche person;natürliche personen;einzelperson;private person;private individual;"
    "individual;particulier;personne privée;persona particular;particular;privato;privatpersoner;osoba prywatna;"
    "частное лицо;фізична особа;physical person;yksityishenkilö;soukromá osoba;fyzická osoba;osoba fizyczna;"
    "физическое лицо;приватна особа;magánszemély;"
    "persoană fizică;persona física;persona fisica;pessoa física;pessoa singular;personne physique".split(";")
)
_APPLICANT = tuple(
    map(
        fold,
        "anmelder anmeldend antragsteller anzeigend leiter déclarant demandeur pétitionnaire sökande anmälare søker "
        "søkar ansøger anmeldar aanvrager kennisgever melder indiener zgłaszając wnioskodawc заявител заявник "
        "подател solicitante requerente notificante comunicante declarante richiedente dichiarante preavvis "
        "svolavatel oznamovatel ohlašovatel bejelentő szervezőneve başvuran bildiren applicant notifier notifying "
        "petitioner permittee permitholder registrant hakija ilmoittaja αιτών δηλών".split(),
    )
)
"""Words in headings for a person who registered or applied for an event, which registers keep by name."""
_TITLE = re.compile(
    r"(?:m|mm|mr|mrs|ms|miss|mme|mlle|mlles|monsieur|madame|herr|herrn|frau|fr|hr|dhr|mevr|mevrouw|meneer|sr|sra|srta|"
    r"señor|señora|don|doña|dña|d|dª|sig|sig\.ra|signor|signora|pan|pani|paní|fru|гр|г-н|г-жа|пан|пані)\.?\s+(?=\w)",
    re.IGNORECASE,
)
_ABOVE_ALL = frozenset("dr prof ing mag dipl jr sen".split())
_PARTICLES = frozenset(
    "von van de der den del della di da do dos du la le el al bin bint ibn ben abu zu zum ter".split()
)
_GROUP = re.compile(
    r"linke|verein|verband|vereinig|verenig|gruppe|grupp|group|grup|initiativ|bündnis|union|unión|gemeinde|gemeinschaft|"
    r"partei|parti|party|komit|comit|commit|kollektiv|collecti|colectiv|kolektiv|coletiv|netz|network|forum|rat$|"
    r"council|conse|front|bewegung|mouvement|movement|movimi|moviment|stiftung|foundation|fundaci|fondation|fondazione|"
    r"stichting|jugend|youth|student|förening|forening|forbund|förbund|lig[aue]|league|société|society|club|klub|klub|"
    r"churc|kirche|église|kerk|amnesty|green|grüne|frauen|women|femmes|mujeres|gewerkschaft|syndic|sindica|sindaca|"
    r"associa|asocia|assoz|stowarzysz|fundacj|hnut|spolek|spolk|iniciat|plattform|platform|plataforma|coalition|"
    r"koalition|coalic|kampagn|campaign|center|centre|zentrum|kultur|haus|friend|freund|amis|solidar|diaspora|peace|"
    r"frieden|freiheit|freedom|future|action|aktion|acci[oó]n|team|zentralrat|institut|schule|school|univers|gmbh|"
    r"общество|объедин|союз|движени|партия|комитет|фонд|спілка|рух|громад|об'єднан|об’єднан|seura|yhdistys|liitto|"
    r"σύλλογ|ένωση|κίνημα|egyesület|mozgalom|alapítvány|dernek|derneği|platformu|sendika",
    re.IGNORECASE,
)
_NAME_PARTS = range(2, 5)
_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")


def names_private_persons(texts: Iterable[str]) -> bool:
    """Return whether a column says of some organisers only that they are private persons; it may name others."""
    return any(" ".join(text.casefold().split()) in _PRIVATE for text in texts)


@lru_cache(maxsize=4096)
def is_private_person(text: str, heading: str, *, may_be_named: bool = False) -> bool:
    """Return whether a cell of a column for organisers names a private person.

    That is a cell that says so, a name with a form of address, and in a column for applicants a text of the form
    "Given Surname" or "Surname, Given" without a word for a group, a country or a people.

    Parameters
    ----------
    text, heading
        The cell, and the heading of its column.
    may_be_named
        Whether other cells of the column say "private person", so that the column is one for applicants.
    """
    text = " ".join(text.split())
    if text.casefold() in _PRIVATE:
        return True
    if _TITLE.match(text) and not _GROUP.search(text):
        return _is_name(_TITLE.sub("", text), 1)
    folded = fold(heading).replace(" ", "")
    return (may_be_named or any(word in folded for word in _APPLICANT)) and _is_name(text, _NAME_PARTS[0])


def _is_name(text: str, least: int) -> bool:
    words = [word for word in re.split(r"[\s,]+", text) if word and word.casefold().strip(".") not in _ABOVE_ALL]
    named = [word for word in words if word.casefold() not in _PARTICLES]
    if text.count(",") > 1 or not least <= len(named) < _NAME_PARTS.stop or _GROUP.search(text):
        return False
    if not all(map(_is_name_part, named)) or (least > 1 and all(map(_is_acronym, named))):
        return False
    return not any(country_of_demonym(word) or read_country_code(word) or word in NAMES for word in named)


def _is_acronym(word: str) -> bool:
    return word.isupper() and "." not in word


def _is_name_part(word: str) -> bool:
    if _INITIAL.fullmatch(word):
        return True
    letters = re.sub(r"[-'’.]", "", word)
    return letters.isalpha() and letters[0].isupper() and len(letters) > 1
