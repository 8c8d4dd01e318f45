"""Patterns for names of people in the texts of an event, next to a word that introduces a person.

Without such a word a name is not found, because no list of names would be complete. The words are those of the
languages of the pages: titles ("Mrs"), tasks at an event ("steward") and what people do there ("will bring").
"""

from __future__ import annotations

import re
from typing import Final

_NAME = r"[^\W\d_a-zß-ÿа-яёіїєґ][\w'’-]{1,30}"
_OFFICE = r"(?i:pr[eéäá]sident|prime|minister|ministr|chancellor|kanzler|ambassador|botschafter|secretary|speaker)"
_TITLED = re.compile(
    r"(?<!\w)(?:(?i:mrs?|ms|miss|herrn?|frau|madame|monsieur|mme|señora?|sra?|sayın|г-н|г-жа|пан|пані|"
    r"contact person|contact|ansprechpartner(?:in)?|kontakt(?:person)?|contacto|persona de contacto|"
    r"(?:ask|look|asks) for|organi[sz]ed by|his name is|her name is|named|namens|nommée?|llamad[ao]|"
    r"iletişim|irtibat|kontakt med|frag(?:t|en sie) nach|wende\w* (?:euch|sie sich) an|demandez|"
    r"s['’]adresser à|pregunta\w* por|spør etter|fråga efter|sp[øo]rg efter|спросит[ье]|спрашивайте|"
    r"обращ\w+ к|запита\w+|зверта\w+ до|"
    r"по имени|на ім['’]я)"
    rf"\.?)[:：]?\s({_NAME}(?:\s(?:van|von|de|del|bin|al|el)\b)?\s{_NAME}(?:\s{_NAME})?)"
    rf"|(?<!\w)(?:Mrs?|Ms|Miss|Herrn?|Frau|Madame|Monsieur|Señora?)\.?\s(?!{_OFFICE})({_NAME})"
)
_TASK = (
    r"(?i:treasurer|stewards?|marshals?|speakers?|co-?ordinators?|moderators?|drivers?|organi[sz]ers?|spokes(?:person|woman|man)|"
    r"volunteers?|medics?|photographers?|chair(?:person|woman|man)|"
    r"ordner(?:in)?|redner(?:in)?|sprecher(?:in)?|koordinatorin|moderatorin|fahrer(?:in)?|anmelder(?:in)?|versammlungsleiter(?:in)?|"
    r"kassier(?:er|in)?|verantwortliche[rn]?|"
    r"porte-parole|coordinat(?:eur|rice)|responsable|trésori(?:er|ère)|intervenante?|orat(?:eur|rice)|animat(?:eur|rice)|bénévole|"
    r"organisat(?:eur|rice)|portavoz|coordinadora?|tesorer[oa]|oradora?|presentadora?|voluntari[oa]|organizadora?|"
    r"talere?|talare|koordinator|vaktsjef|(?:ordnings)?vakt|ansvarig|ansvarlig|kassör|kasserer|sjåfør|chaufför|konferansier|konferencier|"
    r"kontaktperson|talsperson|fotograf|arrangør|arrangör|"
    r"konuşmacı|sözcü(?:sü)?|koordinatör|sunucu|sorumlusu|görevli|şoför|axêver|berpirs|"
    r"координатор\w*|ведущ\w+|ведуч\w+|сп[иі]кер\w*|организатор\w*|організатор\w*|ответственн\w+|відповідальн\w+|водитель|водій|"
    r"казначей|скарбни\w+|выступающ\w+|промов\w+|модератор|волонт[её]р\w*)"
)
"""What a person does for an event."""
_DOES_BEFORE = (
    r"(?i:(?:es )?(?:spricht|sprechen|redet|singt|liest|moderiert|übersetzt)|"
    r"prend(?:ra)? la parole|parlera|prononcera|animera|"
    r"habla(?:rá)?|interviene|(?:lleva|trae)(?:rá)?(?: (?:el|la|los|las) \w{2,20})?|leerá|"
    r"talar|snakker|"
    r"speech(?:es)? by|read by|driven by|translated by|"
    r"выступает|выступит|принес[её]т|раздаст|виступить|виступає|говоритиме|принесе|роздасть|шукайте|ищите|питайте)"
)
"""Verbs that a name follows."""
_DOES_AFTER = (
    r"(?:will (?:bring|speak|read|lead|hold|collect|sing|translate|drive|carry|talk|wait|moderate|wear)|"
    r"(?:brings|speaks|reads|collects|drives|translates)|"
    r"(?:spricht|bringt|liest|moderiert|übersetzt|sammelt)|(?:lira|parlera|apportera|animera)|(?:hablará|leerá|traerá|llevará)|"
    r"(?:håller|taler|talar|leser|läser|snakker|tar med|kommer med)|"
    r"(?:выступит|прочитает|принес[её]т|виступить|прочитає|принесе)|(?:konuşacak|okuyacak|getirecek))(?!\w)"
)
"""Verbs that follow a name."""
_IS = r"(?: (?:is|ist|est|es|är|er|this year))?"
_AT_WORK = re.compile(
    rf"(?<!\w){_TASK}{_IS}\s?[:：,–—-]?\s({_NAME}\s{_NAME}(?:\s{_NAME})?)"
    rf"|(?<!\w){_DOES_BEFORE}[:：]?\s({_NAME}\s{_NAME}(?:\s{_NAME})?)"
    rf"|(?<![\w'’-])({_NAME}\s{_NAME}(?:\s{_NAME})?)\s{_DOES_AFTER}"
)
_SURNAME = (
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何高林羅罗鄭郑梁謝谢宋唐許许鄧邓馮冯曹彭曾蕭萧田董袁潘蔣蒋蔡余杜葉叶程"
    "蘇苏魏呂吕丁沈任姚盧卢鍾钟廖"
)
"""The most frequent family names."""
_WORD = r"[^\W\d_]{2,20}"
_NO_ARABIC_NAME = r"(?!ال|عن\s|في\s|من\s|مع\s|على\s|إلى\s|باسم\s|أمام\s|بعد\s|قبل\s|\w{1,18}(?:ون|ين|ات)\s)"
_NO_PERSIAN_NAME = r"(?!از\s|در\s|به\s|با\s|این\s|آن\s|\w{1,18}ها\s)"
_CALLED_NAME = re.compile(
    rf"(?:آقای|خانم|السيد|السيدة|الأستاذ|الأستاذة)\s(\w+(?:\s\w+)?)"
    rf"|(?<!\w)(?:سخنران|مجری|گرداننده|ناظم|راننده|مترجم|هماهنگ[\u200c\s]?کننده)\s?[:：]\s?{_NO_PERSIAN_NAME}({_WORD}\s{_WORD})"
    rf"|(?<!\w)مسئول\s{_WORD}\s{_NO_PERSIAN_NAME}({_WORD}\s{_WORD})\sاست"
    rf"|(?<!\w){_NO_PERSIAN_NAME}({_WORD}\s{_WORD})\s(?:سخنرانی\s(?:می[\u200c\s]?کند|خواهد)|شعر\sمی[\u200c\s]?خواند)"
    rf"|(?<!\w)(?:يتحدث|تتحدث|المتحدثة?|المنسقة?|المسؤولة?\sعن\s{_WORD})\s?[:：]?\s{_NO_ARABIC_NAME}({_WORD}\s{_WORD})"
    rf"|(?:主持人?|發言人|发言人|召集人|聯絡人|联络人|負責人|负责人|司儀|講者|糾察|司機)(?:為|为|是|：|:)?\s?([{_SURNAME}][\u4e00-\u9fff]{{2}})"
    rf"|([{_SURNAME}][\u4e00-\u9fff]{{0,2}})(?:先生|女士|小姐|太太)"
)
NAMES: Final = (_TITLED, _AT_WORK, _CALLED_NAME)
"""Patterns; the last group that matched is the name."""


