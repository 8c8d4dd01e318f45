"""Words that structure a place text: abbreviations of regions, prepositions, and words that indicate a venue.

All words are folded with `normalize.fold_letters`. Sources: USPS Publication 28 (postal codes), the Associated Press
stylebook (datelines), Canada Post, Australia Post; the rest is common usage.
"""

from __future__ import annotations

from typing import Final

from rallymap.folding import fold_letters

_US: Final = """
AL Alabama Ala; AK Alaska; AZ Arizona Ariz; AR Arkansas Ark; CA California Calif Cal; CO Colorado Colo;
CT Connecticut Conn; DE Delaware Del; DC District-of-Columbia D-C; FL Florida Fla; GA Georgia; HI Hawaii; ID Idaho
Ida;
IL Illinois Ill; IN Indiana Ind; IA Iowa; KS Kansas Kan Kans; KY Kentucky Ken; LA Louisiana; ME Maine; MD Maryland;
MA Massachusetts Mass; MI Michigan Mich; MN Minnesota Minn; MS Mississippi Miss; MO Missouri; MT Montana Mont;
NE Nebraska Neb Nebr; NV Nevada Nev; NH New-Hampshire N-H; NJ New-Jersey N-J; NM New-Mexico N-M; NY New-York N-Y;
NC North-Carolina N-C; ND North-Dakota N-D N-Dak; OH Ohio; OK Oklahoma Okla; OR Oregon Ore; PA Pennsylvania Penn
Penna;
RI Rhode-Island R-I; SC South-Carolina S-C; SD South-Dakota S-D S-Dak; TN Tennessee Tenn; TX Texas Tex; UT Utah;
VT Vermont; VA Virginia; WA Washington Wash Washington-State; WV West-Virginia W-Va W-V; WI Wisconsin Wis Wisc;
WY Wyoming Wyo
"""
# GeoNames uses numbers as codes of the Canadian provinces.
_CANADA: Final = """
01 AB Alberta Alta; 02 BC British-Columbia B-C; 03 MB Manitoba Man; 04 NB New-Brunswick N-B;
05 NL Newfoundland Newfoundland-and-Labrador Nfld; 07 NS Nova-Scotia N-S; 08 ON Ontario Ont; 09 PE
Prince-Edward-Island
PEI P-E-I; 10 QC Quebec Que PQ; 11 SK Saskatchewan Sask; 12 YT Yukon; 13 NT Northwest-Territories NWT; 14 NU Nunavut
"""
_AUSTRALIA: Final = """
01 ACT Australian-Capital-Territory; 02 NSW New-South-Wales N-S-W; 03 NT Northern-Territory; 04 QLD Queensland;
05 SA South-Australia; 06 TAS Tasmania; 07 VIC Victoria; 08 WA Western-Australia
"""
_GERMANY: Final = """
01 BW Baden-Württemberg BaWü; 02 BY Bayern Bavaria; 03 HB Bremen; 04 HH Hamburg; 05 HE Hessen Hesse;
06 NI Niedersachsen Lower-Saxony NDS; 07 NRW NW Nordrhein-Westfalen North-Rhine-Westphalia;
08 RLP RP Rheinland-Pfalz Rhineland-Palatinate; 09 SL Saarland; 10 SH Schleswig-Holstein; 11 BB Brandenburg;
12 MV Meck-Pomm Mecklenburg-Vorpommern; 13 SN Sachsen Saxony; 14 ST LSA Sachsen-Anhalt Saxony-Anhalt;
15 TH Thüringen Thuringia; 16 BE Berlin
"""
_UNITED_KINGDOM: Final = "ENG England; SCT Scotland; WLS Wales; NIR Northern-Ireland N-Ireland"
REGION_TABLES: Final = ((_US, "US"), (_CANADA, "CA"), (_AUSTRALIA, "AU"), (_GERMANY, "DE"), (_UNITED_KINGDOM, "GB"))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_letters(text).split())


def _phrases(*texts: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(tuple(fold_letters(text).split()) for text in texts))


