"""Everyday and official names of countries that neither CLDR nor ISO 3166-1 has, used by `build_country_names`."""

from __future__ import annotations

from typing import Final

EVERYDAY: Final = {
    "AE": "Emiraty Arabskie|Emiratele Arabe|Arab Emírségek|Emiraatit",
    "BA": "Bosnien u. Herzegowina|Босния|Боснія|Bośnia|Bosnie-Herc.",
    "BF": "Burkina|Буркина",
    "BY": "Fehéroroszország|Beyaz Rusya|Baltarusija|Baltkrievija|Republik Belarus|Республика Беларусь"
    "|Рэспубліка Беларусь|République de Biélorussie",
    "CD": "Dem. Rep. Kongo|Demokratisk Republik Congo|Kinshasa-Kongo",
    "CG": "Rep. Kongo|Rép. du Congo|República del Congo|Repubblica del Congo|Республика Конго",
    "CH": "Eidgenossenschaft|Schweizerische Eidgenossenschaft|Confédération suisse|Confederazione Svizzera"
    "|Confederaziun svizra|Confederación Suiza|Swiss Confederation|Svizra",
    "CI": "Rép. de Côte d'Ivoire|República de Costa de Marfil",
    "CN": "VR China|République populaire de Chine|República Popular China|República Popular de China"
    "|República Popular da China|Repubblica Popolare Cinese|RP Chine|Китайская Народная Республика"
    "|Китайська Народна Республіка|中華人民共和國|中华人民共和国|Volksrepubliek China|ChRL"
    "|Chińska Republika Ludowa|Çin Halk Cumhuriyeti|جمهوری خلق چین|جمهورية الصين الشعبية|Folkerepublikken Kina"
    "|Folkrepubliken Kina|Čínská lidová republika|Kínai Népköztársaság|Kiinan kansantasavalta|중화인민공화국"
    "|Festlandchina",
    "CV": "Kapverdische Inseln|Kapverde",
    "CY": "Nordzypern|Zypern Nord|KKTC|TRNC|Republik Zypern|République de Chypre|Republic of Cyprus",
    "CZ": "Tschechei|Tschech. Republik|Tschech. Rep.|Czech Rep.|Rép. tchèque|Rep. Checa|Rep. Ceca"
    "|Tsjechische Republiek|Tjeckiska republiken|Tjekkiske Republik|Tsjekkiske republikk|Cseh Köztársaság"
    "|Tšekin tasavalta|Republica Cehă|Çek Cum.",
    "DE": "Dtl.|Dtld.|Deutschl.|Deutschld.|Dt. Bundesrepublik|Bundesrep. Deutschland|Bundesrepublik"
    "|République fédérale d'Allemagne|República Federal de Alemania|Repubblica Federale di Germania"
    "|Федеративная Республика Германия|Federální republika Německo|Almanya Federal Cumhuriyeti",
    "DO": "Rép. dominicaine|Rep. Dominicana|Dom. Republik|Dominican Rep.",
    "FR": "Frankr.|Rép. française",
    "GB": "Nordirland|Nord-Irland|Irlande du Nord|Irlanda del Norte|Irlanda do Norte|Irlanda del Nord"
    "|Noord-Ierland|Irlandia Północna|Северная Ирландия|Північна Ірландія|Kuzey İrlanda|ایرلند شمالی"
    "|أيرلندا الشمالية|Severní Irsko|Észak-Írország|Pohjois-Irlanti|Βόρεια Ιρλανδία|Паўночная Ірландыя|北爱尔兰"
    "|北愛爾蘭|北アイルランド|북아일랜드|Walia|Gales|Pays de Galles|País de Gales|Galles|Уэльс|Уельс|Шотландия"
    "|Шотландія|Szkocja|İskoçya|Galler|Skotlanti|Skotsko|Skócia|Σκωτία|Ουαλία|اسکاتلند|ولز|ویلز|اسكتلندا|ويلز"
    "|スコットランド|ウェールズ|스코틀랜드|웨일스|잉글랜드|苏格兰|蘇格蘭|威尔士|威爾斯|Scozia|Escócia"
    "|Zjednoczone Królestwo|Yhdistynyt kuningaskunta|Iso Britannia|הממלכה המאוחדת|סקוטלנד|וויילס|Ver. Königreich"
    "|Vereinigtes Kgr.|R. Unito|Verenigd Kon.|Roy.-Uni|Шатландыя|Уэлс|Anglicko|Anglie|Škotska|Škotsko",
    "GE": "გრუზია|Сакартвело|Republik Georgien|République de Géorgie",
    "HK": "香港|HongKong|Hong-Kong",
    "IQ": "Kurdistan-Irak|Irakisch-Kurdistan|Irakisch Kurdistan|Autonome Region Kurdistan (Irak)|Südkurdistan"
    "|Başûrê Kurdistanê|Kurdistan irakien|Kurdistán iraquí|Kurdistan iracheno|Kurdystan iracki"
    "|Иракский Курдистан",
    "IR": "Persien|Perse|Персия|Persja|République islamique d'Iran|Islamische Rep. Iran|Rep. islámica de Irán"
    "|Исламская Республика Иран|İran İslam Cumhuriyeti|Islamitische Republiek Iran|Isl. Rep. Iran"
    "|الجمهورية الإسلامية الإيرانية",
    "KG": "Kirgisien|Киргизия|Киргизія|Kirghizistan|Kirgisische Republik|Кыргызская Республика",
    "KP": "DVRK|Demokratische Volksrepublik Korea|RPDC|Северная Корея|Північна Корея|朝鮮|朝鲜"
    "|朝鮮民主主義人民共和国|조선|조선민주주의인민공화국|KRLD",
    "KR": "Republik Korea|République de Corée|República de Corea|República da Coreia|Repubblica di Corea"
    "|Republiek Korea|Республіка Корея|Республика Корея|Republika Korei|Republiken Korea|Republikken Korea"
    "|Korejská republika|Kore Cumhuriyeti|Koreai Köztársaság|Korean tasavalta|דרום קוריאה|大韩民国|大韓民國"
    "|大韓民国|南韩|南韓|Rep. of Korea|Rep. Korea|R. of Korea",
    "LK": "Цейлон|Ceilão|Ceilán",
    "LU": "Luxbg.|Großherzogtum Luxemburg|Grand-Duché de Luxembourg|Gran Ducado de Luxemburgo",
    "MD": "Молдавия|R. Moldova|Rep. Moldau|Rep. Moldova|Республика Молдова|República de Moldavia",
    "MK": "Nord-Mazedonien|FJR Mazedonien|ARYM|Република Македонија|Nordmakedonia|Nordmakedonien"
    "|Republik Nordmazedonien",
    "PS": "Palästinensische Gebiete|Palästinensische Autonomiegebiete|Cisjordanie|Cisjordania|Cisgiordania"
    "|Westjordanland|Westbank|Westelijke Jordaanoever|Vestbredden|Västbanken|Gazastreifen|Bande de Gaza"
    "|Franja de Gaza|Faixa de Gaza|Striscia di Gaza|Gazastrook|Gazaremsan|Gazastripen|Palestyna|Palæstina|غزة"
    "|غزه|Сектор Газа|Западный берег",
    "RU": "Russische Föderation|Russ. Föderation|Federación Rusa|Federación de Rusia|Federação Russa"
    "|Federazione Russa|Российская Федерация|Російська Федерація|Расійская Федэрацыя|Federacja Rosyjska"
    "|Ruská federace|Rusya Federasyonu|Orosz Föderáció|Venäjän federaatio|Russiske Føderation|Ryska federationen"
    "|فدراسیون روسیه|روسيا الاتحادية|Federația Rusă|Russische Federatie",
    "SK": "Slowakische Republik|Slowak. Republik|République slovaque|República Eslovaca|Slovenská republika",
    "SY": "Arabische Republik Syrien|République arabe syrienne|República Árabe Siria|Syrische Arabische Republik"
    "|Сирийская Арабская Республика",
    "TM": "Turkmenien|Туркмения",
    "TW": "Republik China|Republik China (Taiwan)|République de Chine|República de China|República da China"
    "|Repubblica di Cina|Repubblica Cinese|Republiek China|Китайская Республика|中华民国|Republika Chińska"
    "|Republikken Kina|Republiken Kina",
    "US": "Verein. Staaten|Ver. Staaten|Ver. Staaten von Amerika|Vereinigte Staaten v. Amerika|Forente stater"
    "|De forente stater|Amerikas forente stater|De forenede stater|Forenede Stater|Forenta staterna"
    "|Förenta staterna|Spojené štáty|Ameerika Ühendriigid|Jungtinės Amerikos Valstijos"
    "|Amerikas Savienotās Valstis|ЗША|Злучаныя Штаты|Сполучені Штати|Сполучені Штати Америки"
    "|Соединённые Штаты Америки|Stany Zjednoczone Ameryki|Spojené státy americké|Statele Unite"
    "|Statele Unite ale Americii|Sjedinjene Države|Sjedinjene Američke Države|Združene države Amerike"
    "|アメリカ合衆国|미합중국|美利坚合众国",
    "VA": "Heiliger Stuhl|Saint-Siège|Santa Sede|Santa Sé|Stolica Apostolska|Heilige Stoel",
}
"""Names separated by "|", by country."""
