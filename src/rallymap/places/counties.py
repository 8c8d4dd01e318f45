"""Counties of the United Kingdom that people write after a town, although the gazetteer has other divisions there.

Each county maps to the present districts in its area, past or present: "Newport, Gwent", "Lincoln, Lincs", "Perth,
Perthshire". Sources: the ceremonial counties of the Lieutenancies Act 1997, the preserved counties of Wales, the
counties of Scotland until 1975 and of Northern Ireland until 1973; abbreviations from the Royal Mail's list of postal
counties.
"""

from __future__ import annotations

import functools
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import ADMIN2, PRIMARY
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import fold_key, join_key

# County / other names: its districts, as named in the gazetteer. A district with the county's name is part of it.
_TABLE: Final = """
Avon: City of Bristol; South Gloucestershire; North Somerset; Bath and North East Somerset
Bedfordshire / Beds: Bedford; Central Bedfordshire; Luton
Berkshire / Berks / Royal Berkshire: West Berkshire; Reading; Wokingham; Bracknell Forest; Windsor and Maidenhead;
  Slough
Buckinghamshire / Bucks: Buckinghamshire; Milton Keynes
Cambridgeshire / Cambs: Cambridgeshire; Peterborough
Cheshire: Cheshire East; Cheshire West and Chester; Warrington; Halton; Stockport; Trafford; Tameside; Wirral
Cleveland: Middlesbrough; Redcar and Cleveland; Stockton-on-Tees; Hartlepool
Cornwall
Cumbria
Cumberland: Cumbria
Westmorland: Cumbria
Derbyshire / Derbys: Derbyshire; Derby
Devon / Devonshire: Devon; Plymouth; Torbay
Dorset: Dorset; Bournemouth, Christchurch and Poole
Durham / County Durham / Co Durham: County Durham; Darlington; Hartlepool; Stockton-on-Tees; Gateshead; Sunderland;
  South Tyneside
East Sussex / E Sussex: East Sussex; Brighton and Hove
West Sussex / W Sussex
Sussex: East Sussex; West Sussex; Brighton and Hove
Essex: Essex; Southend-on-Sea; Thurrock; Greater London
Gloucestershire / Glos: Gloucestershire; South Gloucestershire
Greater Manchester / Gtr Manchester: Manchester; Salford; Bolton; Bury; Oldham; Rochdale; Stockport; Tameside;
  Trafford; Wigan
Hampshire / Hants: Hampshire; Southampton; Portsmouth
Herefordshire
Hertfordshire / Herts
Humberside: Kingston upon Hull; East Riding of Yorkshire; North Lincolnshire; North East Lincolnshire
Huntingdonshire / Hunts: Cambridgeshire
Isle of Wight / IOW
Kent: Kent; Medway; Greater London
Lancashire / Lancs: Lancashire; Blackburn with Darwen; Blackpool; Bolton; Bury; Oldham; Rochdale; Wigan; Manchester;
  Salford; Liverpool
Leicestershire / Leics: Leicestershire; Leicester
Lincolnshire / Lincs: Lincolnshire; North Lincolnshire; North East Lincolnshire
Merseyside: Liverpool; Wirral; Sefton; Knowsley; St. Helens
Middlesex / Middx: Greater London; Surrey
Norfolk
Northamptonshire / Northants: North Northamptonshire; West Northamptonshire
Northumberland / Northd: Northumberland; Newcastle upon Tyne; North Tyneside
North Yorkshire / N Yorkshire / N Yorks: North Yorkshire; York; Middlesbrough; Redcar and Cleveland
Nottinghamshire / Notts: Nottinghamshire; Nottingham
Oxfordshire / Oxon
Rutland
Shropshire / Salop: Shropshire; Telford and Wrekin
Somerset / Som: Somerset; North Somerset; Bath and North East Somerset
South Yorkshire / S Yorkshire / S Yorks: Sheffield; Rotherham; Doncaster; Barnsley
Staffordshire / Staffs: Staffordshire; Stoke-on-Trent; Wolverhampton; Walsall
Suffolk
Surrey: Surrey; Greater London
Tyne and Wear / Tyne & Wear: Newcastle upon Tyne; Gateshead; Sunderland; North Tyneside; South Tyneside
Warwickshire / Warks: Warwickshire; Coventry; Solihull; Birmingham
West Midlands: Birmingham; Coventry; Dudley; Sandwell; Solihull; Walsall; Wolverhampton
West Yorkshire / W Yorkshire / W Yorks: Leeds; Bradford; Calderdale; Kirklees; Wakefield
Wiltshire / Wilts: Wiltshire; Swindon
Worcestershire / Worcs: Worcestershire; Dudley
Yorkshire / Yorks: North Yorkshire; York; Leeds; Bradford; Calderdale; Kirklees; Wakefield; Sheffield; Rotherham;
  Doncaster; Barnsley; East Riding of Yorkshire; Kingston upon Hull; Middlesbrough; Redcar and Cleveland
East Yorkshire / East Riding / E Yorks: East Riding of Yorkshire; Kingston upon Hull
Anglesey / Ynys Mon: Isle of Anglesey
Breconshire / Brecknockshire: Powys
Caernarfonshire / Carnarvonshire: Gwynedd; Conwy
Cardiganshire: Ceredigion
Carmarthenshire
Clwyd: Denbighshire; Flintshire; Wrexham; Conwy
Denbighshire: Denbighshire; Conwy; Wrexham
Dyfed: Ceredigion; Carmarthenshire; Pembrokeshire
Flintshire
Glamorgan / Glamorganshire: The Vale of Glamorgan; Cardiff; Swansea; Bridgend; Neath Port Talbot; Rhondda Cynon
  Taff; Merthyr Tydfil; Caerphilly
Mid Glamorgan: Rhondda Cynon Taff; Bridgend; Merthyr Tydfil; Caerphilly
South Glamorgan: Cardiff; The Vale of Glamorgan
West Glamorgan: Swansea; Neath Port Talbot
Gwent: Newport; Monmouthshire; Torfaen; Blaenau Gwent; Caerphilly
Gwynedd: Gwynedd; Isle of Anglesey; Conwy
Merionethshire: Gwynedd
Monmouthshire: Monmouthshire; Newport; Torfaen; Blaenau Gwent
Montgomeryshire: Powys
Pembrokeshire
Powys
Radnorshire: Powys
Aberdeenshire: Aberdeenshire; Aberdeen City
Angus / Forfarshire: Angus; Dundee City
Argyll / Argyllshire: Argyll and Bute; Highland
Ayrshire: East Ayrshire; North Ayrshire; South Ayrshire
Banffshire: Aberdeenshire; Moray
Berwickshire: Scottish Borders
Caithness: Highland
Clackmannanshire
Dumfriesshire: Dumfries and Galloway
Dunbartonshire: East Dunbartonshire; West Dunbartonshire; Argyll and Bute; North Lanarkshire
Fife
Inverness-shire: Highland
Kincardineshire: Aberdeenshire
Kinross-shire: Perth and Kinross
Kirkcudbrightshire: Dumfries and Galloway
Lanarkshire: North Lanarkshire; South Lanarkshire; Glasgow City
Lothian: City of Edinburgh; East Lothian; Midlothian; West Lothian
Moray / Morayshire: Moray; Highland
Nairnshire: Highland
Peeblesshire: Scottish Borders
Perthshire: Perth and Kinross; Stirling
Renfrewshire: Renfrewshire; East Renfrewshire; Inverclyde; Glasgow City
Ross-shire: Highland
Roxburghshire: Scottish Borders
Selkirkshire: Scottish Borders
Stirlingshire: Stirling; Falkirk
Sutherland: Highland
Wigtownshire: Dumfries and Galloway
Antrim / County Antrim / Co Antrim: Antrim and Newtownabbey; Mid and East Antrim; Causeway Coast and Glens; Lisburn
  and Castlereagh; Belfast City
Armagh / County Armagh / Co Armagh: Armagh City, Banbridge and Craigavon; Newry, Mourne and Down
County Down / Co Down: Ards and North Down; Newry, Mourne and Down; Lisburn and Castlereagh; Armagh City, Banbridge
  and Craigavon; Belfast City
Fermanagh / County Fermanagh / Co Fermanagh: Fermanagh and Omagh
County Londonderry / Co Londonderry / County Derry / Co Derry: Derry and Strabane; Causeway Coast and Glens;
  Mid-Ulster
Tyrone / County Tyrone / Co Tyrone: Fermanagh and Omagh; Mid-Ulster; Derry and Strabane
"""


@functools.cache
def _counties() -> dict[str, tuple[str, ...]]:
    """Return the keys of each county's districts, by the county's key."""
    counties: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.strip().replace("\n  ", " ").splitlines():
        names, _, districts = line.partition(":")
        first, *others = names.split("/")
        held = tuple(fold_key(district) for district in (districts or first).split(";"))
        for name in (first, *others):
            counties[join_key(fold_letters(name).split())] = held
    return counties


def districts_of_county(gazetteer: Gazetteer, words: tuple[str, ...]) -> list[int]:
    """Return the second-level divisions of a British county, by its folded words; [] for any other name."""
    return [
        posting.place
        for key in _counties().get(join_key(words), ())
        for posting in gazetteer.find(key)
        if posting.kind == ADMIN2 and posting.rank == PRIMARY and gazetteer.country(posting.place) == "GB"
    ]


def leave_out_london(gazetteer: Gazetteer, districts: list[int]) -> list[int]:
    """Drop Greater London if it is not the county: it absorbed parts of Essex, but "Essex" is not London."""
    return [place for place in districts if place == districts[0] or gazetteer.name(place) != "Greater London"]
