"""Words for courts, hospitals, libraries, prisons and other institutions of a town, in many languages.

A "*" at the end of a stem matches any inflection. Words that are also common names of towns or people are left out.
"""

from __future__ import annotations

from typing import Final

#: Words for institutions, for `venue_words`.
INSTITUTIONS: Final = """
prefeitura delegacia rodoviaria rodoviária reitoria tribunale ospedale questura caserma biblioteca teatro museo museu
stadio ateneo prefettura carcere penitenziario palazzo palacio palácio palais mosquee mosquée moschea mezquita mesquita
gendarmerie commissariat rectorat clinique lycee lycée faculte faculté
alcaldia alcaldía gobernacion gobernación juzgado juzgados comisaria comisaría clinica clínica penal municipalidad
rectorado facultad faculdade instituto istituto delegacion subdelegacion
amtsgericht landgericht oberlandesgericht verwaltungsgericht landratsamt polizeipräsidium polizeiwache klinikum
krankenhaus uniklinik stadthalle bibliothek stadtbibliothek moschee synagoge fachhochschule gymnasium gefängnis jva
ausländerbehörde ausländeramt bürgeramt jobcenter gemeindehaus bürgerhaus theaterhaus schauspielhaus staatstheater
landestheater judiciaire civile
gerechtshof provinciehuis ziekenhuis bibliotheek schouwburg moskee politiebureau gevangenis hogeschool gemeentehuis
kommunhus* polishus* politistasjon* politigård* sygehus* bibliotek* folkets stadsbibliotek* moske* moské* fängels*
fengsel* kulturhus* högskol* høgskol* tingsrätt* landstingshus* regionshus* fylkeshus*
poliisiasema* kirjasto* kirkko* teatteri* kulttuuritalo* poliisitalo*
urząd urzędu urzad urzedu wojewódzki sąd sądu rejonowy okręgowy komenda komendy szpital* bibliotek* muzeum teatr
teatru filharmoni* areszt* więzien* starostwo
valilik kaymakamlik* adalet sarayi mudurlugu müdürlüğü kutuphane* kütüphane* stadyumu otogar* terminali hapishane*
kultur merkezi universite*
soud soudu magistrat* policie nemocnic* knihovn* divadl* kostel* věznic* väznic* nemocnice krajský okresní mestský
önkormányzat* könyvtár* színház* templom* kormányhivatal* rendőrség* börtön*
prefectura tribunalul judecatoria judecătoria spitalul teatrul biserica stadionul consiliul parchetul penitenciarul
прокуратур* полици* милици* библиотек* институт* академи* стадион* музе* церковь церкви мечет* синагог* тюрьм* сизо
колони* облсовет* следком* райсуд* облсуд* горсуд* дворец дворца театр* больниц* поликлиник*
поліці* бібліотек* інститут* церкв* палац* облрад* міськрад* горрад* в'язниц* синагог* лікарн*
община кметство болница гара театър градска градско скупштина општина болниц* универзитет* позоришт*
βιβλιοθηκ* θέατρο θεατρο εκκλησι* περιφέρεια φυλακ*
دانشکده کتابخانه موزه تئاتر فرودگاه کلانتری مسجد کلیسا ورزشگاه استادیوم آرامستان قبرستان پالایشگاه کارخانه دبیرستان
محکمة المحکمه محكمة كلية مكتبة متحف مسرح مطار مخفر شرطة كنيسة ملعب استاد مقبرة مبنى نقابة مقر مديرية محافظة
עירייה משפט חולים ספריית ספרייה מוזיאון תיאטרון משטרת אצטדיון כנסיית היכל
دادگا دادگای زانکۆ کتێبخانە* مۆزەخانە* زیندان* مزگەوت* پارێزگای یاریگا* شارەوانی*
guildhall statehouse precinct jail prison clinic fairgrounds courthouse townhall
linnavalitsus* linnavolikog* vallavalits* kohtumaj* haigla* raamatukog* kirik* muuseum* kultuurimaj* peahoone*
dome domes pilsetas novada ratsnams* tiesa tiesas slimnic* pils teatris bibliotek* augstskol* universitat* stacij*
baznic* muzej*
saeima* seima* arkikatedr* katedra katedros teismas teismo ligonin* pilis pilies teatras stotis stoties muziej*
baznyc* kolegija rumai
hauptgebäude hovedbygning* huvudbyggnad* päärakennu* hlavna hlavní budova
pengadilan walikota universitas gereja masjid balaikota
अस्पताल निगम कलेक्टर
"""
#: Words for rooms, shops and restaurants, which are named after any city.
NAMED_AT_WILL: Final = """
sala salle saal salon salone zaal salonu зал залі зале
bar bistro kafe kafé kafeneio kavárna kavarna kávézó kawiarnia kafejka kebab kebap döner doner falafel shawarma
grill imbiss pizzeria trattoria osteria
taverna ταβερνα brasserie restoran restorani restoracja restaurace restauracja étterem etterem
ravintola lokanta lokantasi
supermarkt supermarket supermarché bakery bäckerei boulangerie panadería panaderia padaria bazaar barbershop bookshop
buchhandlung librairie librería libreria livraria reisebüro
кафе ресторан бар кофейня кавярня магазин пекарня
رادیو تلویزیون روزنامه إذاعة تلفزيون صحيفة جريدة
کافه رستوران سوپرمارکت نانوایی کبابی فروشگاه مطعم مقهى مخبز קפה מסעדת
"""
#: Those that usually have the name of their own town, and of no other.
CIVIC_INSTITUTIONS: Final = """
prefeitura alcaldia municipalidad urzad urzedu tribunale questura prefettura ospedale amtsgericht landgericht
landratsamt polizeipräsidium klinikum krankenhaus uniklinik stadthalle stadtbibliothek gerechtshof provinciehuis
belediye valilik otogari primaria облсовет міськрада горрада کلانتری فرودگاه
"""
