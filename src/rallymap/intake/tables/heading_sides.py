"""Refine the meaning of a column from the other words in its heading: who counted, lower bound, end of a time."""

from __future__ import annotations

import re
from functools import lru_cache

from rallymap.intake.lexicon import fold, meanings
from rallymap.intake.tables.heading_bounds import (
    ENDS,
    OF,
    PAIR,
    SINCE,
    TIMES,
    UNTIL,
    bound_of_date,
    bound_of_time,
    bound_of_words,
    folded_words,
)

# A heading with one of these words describes the record, not the event.
_RECORD_WORDS = folded_words(
    "anmeldung anmeldedatum eingang eingangs created updated modified timestamp retrieved accessed inserted "
    "added submission submitted erfasst erstellt geändert abgerufen commit hash checked coded coder "
    "fecha_registro inscription registro cadastro registrazione registratie zgłoszenia zgloszenia złożenia "
    "wpływu rejestracji подачи регистрации уведомления подання реєстрації повідомлення başvuru bildirim "
    "kayıt solicitud presentación comunicación notificación dépôt déclaration demande richiesta "
    "presentazione preavviso comunicazione aanvraag melding aanmelding ansökan ansökningsdatum inkommen "
    "inkom søknad søknadsdato söknadsdato anmeldelse ansøgning ansøgningsdato podání oznámení nahlášení "
    "réception reçu reçue recepción recibido ricezione recebido receção ontvangst ontvangen mottagen mottatt modtaget "
    "otrzymania przyjęcia получения отримання receipt received empfang empfangen přijetí "
    "bejelentés benyújtás ثبت درخواست الطلب التسجيل التقديم 申請 登記 登记 申报 report reported notification "
    "application entrada ingreso asiento resolución bescheid beslut publicación publicação pubblicazione publication "
    "published veröffentlichung veröffentlicht posted post message scraped scrape crawled crawl downloaded uploaded "
    "edited "
    "reminder erinnerung rappel recordatorio promemoria påminnelse herinnering przypomnienie напоминание "
    "entry entered logged recorded dodania dodano publikacji добавления публикации публікації внесения zadání vložení "
    "înregistrării înregistrare depunerii depunere cererii prijave podnošenja υποβολής κατάθεσης γνωστοποίησης podania "
    "prijatia registravimo pateikimo esitamise iesnieguma заяўкі заявления подаване bejelentésé "
    "fetched fetch harvested imported synced cached indexed ingested collected archived verified "
    "zveřejnění publicering publisering offentliggørelse انتشار النشر yayın 发布 發布 發佈 掲載"
)
_RECORD_DATE = re.compile(
    "(?:ankomst|inkomst|eingang|ontvangst|registr|mottak|mottag|modtag|anmeld|ansök|søkn|ansøgn|meld|aanvra|bescheid|beslut|"
    "beslis|erfass|erstell|änder|veröffentl|publi|opprett|oppdater|uppdater|antrag|frist|skapad|oprett)"
    r"\w*(?:datum|dato|date|tag|dag)"
)
"""The same in one word of a Germanic language: "Ankomstdatum"."""
_CROWDS = frozenset({"crowd", "crowd_by", "crowd_actual", "crowd_registered", "crowd_high", "crowd_low", "note"})
_AT = frozenset("at on am le el em il op den дата".split())
_LAST_ACTIVITY = frozenset({"last", "activity"})
_MAX_WORDS = 5
_BOUNDS = frozenset({"start", "end", "begin", "event"})
_STAMPS = _BOUNDS | {"timestamp", "utc", "local", "unix", "ms"}
_REGISTERED = folded_words(
    "anmeldung anmeldungen "
    "заявленная заявленное заявлено заявленных "
    "gemeldet gemeldete angem angemeldet angemeldete angezeigt angezeigte verwacht verwachte aangemeld "
    "förväntat förväntade anmält forventet forventede anmeldt tilmeldt previstos prévu prévus "
    "annoncés annoncées annoncé previsto prevista previstas esperado esperada prévue attendu attendus déclaré "
    "déclarés previsti esperados "
    "zgłoszona zgłoszonych oczekiwana очікувана очікуваних заявлена beklenen المتوقع 预计 預計 "
    "déclarée déclarées declarados declarada comunicados notificados anmälda anmäld anmeldte tilmeldte aangekondigd "
    "gemelde zgłoszone planowana планована планированная ohlášeno ohlášený předpokládaný bildirilen öngörülen "
    "předpokl předp ohl ilm ilmoitettu odotettu bejel várh zgł przew "
    "erw voraussichtlich voraussichtliche gepl registered expected erwartet erwartete prognose geplant planned soll "
    "räknar regner declares declarees rechnet rechnen "
    "erwartest erwartet anticipated expect expecting attendez esperáis esperan aspettate "
    "forecast projected anticipated permit permitted prognostizierte prognostiziert previste attesi attese attesa "
    "dichiarati "
    "beräknat beräknade ansökan ansökt przewidywana przewidywane przewidywanych deklarowana deklarowane ожидаемое "
    "ожидаемая "
    "ожидаемых планируемое планируемая планируемых заявленные очікувані بینی انتظار توقع očekávaný očekávaná "
    "očekávaných "
    "předpokládaná ohlášená ohlášených αναμενόμενοι αναμενόμενη αναμενόμενων δηλωθέντες odotettu odotetut ilmoitettu "
    "påmeldt påmeldte föranmäld föranmälda předpokl předp oček ohl forv förv verw prev prév przew przewid oczek план "
    "ожид очік заявл prognos "
    "predpokladaný predpokladaná predpokladaných ohlásený nahlásený očekivani očekivano prijavljeni prijavljeno "
    "planuojamas numatomas oodatav plānotais anunțat anunțați declarat declarați очакван очаквани заявен заявени "
    "ilmoitetut várható bejelentett tervezett צפוי צפויים צפויה 申报 申報 预期 預期"
)
_POLICE = folded_words(
    "policji policję policie policii policije poliției полиції поліцією полицией préf αστυνομία "
    "police polizei urbana policija mossos ertzaintza gendarmerie carabinieri policía policia pm polizia politie "
    "politiets "
    "polisens poliisin polizeiliche полицейская polis polisen "
    "politiet policja полиция полиции полиція préfecture prefecture questura الشرطة پلیس 警方 警方估計 警方公布 "
    "警察発表 "
    "polícia polície polícii policajti poliisi poliisit rendőrség rendőrségi αστυνομίας ελας policía politi polîs "
    "milícia pp "
    "psp gnr ssc ssp pnp prf nypd lapd garda gardaí psni opp spvm мвд гувд нацполиция нацполіція stapo kapo pol polic "
    "emniyet emniyete emniyetin jandarma guardia questore rcmp npa поліції gendarmería politsei policijas "
    "警察 警察調べ 경찰 경찰추산 המשטרה משטרה"
)
_ORGANISERS = folded_words(
    "arrangør arrangøren arrangör arrangören veranstalter organizzatore organizador organisateur organisator arr "
    "орг organización organizzazione organizație "
    "org orgs 主辦 主办 主催 برگزارکننده برگزارکنندگان سازمان‌دهندگان المنظم المنظمون organizátor organizátoři "
    "szervezők "
    "organisers organizers organiser organizer organisation organização organizacao organizadores organizadoras "
    "organisateurs orga organizz "
    "veranstalter veranstaltern veranstaltende organizzatori organisatoren organisatie arrangörer "
    "arrangører organizatorzy organizatorów организаторы организаторов організатори المنظمین المنظمين "
    "大會 主办方 主辦單位 主辦方 organizator organizatora organizatori "
    "主办方公布 主辦單位公布 主催者 主催者発表 主催者側 "
    "düzenleyici düzenleyiciler düzenleyenler tertip organisatorzy инициаторы заявители ініціатори "
    "pořadatel pořadatele pořadatelé pořadatelů svolavatel svolavatele usporiadateľ usporiadatelia organizátora "
    "organizátorov "
    "järjestäjä järjestäjät järjestäjien szervező szervezői διοργανωτές διοργανωτών rêxistin amadekar "
    "arrangörerna arrangørene arrangørerne arrangörernas veranstaltenden veranstalterin организаторам організаторам "
    "organizatora "
    "colectivas colectivos colectivo convocantes convocante sindicales sindical intersindical promotores "
    "promotori "
    "주최 주최측 המארגנים"
)
_ACTUAL = folded_words(
    "real reale reali efectiva efectivo effectif факт факту фактично faktyczna faktyczne faktycznie "
    "фактическая фактическое фактически фактична фактичних tats tatsächl werkelijk werkelijke faktiskt faktisk "
    "faktiske réel réels constaté constatés reales efectivos effettivi rzeczywista rzeczywistych gerçek واقعی الفعلي "
    "constatée constatées observés räknade räknat talte faktických skutečný stwierdzona gerçekleşen "
    "实际 實際 tatsächlich tatsächliche anwesend actual present ist gezählt counted møtt møtte oppmøtt fremmøtt "
    "fremmøtte mødt mødte fremmødt fremmødte närvarande framkomna gekommen erschienen festgestellt festgest attended "
    "przybyłych przybyło obecnych přítomných přítomno dostavilo zúčastnilo läsnä paikalla megjelent acudieron "
    "asistieron acudió presenti venuti opgekomen aanwezig присутствующих присутствовало присутніх прийшло пришло "
    "skutočný skutočná prítomných zúčastnených tényleges stvarni stvarno faktinis tegelik faktiskais реален реални "
    "действителен πραγματική πραγματικός "
    "katılan gelen παρόντες compareceram"
)
_FORCES = folded_words(
    "deployed deployment officers officer force forces presence staff personnel beamte beamten beamtinnen einsatz "
    "einsatzkräfte eingesetzt eingesetzte kräfte kräften mobilisés mobilisé déployés déployé desplegados desplegado "
    "agentes mobilitati schierati agenti ingezet ingezette agenten insatta insats poliser innsatt betjenter indsat "
    "betjente funkcjonariuszy сотрудников правоохоронців memur"
)
"""Words for police forces, which are no crowd, but may estimate one."""
_HARMED = folded_words(
    "arrested arrests detained injured festnahmen verletzte blessés interpellations interpellés detenidos heridos "
    "feriti fermati aanhoudingen gewonden gripna pågrepet anholdte zatrzymani задержано задержанные задержания "
    "затримано затримані gözaltı yaralı"
)
"""Words for people who were arrested or hurt, which are no crowd."""
_AREAS = folded_words(
    "precinct station district division beat sector department station revier inspektion direktion abschnitt wache "
    "commissariat comisaría delegacia questura bureau commissariaat komisariat отделение участок відділення"
)
"""Words for a part of the police: "police_precinct" is no number of people."""
_ESTIMATES = folded_words(
    "estimate estimates estimation estimations estimación estimaciones estimació estimativa estimativas stima stime "
    "schätzung schätzungen schatting uppskattning anslag szacunek szacunki оценка оценки оцінка оцінки odhad becslés "
    "arvio tahmin برآورد تقدير تقديرات 估計 估计 推計 추산"
)
"""Words for an estimate of a number."""
_UNION_WORDS = folded_words(
    "synd syndicats syndicat sindicatos sindicati sindacati gewerkschaften gewerkschaft vakbonden unions union "
    "fackförbund "
    "fagforening związki профсоюзы профспілки sendika sendikalar النقابات 工会 工會"
)
"""Words for trade unions, which give numbers besides those of the police."""
_GIVERS = _ORGANISERS | _UNION_WORDS
_UNIONS = folded_words("intersyndicale cgt cfdt fsu ccoo ugt cgil cisl uil dgb verdi fnv acv abvv fgtb")
"""Names of trade unions, which give numbers besides those of the police."""
_CHINESE = frozenset("警方 警察 主辦方 主办方 主辦 主办 主催者 大會 數字 数字 人數 人数 估計 估计".split())
"""Chinese and Japanese words, which have no spaces around them: "警方數字"."""
_ACTUAL_ALONE = _ACTUAL - {"present", "ist", "effectif"}
_TURNOUT = folded_words(
    "turnout participation affluence fréquentation assistance asistencia afluencia concurrencia afluência comparência "
    "presenze affluenza opkomst deltagande uppslutning oppmøte fremmøte deltakelse deltagelse beteiligung frekwencja "
    "явка явку účast účasť katılım osanotto részvétel προσέλευση prezență الحضور حضور 出席人數 到場人數"
)
"""Words for turnout, which is unknown before an event."""
_COUNT = folded_words(
    "nb nbre nombre nr no num number número numero núm n anz anzahl zahl liczba кол колво количество кількість число "
    "počet aantal antal antall sayı sayısı عدد تعداد 人数 人數 數字 数字"
)
"""Words for a number of something, whose noun registers of assemblies omit: "Nb constaté"."""
_BARE_COUNT = folded_words("anzahl zahl количество кількість počet liczba sayı عدد تعداد 数量 數量")
"""Those that alone can mean a number of people."""
_ESTIMATED = folded_words(
    "estimado estimada estimados estimé estimés estimée stimato stimati geschätzt geschätzte geschat uppskattat "
    "anslått "
    "anslået yaklaşık yakl tahmini "
    "приблизно примерно орієнтовно ориентировочно تقریبی حدودی تقريبي تقريبا 约 約 估计 估計 ca circa env "
    "aprox approx approximate estimated est est. odhad becsült szacowana ocena"
)
_LOW = folded_words(
    "low lower lowest min minimum minimal mín mínimo minimo mínima bas basse baja bajo baixa baixo niedrig untere "
    "unterer "
    "laag laagste lägsta låg lav laveste мин минимум минимальная нижняя мін мінімум minimalna dolna asgari حداقل "
    "最低 最少"
)
_HIGH = folded_words(
    "high higher highest upper max maximum maximal máx máximo massimo máxima haut haute alta alto hoch obere oberer "
    "hoog "
    "hoogste högsta hög høy høyeste høj maks maksimum макс максимум максимальная верхняя maksymalna górna azami "
    "حداکثر "
    "最高 最多"
)
_PEOPLE = folded_words(
    "participant participants organizer organiser organizers organisers actor actors perpetrator target victim police "
    "source data location place date weapon record teilnehmer veranstalter akteur participante organizador acteur "
    "organisateur lieu lugar luogo deelnemer aktör участника организатора учасника"
)
_TYPES = folded_words("type types kind category class typ art kategorie tipo categoría catégorie soort тип вид")
_WHO = frozenset("who wer wie qui quién quien quem chi hvem vem кто хто kto kdo kim kê".split())
LONE_WORD = 0.4
"""Score of a heading that only names who counted."""
UNSURE = 0.3
"""Score of a heading whose meaning the values must confirm."""


