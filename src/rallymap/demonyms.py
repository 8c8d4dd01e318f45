"""Adjectives of countries, such as "Iranian" in "Iranian embassy", in the languages that use one there."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Final

from rallymap.folding import fold_letters

MIN_STEM: Final = 5
"""Minimum number of letters of a stem that matches any inflection."""
# Country code, then adjectives; "*" at the end of a stem matches any inflection ("russisch*": russische, russischen).
_TABLE: Final = """
AF afghan afghanisch* afgan* afghansk* افغان*
AL albanian albanisch* albanais* albansk*
AM armenian armenisch* arménien* armensk* armenio* армянск*
AO angolan angolanisch*
AR argentine argentinian argentinean argentinisch* argentinsk* argentin*
AT austrian österreichisch* autrichien* österriksk*
AU australian australisch* australsk*
AZ azerbaijani azerbaidschanisch* azerbajdzjansk*
BA bosnian bosnisch* bosnisk*
BD bangladeshi
BE belgian belgisch* belge belgisk*
BG bulgarian bulgarisch*
BO bolivian bolivianisch* bolivian*
BR brazilian brasilianisch* brasileñ* brasilian* brasileir*
BY belarusian belarussian belarusisch* weißrussisch* biélorusse* białorusk* vitrysk* hviterussisk* белорусск*
BY білоруськ*
CA canadian kanadisch* canadien* kanadensisk* kanadisk*
CD congolese kongolesisch* congolais*
CH swiss schweizer schweizerisch* suisse schweizisk* sveitsisk*
CL chilean chilenisch* chilen*
CM cameroonian kamerunisch* camerounais*
CN chinese chinesisch* chinois* kinesisk* kinesisk* chin* chiny chińsk* китайск* китайськ* چینی cinese cinesi
CN chines*
CO colombian kolumbianisch* colombian* colombien*
CU cuban kubanisch* cuban* cubain* kubansk*
CZ czech tschechisch* tchèque tjeckisk* tsjekkisk*
DE german deutsch* allemand* aleman* alemán tysk* niemieck* tedesc* alemã* немецк* німецьк* آلمانی
DK danish dänisch* danois* dansk*
DZ algerian algerisch* algérien* algerisk*
EC ecuadorian ecuadorean ecuadorianisch*
EG egyptian ägyptisch* égyptien* egyptisk* egipsk* egipci* المصریه egiziana
ER eritrean eritreisch* eritreansk*
ES spanish spanisch* espagnol* español* spansk*
ET ethiopian äthiopisch* éthiopien* etiopisk*
FI finnish finnisch* finlandais* finsk*
FR french französisch* français* frances* francés fransk* francusk* frances* французск* французьк* الفرنسیه
FR فرانسوی fransız
GB british britisch* britannique* británic* brittisk* britisk* brytyjsk* britannic* britânic* британск*
GB британськ* البریطانیه הבריטית ingiliz
GE georgian georgisch* géorgien* georgisk* gruzińsk* грузинск*
GH ghanaian
GR greek griechisch* grec* grekisk* gresk* grieg*
GT guatemalan
HN honduran
HR croatian kroatisch*
HT haitian haitianisch* haïtien*
HU hungarian ungarisch* hongrois* ungersk* ungarsk*
ID indonesian indonesisch* indonésien* indonesisk*
IE irish irisch* irlandais* irländsk*
IL israeli israelisch* israélien* israelisk* izraelsk* израильск* ізраїльськ* الاسراییلیه اسراییلی
IN indian indisch* indien* indisk* indi* hind*
IQ iraqi irakisch* irakien* irakisk* iraquí العراقیه عراقی
IR ιρανικ* iraniano iraniana
IR iranian iranisch* iranien* iransk* iraní irańsk* iranian* иранск* іранськ* الایرانیه iran
IT italian italienisch* italien* italiensk*
JO jordanian jordanisch* الاردنیه
JP japanese japanisch* japonais* japansk* japones* japonés
KE kenyan
KH cambodian kambodschanisch*
KR korean
KZ kazakh kasachisch*
LB lebanese libanesisch* libanais* libanesisk* اللبنانیه
LK lankan
LT lithuanian litauisch* litauisk* литовск*
LV latvian lettisch* lettisk*
LY libyan libysch* libyen* اللیبیه
MA marroqu* marocchin* marokans*
MA moroccan marokkanisch* marocain* marockansk* marokkansk* المغربیه
MD moldovan
MM burmese myanmar birmanisch*
MX mexican mexikanisch* mexicain* mexican* mexikansk*
MY malaysian
NG nigerian nigerianisch* nigériane
NI nicaraguan nicaraguanisch*
NL dutch niederländisch* néerlandais* nederländsk* nederlandsk* holandes* holenderska
NO norwegian norwegisch* norvégien* norsk*
NP nepali nepalese nepalesisch*
PE peruvian peruanisch* péruvien* peruan*
PH philippine filipino philippinisch* philippin*
PK pakistani pakistanisch*
PL polish polnisch* polonais* polsk* polac* польск* польськ*
PS palestinian palästinensisch* palestinien* palestinsk*
PT portuguese portugiesisch* portugais* portugisisk*
QA qatari
RO romanian rumänisch* roumain* rumensk* rumänsk*
RS serbian serbisch* serbe serbisk*
RU ruso rusa rusos russo russa ρωσικ* руско
RU russian russisch* russe rus* rysk* russisk* rosyjsk* russ* российск* русск* російськ* الروسیه روسی הרוסית
RU ruske ruskym ruskeho ruski ruskoi vene krievijas rusijos venajan orosz rusiei rusya rûsyayê
IR íránsk* irānas irano iranin iráni iranului îranê iraani
CN čínsk* ķīnas kinijos kiinan kínai chinei hiina çin
UA ukrajinsk* ukrainas ukrainos ukrainan ukrán ucrainei
TR turcijas turkijos turkin turciei tirkiyeyê türgi
BY bělorusk* baltkrievijas baltarusijos valgevene fehérorosz
US americk* amerikai yhdysvaltain ameerika
IL izraelsk* izraeli izraelio israelin iisraeli
RW rwandan ruandisch* rwandais*
SA saudi saudisch* saoudien* saudisk* saudiarabisk* السعودیه
SD sudanese sudanesisch* soudanais* السودانیه
SE swedish schwedisch* suédois* svensk* sueca szwedzk*
SN senegalese
SO somali somalian
SV salvadoran
SY syrian syrisch* syrien* syrisk* سوری السوریه
TH thai thailändisch* thaïlandais*
TN tunisian tunesisch* tunisien* التونسیه
TR turkish türkisch* turc* turkisk* tyrkisk* turck* turka turco turca tureck* turc турецьк* турецк* الترکیه
TR türk turks* τουρκικ*  török
TW taiwanese taiwanisch*
UA ukrainian ukrainisch* ukrainien* ukrainsk* ucrani* ukraińsk* украинск* українськ*
UG ugandan
US american amerikanisch* américain* american* estadounidense amerikansk* amerykańsk* americana американск*
US американськ* الامریکیه آمریکایی amerikan האמריקאית
UY uruguayan
UZ uzbek usbekisch*
VE venezuelan venezolanisch* vénézuélien* venezolan*
VN vietnamese vietnamesisch*
YE yemeni jemenitisch* الیمنیه
ZA african
ZW zimbabwean simbabwisch*
"""


@cache
def _tables() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Return country codes by word, and stems by first letter, longest first."""
    words: dict[str, str] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for line in _TABLE.strip().splitlines():
        code, *entries = line.split()
        for entry in entries:
            folded = fold_letters(entry.rstrip("*"))
            words.setdefault(folded, code)
            if entry.endswith("*") and len(folded) >= MIN_STEM:
                stems.setdefault(folded[:MIN_STEM], []).append((folded, code))
    for beginning in stems.values():
        beginning.sort(key=lambda stem: -len(stem[0]))
    return words, stems


def adjectives() -> Collection[str]:
    """Return all adjectives, folded; stems without their ends."""
    return _tables()[0].keys()


def country_of_demonym(word: str, *, by_stem: bool = True) -> str:
    """Return the alpha-2 code of the country that a folded adjective belongs to; "" if it is no such adjective.

    Parameters
    ----------
    by_stem
        Whether a word that only starts like an adjective is one: "indischen".
    """
    words, stems = _tables()
    if word in words:
        return words[word]
    if not by_stem:
        return ""
    return next((code for stem, code in stems.get(word[:MIN_STEM], ()) if word.startswith(stem)), "")