_NO_NAMES = re.compile(
    r"(?<!\w)(?:amnesty|international\w*|campaign|committee|coalition|collective|movement|group|union|unions|association|"
    r"society|trust|fund|institute|network|council|party|watch|foundation|federation|alliance|community|centre|center|church|students?|"
    r"human|rights|political|asylum|justice|freedom|free|peace|democracy|solidarity|embassy|parliament|nations|united|university|"
    r"prime|minister|president|mayor|speakers|women|youth|world|day|square|street|hall|"
    r"verein|bund|bündnis|gesellschaft|gemeinde|initiative|komitee|netzwerk|freiheit|gerechtigkeit|"
    r"comité|collectif|asociación|association|asociaci[oó]n|colectivo|libertad|justicia|liberté|"
    r"forening|foreningen|komité|kommitté|förening|föreningen|rörelsen|bevegelsen|derneği|komitesi|"
    r"комитет\w*|комітет\w*|союз\w*|движени\w*|рух\w*|обществ\w*|спілк\w*|партия|партія|"
    r"انجمن|کانون|نماینده|گروه|حزب|سازمان|شورا|وزیر|رئیس|فعال|دانشجو|رابطة|منظمة|حزب|ممثل|وزير|رئيس)(?!\w)",
    re.IGNORECASE,
)


def is_no_person(words: str) -> bool:
    """Return whether words contain that of an organisation, an office or a demand, and so are not a person's name."""
    return _NO_NAMES.search(words) is not None