def adjust_scores(found: dict[str, float], folded: str) -> dict[str, float]:
    """Return the possible meanings of a heading with scores, considering all its words.

    Parameters
    ----------
    found
        Fields that its words mean individually.
    folded
        The folded heading.
    """
    words = set(folded.split()) | {name for name in _CHINESE if name in folded}
    if words & (_FORCES | _HARMED) and (words & _POLICE or found.keys() <= _CROWDS):
        if words & _HARMED or not (words & _ESTIMATES or any(map(_is_people, words - _FORCES))):
            return {"note": 1.0}  # "Police deployed"
        if words & _ESTIMATES and found.keys() <= {"crowd_by"}:
            return {"crowd_police": LONE_WORD}  # "Estimate by police forces"
    if found.keys() == {"crowd_by"} and words & _WHO:
        return found  # "Wer gezählt hat"
    if found.keys() <= {"crowd_by"} and len(words) < _MAX_WORDS and not (words & _AREAS and len(words) > 1):
        # "Police", "Selon les syndicats", "Actual": the values must be numbers of people.
        if words <= _UNIONS:
            return {"crowd_organisers": LONE_WORD}
        for name, some in (("police", _POLICE), ("organisers", _GIVERS), ("actual", _ACTUAL_ALONE)):
            if words & some and (found or name != "organisers" or words & _UNION_WORDS):
                return {f"crowd_{name}": LONE_WORD}
    if len(words) > 1 and "route_end" in found and "place" in found:
        found["place"] = max(found.values()) + 0.01  # "Route/Ort"
    if words <= _STAMPS and words & _BOUNDS:
        return found  # "start_timestamp"
    if not found and words & _RECORD_WORDS and words & _AT:
        return {"note": 1.0}  # "fetched_at"
    if (
        words & _RECORD_WORDS or words >= _LAST_ACTIVITY or any(map(_RECORD_DATE.fullmatch, words))
    ) and TIMES & found.keys():
        return {"note": 1.0}
    if date_bound := bound_of_date(found, folded):
        return date_bound
    if "date" in found and not {"start", "end"} & found.keys() and any(word in meanings("kinds") for word in words):
        return {"date": 0.97}  # "Fecha manifestación" next to "Fecha"
    if "kind" in found and words & _TYPES and words & _PEOPLE and len(words - OF) == PAIR:
        # "participant_type" is not the type of the event; "participants_category" can be "50-99".
        return {"crowd_words": UNSURE} if "crowd" in found else {"note": 1.0}
    if {"date", "end"} <= found.keys() and "when" in words and words & ENDS:
        del found["date"]  # "When does it end?"
    if time_bound := bound_of_time(found, folded):
        return time_bound
    if found.keys() == {"note", "crowd"} and words & _COUNT:
        del found["note"]  # "Number of prisoners involved" is not the number of a record
    if not found and len(words) == 1 and words <= _BARE_COUNT:
        return {"crowd": UNSURE}
    if not found and words & _COUNT and words & (_ACTUAL | _REGISTERED | _POLICE | _ORGANISERS | _ESTIMATED):
        found = {"crowd": 0.6}
    if "crowd" in found or "crowd_actual" in found or "crowd_registered" in found:
        score = max(found.get(name, 0.0) for name in ("crowd", "crowd_actual", "crowd_registered"))
        if bound := bound_of_words(words, _LOW, _HIGH, SINCE, UNTIL):
            return {f"crowd_{bound}": score}
        is_registered = bool(words & _REGISTERED)
        if len(words) > 1 and words & _POLICE and not is_registered:
            return {"crowd_police": score}
        if words & (_GIVERS | _UNIONS) and folded.split()[0] not in _GIVERS and not is_registered:
            return {"crowd_organisers": score}
        if words & _ACTUAL:
            return {"crowd_actual": score}
        if is_registered:
            return {"crowd_registered": score}
    return found


def _is_people(word: str) -> bool:
    """Return whether a word of a heading means people who take part."""
    return word not in _COUNT | _BARE_COUNT | _ESTIMATED and "crowd" in meanings("headings").get(word, ())


@lru_cache(maxsize=4096)
def is_turnout(heading: str) -> bool:
    """Return whether a heading means numbers of people who came, not of those expected."""
    words = set(fold(heading).split())
    return bool(words & (_TURNOUT | _ACTUAL)) and not words & _REGISTERED


def is_about_record(heading: str) -> bool:
    """Return whether a heading describes the record and not the event: "F. entrada", "Datum der Anmeldung"."""
    words = fold(heading).split()
    return not _RECORD_WORDS.isdisjoint(words) or any(map(_RECORD_DATE.fullmatch, words))
