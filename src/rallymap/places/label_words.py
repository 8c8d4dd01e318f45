"""Words that only label the following place: "Start: Hermannplatz, Ende: Dom", "from: Lyon to: Geneva"."""

from __future__ import annotations

import re
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.vocabulary import LABELS

#: Folded words before a colon that say what happens at a place.
BEFORE_COLON: Final = LABELS | frozenset(
    fold_letters(
        """
    departure arrival destination begins ends assembly gathering rally place where the lieu lugar luogo local plats sted
    paikka miejsce misto место місце מיקום מקום مکان محل المکان yer 地点 地點 場所 장소
    from to via von nach fra til från till fin final meta cel konec начало конец старт финиш відкриття початок
    кінець фініш baslangic bitis شروع پایان مقصد مبدا البداية النهاية انطلاق וסיום סיום התחלה יציאה mål slut lähtö
    maali avgang afgang avgång ankomst arrivo koniec pocatek start 起点 起點 终点 終點 출발 도착 集合 解散 出発 到着
    de à desde hasta hacia da a van naar od do von bis nach откуда куда от из до від з از تا من إلى الى מ אל
    """
    ).split()
)
_BETWEEN_LABELS: Final = re.compile(r"(?<=[\w.)])\s+(?=([^\W\d_]+):\s)")


def split_at_labels(text: str) -> str:
    """Put a comma before each label in the text: "from: Lyon to: Geneva" to "from: Lyon, to: Geneva"."""
    return _BETWEEN_LABELS.sub(lambda match: ", " if fold_letters(match[1]) in BEFORE_COLON else match[0], text)
