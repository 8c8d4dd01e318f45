"""Words that mark the name of a venue, in the languages of the reports.

The words next to such a word name the venue, not the town: "Embassy of Georgia", "Avenue du Maine", "Rue de Rome".
Words are folded with `rallymap.folding.fold_letters`. A "*" at the end of a stem matches any inflection. Sources:
common dictionaries of the languages.
"""

from __future__ import annotations

import functools
from enum import IntEnum
from typing import Final

from rallymap.folding import fold_letters
from rallymap.institution_words import CIVIC_INSTITUTIONS, INSTITUTIONS, NAMED_AT_WILL


class Head(IntEnum):
    """Kind of venue that a word indicates, in ascending order of how much it rules out."""

    NONE = 0
    LOCAL = 1  # a university, a town hall: often named after its town
    STREET = 2  # a street or square: named after anything
    STATE = 3  # a parliament, a ministry: named after its country
    MISSION = 4  # an embassy, a consulate: named after another country


# The members as names of their own: accessing enum members takes five times as long.
NONE, LOCAL, STREET, STATE, MISSION = Head

_MISSION: Final = """
embassy embassies consulate consulates consular mission missions
ኤምባሲ ቆንስላ legation chancery nunciature nunciatur* nonciature nunziatura nunciatura unhcr consolat ambaixada قونسولخانه*
botschaft* konsulat*
generalkonsulat* honorarkonsulat* ambassade ambassades ambassaden ambassadens consulat consulats embajada embajadas
consulado* embaixada embaixadas ambasciata ambasciate consolato consolati consulaat ambassad ambassaden ambassadens
konsulatet generalkonsulatet suurlahetyst* lahetyst* konsulaatti* ambasad* ambasád* velvyslanectv* konzulat* konzulát*
veľvyslanectv* nagykovetseg* nagykövetség* konzulatus* konzulátus* fokonzulatus* посольств* консульств* генконсульств*
консулств* посолств* представительств* амбасад* конзулат* посольстві πρεσβεια* πρεσβεί* προξενει* προξενεί*
buyukelcili* büyükelçili* elcili* elçili* konsoloslu* baskonsoloslu* başkonsoloslu* سفاره السفاره سفارت* سفارات
قنصلیه القنصلیه کنسولگری* سرکنسولگری* שגריר* השגריר* קונסולי* הקונסולי* کونسولخانه* کونسولخانه* سرکونسول*
بالیوزخانه* قونسلخانه* سهفارهت*
balyozxane* konsolxane* 大使馆 大使館 领事馆 領事館 总领事馆 總領事館 대사관 총영사관 영사관
դեսպանատ* հյուպատոս* საელჩო* საკონსულო*
veleposlanst* veleposlanist* สถานทูต สถานเอกอัครราชทูต สถานกงสุล สถานกงสุลใหญ่ กงสุล
दूतावास vestniecib* vēstniecīb* saatkon* kedutaan* ambasada
елшіл* elchixona* элчили* сафорат* ilçihana* ubalozi* embahada* ambaxxata* sendirað* ambasáid* llysgenhad* enbaxada*
пасольств* консулды* կոնսուլությ* konsullig* ئەلچىخان* ស្ថានទូត* ສະຖານທູດ* තානාපති* ਦੂਤਾਵਾਸ* ദൂതാവാസ* రాయబార* એલચી*
ambassador ambassadors delegation sefirliy* kedubes safaarad* தூதரகம்* দূতাবাস* သံရုံး*
"""
_STREET: Final = """
አደባባይ መንገድ
street streets avenue avenues road boulevard lane square circus crescent terrace roundabout highway parkway freeway
hostel cafe kaffee restaurant ristorante restaurante club pub kino cinema casa haus stade
house maison huis cultural culturel kulturhus
parc parco parque jardin jardins jardim giardini garden gardens парк парке
bridge gate tower monument memorial fountain statue pier wharf
ave rd blvd bd sq pkwy hwy plaza place intersection junction corner strasse str platz gasse allee weg damm ufer
brucke markt marktplatz rue place quai pont cours impasse allees chaussee esplanade parvis carrefour calle avenida
paseo plazuela pza carrera glorieta alameda carrer placa passeig rambla avinguda rua praca largo
travessa via viale
piazza corso piazzale straat plein laan gracht kade gata gatan vagen vag torg torget plats platsen gate gaten veien
vei plass plassen gade vej plads pladsen torv torvet katu tie tori aukio ulica ulicy ul plac placu pl aleja aleje
rynek
rynku ulice namesti trida most namestie utca ut ter korut strada calea piata bulevardul bulevard ulitsa ploshchad
prospekt улица улице ул площадь площади проспект проспекте пр-т переулок набережная бульвар шоссе вулиця вулиці площа
площі майдан майдані булевард площад трг булевар οδος οδός πλατεια πλατεία λεωφορος λεωφόρος cadde caddesi caddesinde
sokak sokagi meydan meydani meydaninda bulvari شارع ساحه میدان میدانی طریق جسر خیابان بلوار کوچه چهارراه پل رחוב רחוב
ברחוב כיכר בכיכר שדרות שדרה דרך شهقامی گورهپانی مهیدانی 广场 廣場 広場 광장 거리 대로 区 區 구 街道 公園 公园 공원
հրապարակ* փողոց* მოედანი*
ქუჩა* قناه
iela laukums laukuma gatve gatvė aikste aikštė aikštėje prospektas valjak väljak väljakul tanav tänav puiestee raekoja
دوار الدوار רחבת ברחבת หน้า* angle esquina ecke hoek malecon rotonda monumento obelisco explanada jalan
dataran lapangan tugu chemin ruelle bundaran trg trgu trga cesta sheshi rruga kucesi mnt carrer
parka qada meydana kolana cadeya ถนน จัตุรัส อนุสาวรีย์
parki parkinda
ซอย สี่แยก แยก ห้าแยก ลาน สะพาน สวน สวนสาธารณะ สนาม ประตู ตลาด วงเวียน ท่าเรือ
"""
_STATE: Final = """
parliament parliaments congress senate ministry ministries cabinet government presidential landtag bundestag
bundesrat parlament* ministerium* staatskanzlei landesvertretung parlement ministere senat parlamento ministerio
congreso senado assembleia ministerio ministero parlamento riksdag riksdagen folketinget stortinget eduskunta*
ministerstw* sejm parlamentu ministerstv* парламент* министерств* міністерств* κοινοβουλιο κοινοβούλιο βουλη βουλή
υπουργειο υπουργείο
meclis* bakanlig* bakanlığ* parlamento برلمان البرلمان وزاره مجلس پارلمان* وزارت* הכנסת פרלמנט משרד
پهرلهمانی 国会 國會 議事堂 国会議事堂 국회 kormany parlamentet regjeringen regeringen departementet court
รัฐสภา ทำเนียบ ทำเนียบรัฐบาล กระทรวง สภา
courts supreme bank headquarters academy council palace institute secretariat commission
"""
_LOCAL: Final = """
office offices politecnico
tu lmu eth uc uni ዩኒቨርሲቲ
university universities college zanîngeh* şaredarî* qelat* mizgeft* dadgeh* nexweşxan* girtîgeh* โรงเรียน มหาวิทยาลัย
สถานี สถานีรถไฟ สนามบิน สนามกีฬา โรงพยาบาล โรงแรม ศาลากลาง ศาล
วัด หอ ห้าง ศูนย์ พิพิธภัณฑ์
มัสยิด โบสถ์ विश्वविद्यालय
 school campus hall cityhall station airport cathedral church mosque synagogue temple
hotel staatsoper opernhaus hbf hb
museum library theatre theater stadium arena hospital harbour harbor port castle park zoo opera universitat
universität hochschule rathaus bahnhof hauptbahnhof dom kirche munster flughafen stadion messe hafen schloss
universite université mairie gare eglise cathedrale prefecture hopital stade tribunal universidad ayuntamiento
estacion catedral iglesia estadio universidade camara estacao igreja universita università universitario comune centrale
municipio stazione duomo chiesa policlinico universiteit stadhuis gemeentehuis centraal kerk universitet universitetet
radhus rådhus radhuset rådhuset stadshus stadshuset centralstation centralstationen kyrka domkyrka sentralstasjon
domkirke kirke hovedbanegard universitetas universiteto ülikool* tudományegyetem* főiskola* politechnik*
sveučilišt* міськ* городск* областн* обласн* горсовет* rotuš* savivaldyb* bürgerschaft magistrat*
універсітэт* yliopisto* rautatieasema* tuomiokirkko* uniwersytet* ratusz* dworzec* dworca katedr*
univerzit* radnice nadrazi nádraží hradem egyetem* palyaudvar pályaudvar varoshaza universitatea primaria gara
университет* вокзал* ратуш* мэри* собор* універсітет* університ* університет* мері* πανεπιστημιο πανεπιστήμιο
δημαρχειο δημαρχείο σταθμος σταθμός universitesi üniversitesi belediye* gari garı camii جامعه الجامعه جامع بلدیه
محطه دانشگاه شهرداری ایستگاه زانکوی אוניברסיטת אוניברסיטה עיריית תחנת 大学 大學 市役所 駅 车站 市政厅 대학교 시청 역
համալսարան* უნივერსიტეტ* քաղաքապետարան* դատարան* հիվանդանոց* მერია* მერიის მერიას სასამართლო* საკრებულო* საავადმყოფო*
kaupungintalo* raatihuone* oikeustalo* sairaala* keskussairaala* käräjäoikeu* vankila* hastane* adliye* rechtbank*
havalimani* valiliğ* barosu cezaevi* гарвыканкам* аблвыканкам* бальніц* вакзал* суд суда суде судом лікарн*
больниц* администраци* городской краевой ода
δικαστηρι* νοσοκομει* tingsrätt* tingrett* tinghus* sjukhus* sykehus* banegård* törvényszék* bíróság* kórház*
مستشفى فرمانداری استانداری بخشداری دادگستری دادگاه بیمارستان زندان سجن نەخۆشخانە* دادگای*
"""
_SUFFIXES: Final = {
    STREET: (
        "torv", "torvet", "platz", "strasse", "straße",
        "gasse", "allee", "damm", "ufer", "weg", "brucke", "markt", "gatan", "gata",
        "vagen", "vegen", "veien", "gade", "torget", "torg", "plassen", "pladsen", "platsen", "straat", "plein", "laan",
        "gracht", "kade", "katu", "tori", "aukio", "utca", "caddesi", "通り", "大街", "大道", "路", "街", "대로",
        "广场", "廣場", "広場", "광장", "公园", "公園", "공원",
        "花园", "花園",
    ),
    LOCAL: ("bahnhof", "rathaus", "gericht", "駅", "駅前", "역",
         "universitat", "kirche", "stadion", "kirkko", "yliopisto", "大学", "大學", "대학교",
        "车站", "車站", "火车站", "图书馆", "圖書館", "体育馆", "體育館", "体育场",
        "體育場", "机场", "機場", "空港", "공항", "教堂", "博物馆", "博物館", "박물관"),
    STATE: ("国会", "國會", "议会", "議會", "国会議事堂", "국회", "国会大厦", "國會大廈",
        "总统府", "總統府", "外交部", "市政府", "政府"),
    MISSION: ("中领馆", "中領館", "领馆", "領館", "总领馆", "總領館",
        "总领事馆", "總領事館", "総領事館", "使馆", "使館", "辦事處", "办事处", "代表處", "代表处",
        "총영사관", "大使馆", "大使館", "领事馆", "領事館", "대사관", "영사관", "konsulat", "botschaft",
        "大使館前", "领事馆前", "領事館前", "大使馆前", "대사관앞", "영사관앞"),
}  # fmt: skip
_MIN_STEM: Final = 3
_ENDINGS: Final = tuple(ending for endings in _SUFFIXES.values() for ending in endings)


