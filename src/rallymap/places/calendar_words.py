"""Names of months and weekdays, which many villages have, too: "Mai" is not a place in Kenya.

The names are those of Unicode CLDR in 33 languages, folded. Left out are those that towns of over 15 000 people have as
their own name: "Pazar", "Dubna", and Dushanbe in Persian.
"""

from __future__ import annotations

from typing import Final

CALENDAR_WORDS: Final = frozenset(
    """
    abril adar agosto agustos agustus aout april aprila aprile aprilie aprilis aralik august augusti augustus
    augusztus avril berfanbar brezen brezna carsem cerven cervence cervenec cervna cetvrtak cotmeh csutortok
    ctvrtek cuma cumartesi czerwca czerwiec czwartek december decembra decembre decembrie desember dezember
    dezembro dicembre diciembre dienstag dimanche dinsdag domenica domingo donderdag donnerstag duminica dusem
    ekim elokuu elokuuta enero eylul febbraio febrero februar februara februari februarie february fevereiro
    fevrier fredag freitag friday gennaio giovedi giugno grudnia grudzien gulan haziran heinakuu heinakuuta
    helmikuu helmikuuta hetfo heziran huhtikuu huhtikuuta ianuarie ilon ini iulie iunie janeiro januar januara
    januari january janvier jeudi joi joulukuu joulukuuta jueves juillet juin jul jula julho juli julio julius
    july jumat jun juna june junho juni junio junius kamis kasim kedd kesakuu kesakuuta keskiviikko
    keskiviikkona kolovoz kolovoza kveten kvetna kwiecien kwietnia lauantai lauantaina leden ledna lipanj lipca
    lipiec lipnja listopad listopada listopadu lokakuu lokakuuta lordag luglio lundi lunedi lunes luni lutego
    luty maaliskuu maaliskuuta maanantai maanantaina maandag maart maggio mai maio maj maja majus mandag march
    marcius mardi marec maret marraskuu marraskuuta mars mart martedi martes martie marts marz marzec marzo may
    mayis mayo mei mercoledi mercredi miercoles miercuri mijdar minggu mittwoch monday montag nedela nedele
    nedjelja niedziela nisan noiembrie november novembra novembre novembro noviembre ocak october octobre
    octombrie octubre oktober oktobra onsdag ottobre outubro ozujak ozujka patek pazartesi pazdziernik
    pazdziernika pencsem pentek perjantai perjantaina persembe petak piatek piatok pondeli pondelok ponedjeljak
    poniedzialek prosinac prosinca prosince prosinec rabu rebendan rijna rujan rujna sabado sabato sabtu sambata
    samedi samstag saturday selasa senin september septembra septembre septembrie septiembre sesem setembro
    settembre sibat sierpien sierpnia sijecanj sijecnja sobota sondag sonntag srijeda sroda srpanj srpen srpna
    srpnja streda studeni studenoga stvrtok styczen stycznia subat subota sunday sunnuntai svibanj svibnja
    syyskuu syyskuuta szeptember szerda szombat tammikuu tammikuuta tebax temmuz thursday tiistai tiistaina
    tirmeh tirsdag tisdag torsdag torstai torstaina toukokuu toukokuuta travanj travnja tuesday unor unora utery
    utorak utorok vasarnap veljaca veljace vendredi venerdi viernes vineri vrijdag wednesday woensdag wrzesien
    wtorek yeksem zari zaterdag zondag απριλιοσ απριλιου αυγουστοσ αυγουστου δεκεμβριοσ δεκεμβριου δευτερα
    ιανουαριοσ ιανουαριου ιουλιοσ ιουλιου ιουνιοσ ιουνιου κυριακη μαιοσ μαιου μαρτιοσ μαρτιου νοεμβριοσ
    νοεμβριου οκτωβριοσ οκτωβριου παρασκευη πεμπτη σαββατο σεπτεμβριοσ σεπτεμβριου τεταρτη τριτη φεβρουαριοσ
    φεβρουαριου август августа апрель апреля април березень березня вересень вересня воскресенье вторник
    вівторок грудень грудня декабрь декабря декември децембар жовтень жовтня июль июля июнь июня квітень квітня
    липень липня листопад листопада лютии лютого маи март марта мая мај неделя недеља неділя новембар ноември
    ноябрь ноября октобар октомври октябрь октября петак петък понеделник понедельник понедељак понеділок
    пятница пятниця сентябрь сентября септембар септември середа серпень серпня среда сряда суббота субота
    събота січень січня травень травня уторак фебруар февраль февраля февруари червень червня четвер четверг
    четвртак четвъртък юли юни январь января януари јануар јул јун ապրիլ ապրիլի դեկտեմբեր դեկտեմբերի երեքշաբթի
    երկուշաբթի կիրակի հինգշաբթի հոկտեմբեր հոկտեմբերի հուլիս հուլիսի հունիս հունիսի հունվար հունվարի մայիս մայիսի
    մարտ մարտի նոյեմբեր նոյեմբերի շաբաթ ուրբաթ չորեքշաբթի սեպտեմբեր սեպտեմբերի փետրվար փետրվարի օգոստոս օգոստոսի
    אוגוסט אוקטובר אפריל דצמבר יולי יוני ינואר מאי מרץ נובמבר ספטמבר פברואר ابریل اغسطس الاثنین الاحد الاربعا
    الثلاثا الجمعه الخمیس السبت اوت اوریل اکتبر اکتوبر تهمووز جمعه حوزهیران دسامبر دووشهممه دیسمبر سبتمبر سهشنبه
    سپتامبر سیشهممه شنبه شهممه شوبات فبرایر فوریه مارس مایو نوامبر نوفمبر نیسان ههینی پنجشنبه پینجشهممه چهارشنبه
    چوارشهممه ژانویه ژوین ژوییه یاب یازار یایار ینایر یهکشهممه یهیلوول یولیو یونیو یکشنبه กรกฎาคม กันยายน
    กุมภาพันธ์ ตุลาคม ธันวาคม พฤศจิกายน พฤษภาคม มกราคม มิถุนายน มีนาคม วันจันทร์ วันพฤหัสบดี วันพุธ วันศุกร์
    วันอังคาร วันอาทิตย์ วันเสาร์ สิงหาคม เมษายน აგვისტო აპრილი დეკემბერი თებერვალი იანვარი ივლისი ივნისი კვირა
    მაისი მარტი ნოემბერი ოთხშაბათი ორშაბათი ოქტომბერი პარასკევი სამშაბათი სექტემბერი შაბათი ხუთშაბათი 五月
    十一月 十二月 土曜日 日曜日 星期一 星期三 星期二 星期五 星期六 星期四 星期日 月曜日 木曜日 水曜日 火曜日
    金曜日 금요일 목요일 수요일 월요일 일요일 토요일 화요일
    """.split()
)


_HOURS: Final = frozenset(
    "uhr h hrs am pm uur kl klo klokken ora ore orario at um a as las à les le la el den saat ساعت الساعه בשעה час"
    " часов годині".split()
)


def is_date(folded: str) -> bool:
    """Return whether a folded text consists of months or weekdays, hours and numbers: "Saturday 14h", "1er mai"."""
    names = [word for word in folded.split() if not word[0].isdigit() and word not in _HOURS]
    return bool(names) and all(word in CALENDAR_WORDS for word in names)
