"""Case endings of town names, and prefixes with a meaning such as "in", by script."""

from __future__ import annotations

from typing import Final

# Ending -> endings of the base form, longest first. Folded: й is и, ї is і, ё is е.
CYRILLIC: Final = """
и:ь,а,я,
і:о
ому:е
ов:ы,и
е:а,,о,ь,я
а:,
у:,а,ь
ю:ь,я,и
ы:а,
ом:,
ем:ь,
ой:а ои:а
ии:ия
ье:ь
ве:ва
ове:ов
ого:ии
ом:ый
і:а,,ь,я
зі:га
ці:ка,ець
ле:ел
ові:ов,ів
єві:ів,їв еві:ев
иєві:иів
иеві:иів
ева:ів
ии:ия
ьова:ьків
ова:ів,ов
львова:львів,львов
цях:ці,цы
ах:ы,и,а
ях:и,і,я
иева:иев
ае:аи
євом:їв
иевом:иев
єва:їв
љу:ље
ју:је
вцу:вац
ку:ак
ьце:ец
дағы: дегі: тағы: тегі:
да: де: та: те:
"""
LATIN: Final = """
ie:a,,
zie:ga,da
dzie:da,d
cach:ce
tymstoku:tystok
ymstoku:ystok
dze:ga,da
cie:ta,t
rze:ra,r
re:r,ra
nem:ne
nom:ne
znie:zno
le:l,la
u:,a,o
iu:
i:a,,y
ia:
iem:
y:
ow:y
lc:lce
lk:lki
owie:ow
ze:ha,ga
ne:no,na,n
ove:ova,ov
a:,o
y:a,
em:,
om:
issa:i,
issä:i,
ssa:,
ssä:,
ussa:u
gissa:ki
gissä:ki
ngissa:nki
sta:,
lla:,
uudellamaalla:uusimaa
pissa:ppi
lle:,
hin:,
ban:,
ben:,
on:,
en:,
an:,
n:,
je:us
uje:us
s:,
daki:
deki:
taki:
teki:
da:
de:
ta:
te:
dan:
den:
tan:
ten:
e:,as,is
ye:
iye:i
ella:,i
elle:,i
elta:,i
lta:
joella:joki
dessa:ti
desta:ti
ngista:nki
iin:i
uun:u
aan:a
oon:o
een:e
ett:
ott:
ba:
be:
bol:
rol:
ra:
re:
oje:a
eje:e
uose:ai
iuose:iai
yje:ys
ili:ils
is:
ve:va,v
iciach:ice
icich:ice
ciach:ce
iach:ie
och:y
ach:y
kach:ki
czech:czy,cy
ech:y
ni:en,nia
sti:ste
cima:ci
szech:chy
rzech:ry
ii:ia
sce:ska
lsce:lska
sku:sk
szu:sze
ciu:cie
ci:ka,ec
ju:je
ru:er,ar
ku:ak,ek
ej:a
zni:zen
ic:ice
tol:
"""
# Adjectives in two-word names, which are also inflected: "w Zielonej Górze", "в Нижнем Новгороде".
FIRST_WORDS: Final = """
ej:a
e:a
ym:y
em:o,y,e
ku:ek
im:i
om:i,y,e
oj:a
ych:e
ich:e
u:o
ci:ec
ем:ии
ом:ыи,ии,и
ого:ыи,ии
его:ии
ому:ии
ои:ая
іи:а
ых:ые
их:ие
"""
GREEK: Final = """
ο:ος
ά:άς
α:ας
η:ης
ας:α
ης:η
ου:ος,ο
ών:α,ες
ων:α,ες,αι
"""
# "In", "near", "from", "of" and the dative; the nominative ends with a vowel.
GEORGIAN: Final = """
ში:ი,
თან:ი,
დან:ი,
იდან:ი
ის:ი
ს:ი,
"""
ARMENIAN: Final = """
ում:,
ից:,
ի:
"""
# Prefixes in Amharic and Tigrinya: in, from, of, for.
ETHIOPIC_PREFIXES: Final = ("በ", "ከ", "የ", "ለ")
# Prefixes in Hebrew and Arabic: in, to, from, and, the.
PREFIXES: Final = ("ב", "ל", "מ", "וב", "שב", "ו", "ب", "ل", "و", "وب", "لل", "فی")
# Adjectives and genitives of towns: "Kölner Dom", "Münchner Rathaus", "Stockholms universitet".
ADJECTIVE: Final = """
s:
er:,en
ner:en
ski:
sky:
in:
ın:
een:e
aan:a
oon:o
uun:u
an:a
on:o
un:u
ngin:nki
run:rku
den:ti
"""