@functools.cache
def _tables() -> tuple[dict[str, Head], dict[str, list[tuple[str, Head]]]]:
    """Return the words, and the stems by first letter, longest first."""
    words: dict[str, Head] = {}
    stems: dict[str, list[tuple[str, Head]]] = {}
    for table, head in (
        (_LOCAL + INSTITUTIONS, LOCAL),
        (_STREET + NAMED_AT_WILL, STREET),
        (_STATE, STATE),
        (_MISSION, MISSION),
    ):
        for entry in table.split():
            folded = fold_letters(entry.rstrip("*")).replace(" ", "")
            if not folded:
                continue
            if entry.endswith("*"):
                stems.setdefault(folded[:_MIN_STEM], []).append((folded, head))
            words[folded] = max(head, words.get(folded, NONE))
    for beginning in stems.values():
        beginning.sort(key=lambda stem: -len(stem[0]))
    return words, stems


@functools.cache
def _endings_of_length(length: int) -> tuple[str, ...]:
    """Return the compound endings that a word with so many letters can have."""
    return tuple(e for e in _ENDINGS if length >= len(e) + _MIN_STEM - (not e.isascii()) * 2)


@functools.lru_cache(maxsize=32768)
def head_of(word: str) -> Head:
    """Return the kind of venue that a folded word indicates, by the word itself, its stem, or its ending."""
    words, stems = _tables()
    if word in words:
        return words[word]
    for stem, head in stems.get(word[:_MIN_STEM], ()):
        if word.startswith(stem):
            return head
    if word.endswith(_ENDINGS):
        for head, endings in _SUFFIXES.items():
            if any(word.endswith(ending) for ending in _endings_of_length(len(word)) if ending in endings):
                return head
    return NONE


