"""Normalise community names: "Iranians", "ukrainisch", "Tibetan diaspora", "Киргизстан".

Lists, filters and charts use one name for each community. Imported tables and links name it by country, adjective or
people, in many languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from rallymap.community_names import NAMES, community_name
from rallymap.countries import english_country_name, read_shown_country
from rallymap.demonyms import MIN_STEM, adjectives, country_of_demonym
from rallymap.folding import fold_letters
from rallymap.language import ENGLISH, languages, use_language

_COUNTRY_NAMES: Final = {"CD": "DR Congo", "MM": "Myanmar", "TR": "Turkey"}
"""Country names used in events that differ from CLDR's English names."""

# The canonical name, then words that the country list, the demonyms and the catalogues do not contain; "*" at the end
# of a stem matches any inflection.
_TABLE: Final = """
Assyrians: assyrian, assyrisch*, assyrier*, assyrien*
Baloch: baluch, baluchi, balochi, baloochi
Belarus: belarussen, belarusen, weißrussen, белорусы, білоруси, беларусы, białorusini, hviterussere, vitryssar
Biafra supporters: biafra, biafran
Chaldeans: chaldean
China: çin, çîn
DR Congo: dr congolese, drc
Hazaras: hazara, هزاره*, 哈扎拉人
Hong Kong: hongkonger, hong konger, hongkongese, hong kongese, hkers
Iran: iraner*, ایرانیان, ایرانی*, iraníes, iranere, иранцы, іранці, الايرانيون, iranlılar, irańczycy
Kashmiris: kashmiri
Kurds: kurdish, kurdi, kurdisch*, kurden, kurde, kurdes, kurder*, kurdisk*, kurdo, kurda, kurdos
Kurds: kürt*, курды, курди, کرد, کردها, کورد, أكراد, 庫德族, 庫爾德人
Myanmar: burma, burmese
Oromo: oromos
Pashtuns: pashtun, pashto, pakhtun*
Rohingya: rohingyas
Russia: russen, russere, ryssar, россияне, росіяни, rosjanie, ruslar
Sikhs: sikh
Sindhis: sindhi
South Africa: south african
South Sudan: south sudanese
Southern Cameroonians: southern cameroonian, southern cameroons, ambazonia*
Sri Lanka: sri lankan
Sudan: sudaner*, sudanesen
Syria: syrer*, syriens, سوریها, سوريون
Tamils: tamil, tamilen, tamoul*, tamiler*
Tibetans: tibetan, tibetisch*, tibeter*, tibétain*, tibetan*, tibetansk*, tibetano*, тибетцы, тибетці
Tibetans: 圖博, 圖博人, 藏人, 藏族
Tigrayans: tigrayan, tigrean
Turkey: türken, tyrkere, turkar, türkler
Ukraine: ukrainer*, ukrainare, українці, украинцы, ukraińcy, ucranianos, ukraynalılar, اوکراینیها
Uyghurs: uyghur, uighur, uighurs, uygur*, uigur*, ouïghour*, 維吾爾, 維吾爾族
Venezuela: venezolaner*
Yazidis: yazidi, yezidi*, ezidi*, êzidî*, jesid*, jezid*, yézidi*
"""
_KINDS: Final = frozenset(
    fold_letters(word)
    for word in "diaspora community communities people peoples exiles exile emigrants expats immigrants migrants "
    "refugees nationals citizens the in of from diasporan exilé exilés communauté comunidad gemeinschaft gemeinde "
    "діаспора диаспора диаспоры громада جامعه الجالیه".split()
)
"""Words next to the name that are ignored."""
_NO_COMMUNITY: Final = frozenset(
    ("african", "american", "chin", "hind", "indi", "lankan", "korean", "congolese", "congolais", "papua")
)
"""Words that can mean several countries or peoples."""
_SHORTEST_NAME: Final = 4


@lru_cache(maxsize=4096)
def read_community(text: str) -> str:
    """Return the canonical name of a community, or the text unchanged if it is unknown.

    Parameters
    ----------
    text
        A country, adjective or people, in any language of the tables and catalogues; words such as "diaspora" are
        ignored.

    Returns
    -------
    name
        "Iran" for "Iranian", "Kurds" for "Kurdish". Ambiguous words ("Congolese", "Korean") are returned unchanged.
    """
    text = text.strip()
    folded = fold_letters(text)
    names, stems = _tables()
    for words in dict.fromkeys((folded, " ".join(word for word in folded.split() if word not in _KINDS))):
        if not words or words in _NO_COMMUNITY:
            continue
        if known := names.get(words) or names.get(words.removesuffix("s")):
            return known
        # Names are short in Chinese and Arabic script: "中國", "مصر".
        is_name = len(words) >= _SHORTEST_NAME or not words.isascii()
        if is_name and (code := read_shown_country(words)):
            return _COUNTRY_NAMES.get(code) or english_country_name(code)
        if " " in words:
            continue  # "Chinese Uyghurs" are not the Chinese community
        if known := next((name for stem, name in stems if words.startswith(stem)), ""):
            return known
        for word in (words, words.removesuffix("s")):
            if len(word) >= _SHORTEST_NAME and word not in _NO_COMMUNITY and (code := country_of_demonym(word)):
                return _COUNTRY_NAMES.get(code) or english_country_name(code)
    return text


@lru_cache(maxsize=4096)
def community_named(text: str) -> str:
    """Return the canonical name of the community that a text names without any other word; "" if it names none.

    Unlike :func:`read_community`, this compares whole words, so that "Cubanet" is not Cuba, and does not read names of
    countries in languages of the Latin script, in which "laws" is Laos.
    """
    folded = fold_letters(text)
    if len(folded) < _SHORTEST_NAME and folded.isascii():
        return ""
    names, _ = _tables()
    for word in (folded, folded.removesuffix("s")):
        if word in _NO_COMMUNITY:
            continue
        if known := names.get(word):
            return known
        code = country_of_demonym(word, by_stem=False) or ("" if word.isascii() else read_shown_country(word))
        if code:
            return _COUNTRY_NAMES.get(code) or english_country_name(code)
    return ""


def words_for_communities() -> Iterator[str]:
    """Yield the words that :func:`community_named` knows besides the names of countries, folded."""
    yield from _tables()[0]
    yield from adjectives()


@cache
def _tables() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return canonical names by folded word, and by stem, longest stem first."""
    names: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    for language in languages():
        with use_language(language):
            names |= {
                fold_letters(community_name(name)): name for name in sorted(NAMES) if language.code != ENGLISH.code
            }
    for line in _TABLE.strip().splitlines():
        name, _, words = line.partition(":")
        for word in (name, *words.split(",")):
            folded = fold_letters(word.strip().rstrip("*"))
            names[folded] = name
            if word.endswith("*") and len(folded) >= MIN_STEM:
                stems.append((folded, name))
    names |= {fold_letters(name): name for name in sorted(NAMES)}
    return names, sorted(stems, key=lambda stem: -len(stem[0]))
