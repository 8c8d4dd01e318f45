"""Codes of states and provinces that tables write next to towns."""

from __future__ import annotations

US_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR".split()
)
STATE_CODES = (
    US_STATES,
    frozenset("AB BC MB NB NL NS NT NU ON PE QC SK YT".split()),
    frozenset("ACT NSW NT QLD SA TAS VIC WA".split()),
    frozenset("AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO".split()),
    frozenset("BB BE BW BY HB HE HH MV M-V NI NW NRW RP RLP SH SL SN ST LSA TH MVP BRB SAC".split()),
    frozenset("AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()),
    frozenset("Bgld Ktn NÖ OÖ Sbg Stmk Tir Vbg Wien W".split()),
)
"""Of the United States, Canada, Australia, Brazil, Germany, Switzerland and Austria."""