_EMBASSY_STEMS: Final = tuple(
    fold_letters(
        "елшіл elchixona элчили сафорат ilcihana ubalozi embah ambaxxata sendirad llysgenhad enbax пасольств ئەلچىخان "
        "embass embaj embaix ambass ambasc ambasad botschaft suurlahet velvyslan nagykovet посольств посолств амбасад"
        " πρεσβε buyukelc سفار השגריר שגריר 大使 대사 դեսպան საელჩო saatkon vestniec balyozx ኤምባሲ"
    ).split()
)


def is_embassy(word: str) -> bool:
    """Return whether a folded word means an embassy and not a consulate."""
    return head_of(word) is MISSION and any(stem in word for stem in _EMBASSY_STEMS)


def is_compound(word: str) -> bool:
    """Return whether a folded word is a venue's complete name: "Opernplatz", "Drottninggatan", "中国大使馆"."""
    words, _ = _tables()
    return word.endswith(_ENDINGS) and word not in words and any(map(word.endswith, _endings_of_length(len(word))))


#: Institutions that usually have the name of their own town. Universities and stations are left out, because they often
#: have other names ("York University" is in Toronto, the Gare de Lyon in Paris).
_CIVIC: Final = frozenset(
    fold_letters(
        """
        hall cityhall ville hbf hb adliyesi valiligi kaupungintalo banegard
        rathaus mairie ayuntamiento camara comune municipio stadhuis gemeentehuis radhus rådhus radhuset
        rådhuset stadshus stadshuset ratusz ratusza ratuszem radnice varoshaza primaria δημαρχείο belediyesi بلدیه
        شهرداری עיריית 市役所 市政厅 시청 hauptbahnhof centralstation centralstationen sentralstasjon hovedbanegard
        rautatieasema centraal airport flughafen cathedral dom munster domkirke domkyrka harbour harbor hafen
        """
        + CIVIC_INSTITUTIONS
    ).split()
)

