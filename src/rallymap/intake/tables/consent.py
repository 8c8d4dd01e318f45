"""Headings in forms that ask whether an event may be published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rallymap.intake.lexicon import fold

_LONGEST = 160
_SHORT = 3
_CJK = re.compile("[\u4e00-\u9fff]")


def stems(words: str) -> tuple[str, ...]:
    """Return the folded stems of words."""
    return tuple(map(fold, words.split()))


_PUBLISH = stems(
    "publish publicly publication show display map maps website share veröffentlich karte zeigen öffentlich publier "
    "publié publicar publicac "
    "carte afficher mapa mostrar pubblic mappa publicer gepubliceerd kaart tonen karta visa offentlig publiser kart "
    "vise kort "
    "publik opublik mapie опублик публик карт опублік публік мап منتشر انتشار نقشه نشر ننشر النشر بالنشر خريطة "
    "الخريطة yayın yayım harita 公开 公開 "
    "发布 發布 地图 地圖 zveřejn mapě δημοσί δημοσι χάρτη julkais kartal közzé térkép לפרסם פרסום מפה weşan nexşe"
)
MAY = stems(
    "may can ok okay consent agree permission permit allow happy darf dürf einverstanden einwillig zustimm erlaub "
    "freigabe autoris "
    "accord accept consent pouvons peut autoriza consent permiso podemos acept permite permissão concord consenso "
    "possiamo accons "
    "kan kunnen können miyiz musunuz olur közzétehet συμφων אפשר ניתן هل mogen mag toestemming akkoord får samtyck "
    "godkänn samtykk godtar må zgod zgadz możemy wyraż соглас можно разреш згод "
    "можна дозвол اجازه رضایت موافق می‌توان موافقة توافق يمكن izin onay rıza 同意 允许 允許 可以 souhlas můžeme συγκατ "
    "μπορ "
    "suostum saako hozzájárul מסכימ מסכים אישור destûr razî"
)
_OF_PEOPLE = stems(
    "name namen nom nombre nome photo foto bild picture image email e-mail mail phone telefon contact kontakt "
    "contacto nazwisko imię имя "
    "фото контакт телефон ім'я نام عکس تماس اسم صورة isim ad fotoğraf iletişim 姓名 照片 联系 聯絡 logo video "
    "newsletter"
)
"""Headings with these ask about a person's data, which are never kept."""


@lru_cache(maxsize=1024)
def asks_for_consent(heading: str) -> bool:
    """Return whether a heading asks whether an event may be published: "May we show this on the map?"."""
    words = fold(heading).split()
    if not words or len(heading) > _LONGEST or any_begins(words, _OF_PEOPLE):
        return False
    return any_begins(words, _PUBLISH) and any_begins(words, MAY)


def any_begins(words: Sequence[str], stems: tuple[str, ...]) -> bool:
    """Return whether any folded word begins with a stem; short stems must be whole words."""
    return any(_begins(word, stem) for word in words for stem in stems)


def _begins(word: str, stem: str) -> bool:
    if _CJK.match(stem):
        return stem in word  # Chinese is written without spaces
    return word.startswith(stem) if len(stem) > _SHORT else word == stem
