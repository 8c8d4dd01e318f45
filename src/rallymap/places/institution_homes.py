"""In which countries institutions are called so: the "Ayuntamiento de Cádiz" is not in the Philippines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from rallymap.places.codes import OFFICIAL
from rallymap.places.options import Option

# What a town elsewhere loses, in log units: less than the name of a country or region gives.
_ABROAD_COST: Final = 2.5
# Words that are used in one language and, of their meanings, name institutions of a town only.
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
        ("belediyesi universitesi adliyesi valiligi hastanesi barosu cezaevi", "TR CY"),
    )
    for word in words.split()
}
_PREFECTURES: Final = (frozenset(("hotel", "ville")), frozenset(("sous", "prefecture")))


def homes_of_institution(words: Collection[str]) -> frozenset[str]:
    """Return the countries (alpha-2) where institutions have such words in their names; none where no word says."""
    homes = [_HOMES[word] for word in words if word in _HOMES]
    if any(phrase <= frozenset(words) for phrase in _PREFECTURES):
        homes.append(_HOMES["mairie"])
    return frozenset().union(*homes)


def charge_abroad(options: Iterable[Option], words: Collection[str]) -> None:
    """Add a cost to the towns in countries where institutions have no such words in their names.

    But not to those of which only the writer's language has the name: "Universidad de Ginebra".
    """
    homes = homes_of_institution(words)
    for option in options if homes else ():
        option.cost += _ABROAD_COST if option.country not in homes and option.rank <= OFFICIAL else 0.0