_CIVIC_ENDINGS: Final = tuple(
    "공항 机场 機場 空港 gericht rathaus hauptbahnhof 市役所 市政府 市政廳 市政厅 시청 車站 车站 駅 역".split()
)


def is_civic(word: str) -> bool:
    """Return whether a folded word indicates an institution with the name of its own town."""
    return word in _CIVIC or word.endswith(_CIVIC_ENDINGS)


#: Heads that precede the name ("rue de Rome", "улица Варварка"); others follow it ("Oxford Street").
LEADING: Final = frozenset(
    fold_letters(
        """
        pza rue avenue place boulevard quai pont cours impasse allee allees esplanade parvis
        square calle avenida plaza paseo
        carrera glorieta alameda carrer placa passeig rambla avinguda rua praca largo travessa via viale piazza corso
        piazzale ulica ul plac aleja aleje ulice namesti strada calea piata bulevardul улица площадь проспект вулиця
        площа
        майдан οδος πλατεια λεωφορος شارع ساحه میدان خیابان بلوار جسر پل رחוב רחוב כיכר שדרות شهقامی embassy consulate
        mission ambassade consulat embajada consulado embaixada ambasciata consolato botschaft generalkonsulat
        konsulat
        consulaat посольство консульство ambasada консульство سفارت سفاره کنسولگری שגרירות πρεσβεια university
        universite
        universidad universidade universita universiteit universitat parliament palace bank court museum ministry
        tu lmu eth uc uni universitat rathaus mairie gare ayuntamiento hotel hostel cafe kaffee restaurant
        ristorante restaurante club pub kino cinema casa haus stade parc parco parque jardin jardim jardins парк
        دانشگاه جامعه angle esquina malecon rotonda monumento obelisco jalan dataran
        """
        + NAMED_AT_WILL
    ).split()
)

