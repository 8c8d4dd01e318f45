"""Codes of states and provinces that tables write next to towns."""

from __future__ import annotations

US_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR".split()
)
REGIONS = frozenset(
    "alabama;alaska;arizona;arkansas;california;colorado;connecticut;delaware;florida;hawaii;idaho;illinois;indiana;iowa;"
    "kansas;kentucky;louisiana;maine;maryland;massachusetts;michigan;minnesota;mississippi;missouri;montana;nebraska;"
    "nevada;new hampshire;new jersey;new mexico;new york state;north carolina;north dakota;ohio;oklahoma;oregon;"
    "pennsylvania;rhode island;south carolina;south dakota;tennessee;texas;utah;vermont;virginia;washington state;"
    "west virginia;wisconsin;wyoming;ontario;british columbia;alberta;saskatchewan;manitoba;nova scotia;new brunswick;"
    "newfoundland;prince edward island;new south wales;queensland;south australia;western australia;tasmania;"
    "baden württemberg;bayern;bavaria;brandenburg;hessen;mecklenburg vorpommern;niedersachsen;nordrhein westfalen;"
    "rheinland pfalz;saarland;sachsen;saxony;sachsen anhalt;schleswig holstein;thüringen;thuringia;steiermark;kärnten;"
    "niederösterreich;oberösterreich;tirol;vorarlberg;burgenland;andalucía;cataluña;catalunya;galicia;bretagne;normandie;"
    "occitanie;lombardia;toscana;sicilia;piemonte;veneto;puglia".split(";")
)
"""Names of states that are neither towns nor countries, in lower case without hyphens."""
STATE_CODES = (
    US_STATES,
    frozenset("AB BC MB NB NL NS NT NU ON PE QC SK YT".split()),
    frozenset("ACT NSW NT QLD SA TAS VIC WA".split()),
    frozenset("AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO".split()),
    frozenset("BB BE BW BY HB HE HH MV M-V NI NW NRW RP RLP SH SL SN ST LSA TH MVP BRB SAC".split()),
    frozenset("AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()),
    frozenset("Bgld Ktn NÖ OÖ Sbg Stmk Tir Vbg Wien W".split()),
)
"""Codes of the United States, Canada, Australia, Brazil, Germany, Switzerland and Austria."""
