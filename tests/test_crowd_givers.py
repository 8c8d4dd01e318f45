"""Classify who gives an estimate, by the name in its source."""

from __future__ import annotations

from datetime import date

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import CrowdClaim, Event, Kind, Place, Source
from rallymap.events.crowd_givers import CrowdGiver, giver_of

DAY = date(2024, 2, 24)
EVENT = Event(
    "oslo",
    "Rally in Oslo",
    Kind.RALLY,
    EventDate(DAY, DAY, DatePrecision.DAY),
    Place("Oslo"),
    sources=(Source(title="A report", publisher="The Daily"),),
)

NAMES = {
    CrowdGiver.POLICE: """police;the Metropolitan Police;NYPD;Polizei Berlin;laut Polizeiangaben;Polizeisprecherin;
        préfecture de police;la préfecture;Policía Nacional;fuentes policiales;Guardia Urbana;la Questura;politie;
        politiet;polisen;polisens uppgift;policja;według policji;policie ČR;rendőrség;полиция;по данным полиции;
        поліція;за даними поліції;міліцыя;αστυνομία;emniyet;polis;پلیس;الشرطة;משטרת ישראל;警方;경찰""",
    CrowdGiver.ORGANISERS: """the organisers;organizers;organisateurs;los organizadores;Veranstalterangaben;
        Organisatoren;organizzatori;organisatoren;arrangørene;arrangörerna;organizatorzy;pořadatelé;организаторы;организаторами;
        організатори;düzenleyenler;برگزارکنندگان;المنظمون;המארגנים;主辦方;주최측""",
    CrowdGiver.OTHERS: """a participant quoted by Vanguardia;Turkish Politics Updates;policy institute;The Gazette;
        Free Tibet;eldiario.es;World Health Organization;Politiken""",
}


@pytest.mark.parametrize("giver", NAMES)
def test_names_of_givers(giver: CrowdGiver) -> None:
    names = [name.strip() for name in NAMES[giver].split(";")]
    read = {name: giver_of(CrowdClaim(low=5, high=5, by=name), EVENT) for name in names}
    assert {name: found for name, found in read.items() if found is not giver} == {}


def test_publisher_of_a_source_is_the_press() -> None:
    assert giver_of(CrowdClaim(low=5, high=5, by="the daily"), EVENT) is CrowdGiver.PRESS
