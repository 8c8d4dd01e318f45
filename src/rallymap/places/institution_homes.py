"""Countries by words in names of institutions: the "Ayuntamiento de Cádiz" is not in the Philippines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from rallymap.places.codes import OFFICIAL
from rallymap.places.options import Option

# Cost for a town in another country, in log units: less than the gain for a named country or region.
_ABROAD_COST: Final = 2.5
# Words that are used in one language only, and only for institutions of a town.
_HOMES: Final = {
    word: frozenset(codes.split())
    for words, codes in (
        (
            "mairie universite hopital commissariat rectorat chu",
            "FR BE CH LU MC CA HT DZ MA TN SN CI CM CD CG ML BF BJ TG NE GA GN MG LB RE GP MQ GF NC PF MU DJ TD KM YT",
        ),
        (
            "ayuntamiento alcaldia municipalidad universidad juzgado juzgados gobernacion intendencia estacion",
            "ES MX AR CL CO PE VE EC BO PY UY CR PA GT HN NI SV DO CU PR GQ AD",
        ),
        ("prefeitura universidade estacao reitoria camara", "PT BR AO MZ CV GW ST TL MO ES"),
        ("comune questura prefettura universita ospedale tribunale stazione", "IT CH SM VA"),
        (
            "rathaus bahnhof hauptbahnhof hbf amtsgericht landgericht universitat klinikum krankenhaus stadthalle",
            "DE AT CH LU LI BE IT NA",
        ),
        ("stadhuis gemeentehuis universiteit ziekenhuis rechtbank", "NL BE SR ZA AW CW"),
        ("radhus radhuset stadshus domkyrka domkirke sjukhus sykehus tingsratt tinghus", "SE NO DK FI IS FO GL AX"),
        ("slimnica slimnicas stacija pilsetas novada ratsnams pils teatris", "LV"),
        ("ligonine ligonines savivaldybe savivaldybes teismas stotis rotuse pilis teatras", "LT"),
        ("haigla raekoda linnavalitsus raudteejaam ulikool", "EE"),
        ("yliopisto kaupungintalo rautatieasema oikeustalo sairaala", "FI"),
        ("egyetem varoshaza palyaudvar korhaz torvenyszek", "HU RO RS SK"),
        ("szpital ratusz dworzec politechnika uniwersytet", "PL"),
        ("nemocnice radnice nadrazi nemocnica radnica", "CZ SK"),
        ("belediyesi universitesi adliyesi valiligi hastanesi barosu cezaevi", "TR CY"),
    )
    for word in words.split()
}
_PREFECTURES: Final = (frozenset(("hotel", "ville")), frozenset(("sous", "prefecture")))


def countries_of_institution(words: Collection[str]) -> frozenset[str]:
    """Return the countries (alpha-2) where institutions use these words; empty if no word is specific."""
    homes = [_HOMES[word] for word in words if word in _HOMES]
    if any(phrase <= frozenset(words) for phrase in _PREFECTURES):
        homes.append(_HOMES["mairie"])
    return frozenset().union(*homes)


def penalise_abroad(options: Iterable[Option], words: Collection[str]) -> None:
    """Add a cost to towns in countries where institutions do not use these words.

    Names that exist only in the writer's language are exempt: "Universidad de Ginebra".
    """
    homes = countries_of_institution(words)
    for option in options if homes else ():
        option.cost += _ABROAD_COST if option.country not in homes and option.rank <= OFFICIAL else 0.0