#: First words of a civic building with the name of its town: "Dallas City Hall Plaza".
CIVIC_BUILDINGS: Final = frozenset(
    {
        "city hall", "town hall", "civic center", "civic centre", "federal building", "federal courthouse",
        "state capitol", "state house", "government center", "convention center", "public library", "central library",
        "city square", "town square", "old town", "old market", "market square",
        "bus station", "central station", "city chambers", "civic hall",
        "police station", "police headquarters", "train station", "railway station", "international airport",
        "union station", "city council", "council house", "city centre", "city center", "town centre", "town center",
        "press club", "opera house", "crown court", "county court", "magistrates court", "district court",
        "combined court", "law courts", "sheriff court", "high court", "central square", "main square", "grand place",
        "cultural centre", "cultural center", "coach station",
        "borough hall", "village hall", "county hall", "county courthouse",
    }
)  # fmt: skip
#: The same as one word, possibly followed by others: "Mannheim Hauptbahnhof Vorplatz".
CIVIC_WORDS: Final = frozenset(
    "hauptbahnhof hbf rathaus centralstation centralstationen sentralstasjon hovedbanegard radhus radhuset"
    " radhusplassen radhuspladsen stadhuis rautatieasema".split()
)
#: Institutions whose name is followed by the town: "Queen's University Belfast", "Hyde Park Perth".
NAMED_FIRST: Final = frozenset(
    "office offices university college universitat universiteit universite universidad hochschule park stadium arena"
    " museum library cathedral church mosque synagogue temple theatre theater station airport hospital hall zoo"
    " castle".split()
)
#: Heads that need no name, so that a town may follow: "Marktplatz Basel".
MARKETS: Final = frozenset(("marktplatz", "rynek", "torget", "torvet", "kauppatori", "rathausplatz", "stortorget"))
#: The Slavic ones, which follow an adjective: "Moravské náměstí".
BEHIND_ADJECTIVES: Final = frozenset(
    fold_letters(
        "ulica ulice plac aleja aleje namesti trida улица площадь проспект бульвар вулиця площа майдан набережная"
    ).split()
)
#: Beginnings of Kurmanji words for venues; the town follows in the oblique case.
KURMANJI: Final = tuple("saredari zaningeh qelat mizgeft balyozxan konsolxan dadgeh nexwesxan girtigeh".split())
#: Those that follow the name in English: "Massachusetts Avenue".
TRAILING: Final = frozenset(
    ("allee", "avenue", "place", "square", "plaza", "boulevard", "court", "parliament", "university")
)
#: Abbreviations that mean a street only at the end: "St. Louis" is not a street.
STREET_ENDINGS: Final = frozenset(("st", "av", "dr", "ct", "ln"))