def _by_word(phrases: tuple[tuple[str, ...], ...], at: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Group phrases by their first (0) or last (-1) word, in the order in which they are tried."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[at]] = (*found.get(phrase[at], ()), phrase)
    return found


def _read(table: str, country: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in table.replace("\n", " ").split(";"):
        code, *names = entry.split()
        for name in (*names, *([code] if country == "US" else [])):
            key = "".join(fold_letters(name).split())  # not `fold_key`: "MT" is Montana, not "mount"
            found[key] = (*found.get(key, ()), f"{country}.{code}")
    return found


def _merge() -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for table, country in REGION_TABLES:
        for key, codes in _read(table, country).items():
            merged[key] = (*merged.get(key, ()), *codes)
    return merged


#: Folded abbreviation or name of a region -> GeoNames codes of the divisions that it can mean.
REGION_CODES: Final = _merge()

#: The words after these name a nearby place, not an enclosing one.
NEAR: Final = frozenset(
    {
        "near", "nearby", "across from", "across the street from", "across the road from", "a block from",
        "blocks from", "steps from", "down the street from", "around the corner from", "opposite from", "close to",
        "next to", "not far from", "just outside", "on the outskirts of", "outskirts of", "north of", "south of",
        "east of", "west of", "northeast of", "northwest of", "southeast of", "southwest of", "nordlich von",
        "sudlich von", "ostlich von", "westlich von", "norr om", "soder om", "oster om", "vaster om", "nord for",
        "sor for", "syd for", "ost for", "vest for", "au nord de", "au sud de", "a l est de", "a l ouest de",
        "al norte de", "al sur de", "al este de", "al oeste de", "ao norte de", "ao sul de", "a nord di", "a sud di",
        "ten noorden van", "ten zuiden van", "к северу от", "к югу от", "севернее", "южнее", "недалеко от", "pres de",
        "proche de", "non loin de", "bei", "nahe", "in der nahe von", "nara", "naer", "i narheten av",
        "i naerheden af", "utanfor", "utenfor", "udenfor", "buiten", "рядом с", "nedaleko od", "nedaleko",
        "niedaleko od", "niedaleko", "w poblizu", "v blizkosti", "netoli", "unweit", "langa", "unweit von",
        "aproape de", "a prop de", "nei pressi di", "alle porte di", "aux portes de", "aux environs de",
        "in de buurt van", "vlakbij", "taet pa", "vor den toren von", "in der umgebung von", "nabij", "omgeving",
        "in de omgeving van", "banlieue de", "dans la banlieue de", "peripherie de", "afueras de", "en las afueras de",
        "periferia di", "arredores de", "okolice", "w okolicach", "okoli", "v okoli", "blizu", "u blizini",
        "in apropiere de", "dekat", "nezi", "nezik", "نزیک", "ضواحی", "בקרבת", "близо до", "поблизу", "недалеко від",
        "неподалік", "вблизи", "κοντα στην", "κοντα στο", "κοντα στη", "κοντα", "ใกล้", "cerca de", "junto a",
        "perto de", "vicino a", "kod", "yakininda", "lahella", "около", "под", "під",
        "نزدیک", "نزدیکی", "در نزدیکی", "حومه",
        "در حومه", "بالقرب من", "قرب", "ליד",
    }
)  # fmt: skip
#: A town probably follows; a venue precedes.
IN: Final = frozenset(
    {
        "in", "at", "i", "pa", "a", "au", "aux", "en", "im", "am", "auf", "dans", "te", "op", "w", "we", "v", "ve",
        "na", "nel", "a la", "no", "em", "of", "von", "de", "в", "на", "در", "في", "فی", "ב", "from",
    }
)  # fmt: skip
#: The location of something follows these, never its name.
LOCATIVE: Final = _words(
    """
    in at i im en a au aux dans te w we v ve na nel no em naar pa li ji u в во във на у در في فی ב له στην στον στη στο
    στα στις στους
    """
)
#: Between a town and a venue in it: "Oslo outside the parliament".
IN_FRONT: Final = _words(
    """
    outside vor devant davanti framfor utanfor foran utenfor udenfor voor przed перед возле біля напротив навпроти
    امام مقابل جلوی روبروی مول
    """
)
#: Words that name no place and do not contradict their neighbours.
FILLERS: Final = _words(
    """
    the of and a an de la le les l el los las du des d der die das den dem do da dos von vom och und et y e og i van
    της του των τη την το ο η οι τον τους het ter zu zum zur di della del dello dell delle degli bij to for on av af
    till til all dell nell dall sull
    alla allo alle agli ai sulla sullo sulle sui nella nello nelle nei dalla dallo dalle dai presso
    """
)
#: Between two towns: the text names two places.
AND: Final = _words(
    """
    and och og und et y e ve en ja i si и та va و plus και es a u şi ir un to till til nach naar vers hacia para do
    до تا الی إلى 到 then และ और ও மற்றும் և ու და እና iyo dan 和 與 与 及 と 및 하고 bzw sowie or oder
    ou eller lub nebo vagy sau oraz sekä samt valamint dhe eta agus اور এবং также також także
    tai или або veya یا او או 或 또는 または
    """
)
#: Before a town, if a word of `AND` precedes another: a route, or a place between the two.
BETWEEN: Final = _words(
    """
    between from zwischen von entre de desde da dall tra fra mellan fran från mellom van tussen miedzy między z od
    mezi из от между від між بین از من arası arasında
    ze zo din iz з із зі од απο tu
    """
)
#: After these and a town, the other end of the route follows: "из Киева во Львов", "din București la Cluj".
ROUTE_TO: Final = _words("la в во у u ao στη στην στον στο σε προς den pres bis hasta ate fino jusqua tot аж")
#: Words before the start and before the end of a march.
JOURNEY_FROM: Final = _words("from vom från fra desde dal dalla od от із від از من vanaf")
JOURNEY_TO: Final = _words("to nach till til vers hasta hacia al alla do до تا إلى naar bis zum zur then over through")
#: Words before a name that only say what the place is, by their first word.
PREFIXES: Final = _by_word(_phrases(
    "the city of", "city of", "the town of", "town of", "village of", "township of", "borough of", "municipality of",
    "county of", "greater", "downtown", "central", "metro", "metropolitan", "ville de", "commune de", "ciudad de",
    "ciudad", "stadt", "gemeinde", "gemeente", "kommune", "comune di", "cidade de", "municipio de", "the",
    "la ville de",
    "province of", "state of", "region of", "shahrestan e", "ostan e", "شهر", "استان", "شهرستان", "مدینه", "محافظه",
    "grossraum", "raum", "innenstadt", "altstadt", "zentrum", "centre ville de", "centre de", "region de", "centro de",
    "centro di", "centrum", "centrum van", "binnenstad van", "binnenstad", "centrala", "centrum av", "keskusta",
    "bajare", "navenda bajare", "navenda", "شاری", "ناوهندی شاری", "مرکز شهر", "مرکز", "מרכז", "העיר", "מרכז העיר",
    "thanh pho", "trung tam", "kota", "pusat kota", "magaalada", "bartamaha", "община", "център", "центр",
    "центр города", "центр міста", "qendra e", "grad", "град", "mesto", "miasto", "orasul", "centrul",
    "штат", "штату", "штате", "штаті", "провинция", "провінція", "ایالت", "ولایه", "ولایت", "מדינת", "πολιτεια",
    "estado de", "stato di", "etat de", "bundesstaat", "delstaten", "delstat", "щат",
    "г", "город", "м", "місто", "il", "capital city of", "county", "co", "وسط", "وسط مدینه",
), 0)  # fmt: skip
#: Before a large city these name a part of it: "West Berlin"; but towns have such names, too: "East London".
DIRECTIONS: Final = _words(
    "north south east west northern southern eastern western inner outer norte sur est ouest nord sud"
)
#: Words after a name that only say what the place is, by their last word.
SUFFIXES: Final = _by_word(_phrases(
    "city", "town", "township", "village", "borough", "municipality", "county", "cdp", "area", "metro area",
    "metropolitan area", "city centre", "city center", "town centre", "province", "district", "region", "state",
    "governorate", "prefecture", "oblast", "kommune", "kommun", "lan", "shi", "si", "ken", "suburbs", "downtown",
    "centre", "center", "proper", "sentrum", "centrum", "zentrum", "stadtmitte", "innenstadt", "altstadt",
    "pusat", "selatan", "utara",
    "keskusta", "centro", "merkezi", "merkez", "sehir merkezi", "центр", "市", "시", "县", "省", "都", "府",
    "ከተማ", "শহর",
    "மாநகரம்", "နယ်", "မြို့", "belvarosa", "belvaros", "kesklinn", "stad", "sehri", "mitte", "nord", "sud", "ost", "west",
    "область", "край", "обл", "eyaleti", "ili", "նահանգ", "შტატი", "қаласы",
    "市中心", "市区", "市區", "市内", "시내", "近郊", "附近", "근처", "yakinlari", "kozeleben", "के पास", "کے قریب",
    "में", "میں", "and surroundings", "and surrounding area", "und umgebung", "et environs", "et ses environs",
    "y alrededores", "e dintorni", "e arredores", "en omgeving", "med omnejd", "og omegn", "i okolice", "a okoli",
    "и окрестности", "та околиці", "ve cevresi", "و حومه", "waterfront", "greater area", "bay area",
), -1)  # fmt: skip
#: Those of the words before and after a name that denote a state or province, not the town with the same name.
DIVISION_WORDS: Final = _words(
    """
    state province штат штату штате штаті щат провинция провінція область обл край oblast ایالت ولایه ولایت استان
    محافظه מדינת πολιτεια estado stato etat bundesstaat delstat delstaten eyaleti ili նահանգ შტატი governorate
    prefecture
    """
)
#: Words that name a point in a town: buildings, streets, squares, offices.
VENUE_WORDS: Final = _words(
    """
    parliament embassy consulate square park street avenue road boulevard plaza hall capitol building station municipal
    airport university campus college school church cathedral mosque synagogue temple museum library theatre
    theater stadium arena court courthouse courtroom office offices headquarters ministry palace castle bridge
    gate tower centre center mall market hotel hospital monument memorial statue fountain garden gardens field sous
    beach harbour harbor port pier steps lawn intersection junction corner crossing roundabout council house devlet
    pool reflecting quad podium common commons courthouse promenade bandstand forecourt
    tent club bar cafe restaurant shop lot parking entrance exit front side outside inside rally march protest
    demonstration vigil picket sit in before opposite across behind along between north south east west old new
    main central national international federal state city town county public people royal grand metro subway
    tram bus line route highway freeway lane drive way ave st rd blvd str dr ln hwy pkwy sq bldg fl floor room
    suite apt unit platz strasse gasse weg allee markt rathaus bahnhof hauptbahnhof dom kirche schloss brucke
    tor ufer ring damm parkplatz landtag bundestag botschaft konsulat universitat theater treppe aufzug strecke
    vor nr haus amt gericht place rue avenue quai pont gare mairie hotel de ville esplanade parvis devant
    ambassade consulat tribunal eglise plaza calle avenida paseo puente ayuntamiento embajada consulado catedral
    iglesia parque jardin frente piazza via viale corso ponte stazione duomo palazzo ambasciata consolato torg
    torget gata gatan plats plass plassen gate gaten vej veien vagen stortinget riksdagen folketinget
    radhuspladsen radhuset slottet kirke kyrka park foran framfor utanfor ambassaden ambassade ambassad
    raadhuset plein straat laan gracht station stadhuis площадь улица проспект парк میدان خیابان سفارت پارلمان
    метро станция станции станції остановка вокзал вокзала вокзалу памятник памятника фонтан фонтана рынок рынка сквер
    театр театра церкви собора библиотека библиотеки مترو المترو מטרו μετρο metrou 지하철 地铁 地鐵 メトロ
    دانشگاه پارک مجلس کنسولگری جلوی مقابل روبروی برج ساختمان ساحه میدان شارع سفاره جامعه norwegian swedish
    danish iranian german french british american canadian turkish russian italian dutch belgian austrian swiss
    australian us un eu afghan iraqi kurdish ukrainian israeli palestinian chinese tibetan and the a an of in on
    at to by for with und der die das dem den am im von zu le la les du des de et el los las y il lo gli e o og
    och i pa en et af ved til het een van op
    """
)
#: Quarters of a city, written after street names: "Pennsylvania Ave NW".
COMPASS: Final = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw"})
#: Words for the event itself and for meeting points.
EVENT_WORDS: Final = _words(
    """
    rally rallies march marches protest protests demonstration demo vigil picket gathering meeting parade sit-in
    strike
    walk procession commemoration memorial concert festival blockade assembly start starting finish route meeting
    point
    kundgebung kundgebungen demonstration umzug spaziergang mahnwache treffpunkt auftakt abschluss versammlung aufzug
    protest protestmarsch startpunkt hohe ecke beim vom zum zur bis nahe vorplatz
    manifestation rassemblement marche depart arrivee cortege defile veillee devant
    manifestacion concentracion marcha vigilia protesta frente delante
    manifestacao concentracao marcha protesto frente vigilia
    manifestazione presidio corteo protesta davanti
    demonstratie protest betoging bijeenkomst mars voor demonstration manifestation tag opptog markering demonstrasjon
    samling fakkeltog mielenosoitus mielenilmaus edessa luona manifestacja protest demonstracja wiec marsz pikieta
    przed
    pod demonstrace pred pochod protest tuntetes felvonulas elott miting protest marsz
    митинг митинга пикет шествие акция протест демонстрация возле у около напротив перед мітинг мітингу акція протест
    біля навпроти перед протести
    συγκεντρωση πορεια διαδηλωση εξω απο μπροστα στο στη
    miting protesto yuruyus eylem onunde onu gosteri gosterisi karsisinda
    تجمع تظاهرات راهپیمایی اعتراض مقابل جلوی روبروی برابر بیرون مظاهره وقفه اعتصام امام تظاهره مسیره
    הפגנה עצרת צעדה מול ליד xopisandan خوپیشاندان لهبهردهم
    davant amb pêşiya pêş ber ees juures หน้า
    集会 デモ 前 抗议 游行 집회 시위 앞
    tower hochhaus turm grounds community foundation
    tba tbc tbd prosvjed protesti protestosu mitingi yuruyusu adliyesi presedinte احتجاج احتجاجیه اعتصام
    kulturzentrum burgerhaus messegelande gemeindehaus stadthalle medborgarhuset kulturhuset konserthuset hovedbangard
    وقفه ایرانیان مقیم ایرانی ناوەندی hlavni nadrazi glowny glowna kaupungintalo prefettura questura prefecture
    prefectura ulikool جامعه شارهوانی بازاری قهلای حدیقه قصر محکمه مرکزی قطار ترین راه اهن
    נמל רכבת היכל אצטדיון מרכז מרכזית העיר
    遊行 游行 集會 示威 抗議 守夜 港人
    रेलवे स्टेशन मार्ग मैदान चौक प्रेस क्लब دूतावास
    পল্টন প্রেস ক্লাব বিশ্ববিদ্যালয় মিনার শহীদ
    پریس کلب روڈ چوک
    பல்கலைக்கழகம் தூதரகம் நகர மண்டபம் சாலை முன்
    တက္ကသိုလ် ဘုရား ማዕከል ዩኒቨርሲቲ አደባባይ
    meeleavaldus meeleavaldused demonstratsioon mitingas piketas protestas eitynes pikets protests mitins gajiens
    აქცია მიტინგი მარში პროტესტი ցույց հանրահավաք երթ բողոքի митингі мітынг шэсце пікет скуп jaamacadda
    fagaaraha suuqa safaaradda universitas stasiun masjid waterfront lapangan
    """
)
#: Before a place these say what happens there, although towns have these names, too: "Start: ..., Ende: ...".
LABELS: Final = _words(
    "start startpunkt beginn begin ende end ziel zielpunkt ort treffpunkt finish inicio salida llegada depart arrivee"
    " partenza arrivo route strecke meeting point location venue place"
)
#: The words next to these are the name of a street or building, even if a town has the same name.
STREET_WORDS: Final = _words(
    """
    street avenue road boulevard lane drive way ave st rd blvd str dr ln hwy highway square park bridge station
    airport hotel hospital university church palace gate hall mall plaza strasse gasse allee platz weg damm ufer
    brucke tor markt torg torget gata gatan vej gate gaten straat laan plein kirche schloss bahnhof saint
    """
)
#: Words before the name of a street or square.
STREET_PREFIXES: Final = _words(
    """
    place rue avenue quai pont gare boulevard esplanade parvis plaza calle avenida paseo piazza via viale corso
    ponte rua praca largo alameda площадь улица проспект میدان خیابان شارع
    """
)
