"""Names of continents and other parts of the world, in some thirty languages.

From the territories of Unicode CLDR (through `babel`), with regions that it lacks, such as the Caucasus. "Amerika" and
"Africa del Sud" are left out, because they mostly mean a country.
"""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
    aasia | africa meridional | africa meridionala | africa occidental | africa occidentala | africa occidentale |
    africa ocidental | africa oriental | africa orientala | africa orientale | africa septentrional |
    africa septentrionala | africa setentrional | africa subsaariana | africa subsahariana | afrika bagian barat |
    afrika bagian selatan | afrika bagian timur | afrika bagian utara | afrika deli resze |
    afrika sor for sahara | afrika sub sahara | afrikanin guneyi | afrikaya jera sahraye | afrikka | afrique |
    afrique australe | afrique noire | afrique occidentale | afrique orientale | afrique septentrionale |
    afrique subsaharienne | afryka | afryka polnocna | afryka poludniowa | afryka subsaharyjska |
    afryka wschodnia | afryka zachodnia | alpen | america central | america centrala | america centrale |
    america de nord | america de sud | america del nord | america del norte | america del sud | america do norte |
    america do sul | america septentrionala | america setentrional | americas | americhe | americi |
    amerika bagian utara | amerika eszaki resze | amerika latin | amerika selatan | amerika tengah |
    amerika utara | amerikanin kuzeyi | amerikaya bakur | amerikaya basur | amerikaya latin | amerikaya navin |
    amerikka | amerique centrale | amerique du nord | amerique du sud | amerique septentrionale | ameriques |
    ameryka | ameryka lacinska | ameryka polnocna | ameryka polnocna usa kanada | ameryka poludniowa |
    ameryka srodkowa | anden | antillas | asia bagian barat | asia bagian selatan | asia bagian timur |
    asia central | asia centrala | asia centrale | asia de sud est | asia del sud | asia meridional |
    asia meridionala | asia occidental | asia occidentala | asia occidentale | asia ocidental | asia oriental |
    asia orientala | asia orientale | asia tengah | asia tenggara | asie | asie centrale | asie de lest |
    asie de louest | asie du sud | asie du sud est | asya | asyaya navin | avrupa | avrupa birligi | azie | azja |
    azja poludniowa | azja poludniowo wschodnia | azja srodkowa | azja wschodnia | azja zachodnia | azsia |
    bac my | bac phi | bakure afrikaye | bakure amerikaye | bakure ewropaye | balcanes | balcani | balcas |
    balkan | balkanhalvoya | balkanlar | balkanska | balkany | baltikum | basure afrikaye | basure asyaye |
    basure ewropaye | basurrojhilate asyaye | bati afrika | bati asya | bati avrupa | bliski wschod |
    blizky vychod | ca ri be | caraibe | caraibes | caraibi | caribe | caribien | caribisch gebied | caucase |
    caucase du sud | caucaso | centraal azie | centralamerika | centralasien | centroamerica | chau a | chau au |
    chau dai duong | chau my | chau my la tinh | chau phi | chau phi ha sahara | del amerika | del azsia |
    del europa | delkelet azsia | den europaeiske union | den europeiske union | det nordlige amerika |
    det sydlige afrika | dogu afrika | dogu asya | dogu avrupa | dong au | dong nam a | dong phi | dunya |
    eastern africa | eastern asia | eropa | eropa bagian barat | eropa bagian selatan | eropa bagian timur |
    eropa bagian utara | escandinavia | eszak afrika | eszak amerika | eszak europa | etela aasia |
    etela amerikka | etela eurooppa | etelainen afrikka | euroopan unioni | eurooppa | europa central |
    europa meridional | europa meridionala | europa meridionale | europa occidental | europa occidentala |
    europa occidentale | europa ocidental | europa oriental | europa orientala | europa orientale |
    europa polnocna | europa poludniowa | europa septentrional | europa septentrionala | europa setentrional |
    europa settentrionale | europa srodkowa | europa srodkowo wschodnia | europa wschodnia | europa zachodnia |
    europai unio | europaische union | europe centrale | europe de l ouest | europe de lest | europe de louest |
    europe du nord | europe du sud | europeiska unionen | europese unie | evropa | evropska unie | ewropa |
    golfstaaten | guney amerika | guney asya | guney avrupa | guneydogu asya | iskandinavya | ita aasia |
    ita afrikka | ita eurooppa | jihovychodni asie | jizni afrika | jizni amerika | jizni asie | jizni evropa |
    kaakkois aasia | kafkasya | karaiby | karayib | karayipler | karib terseg | karibia | karibien | karibik |
    karibik inseln | kaukasus | kaukaz | kavkasya | kavkaz | kelet afrika | kelet azsia | kelet europa |
    kepulauan karibia | keski aasia | kozel kelet | kozep amerika | kozep azsia | kraje baltyckie | kuzey afrika |
    kuzey amerika | kuzey avrupa | lahi ita | lander nordiques | lansi aasia | lansi afrikka | lansi eurooppa |
    latijns amerika | latin amerika | latinalainen amerikka | latinamerika | latinoamerica | latinska amerika |
    le alpi | le levant | les alpes | lien minh chau au | los andes | magreb | medio oriente | mellanostern |
    mellemamerika | mellemosten | mellom amerika | midden amerika | midden oosten | midtosten | mien bac chau my |
    mien nam chau phi | mittelamerika | mitteleuropa | mittlerer osten | moyen orient | mundo | naher osten |
    nahost | nam au | nam my | noord afrika | noord amerika | noord europa | noordelijk amerika | nord afrika |
    nord america | nord amerika | nord europa | nord mellem og sydamerika | nord och sydamerika | nordafrica |
    nordafrika | nordamerika | nordeuropa | nordliches amerika | nordlige amerika | norra amerika | norteamerica |
    northern africa | northern america | northern caucasus | nyugat afrika | nyugat azsia | nyugat europa |
    oceanie | oceanien | okyanusya | oost afrika | oost azie | oost europa | oriente medio | oriente proximo |
    orientul mijlociu | orta amerika | orta asya | orta dogu | ortadogu | oseania | ost afrika | ost asia |
    ost europa | ostafrika | ostasien | osteuropa | ozeanien | paises balticos | paises del golfo |
    paises nordicos | pays baltes | pays du golfe | pays nordiques | persischer golf | pohjoinen amerikka |
    pohjois afrikka | pohjois amerikka | pohjois eurooppa | pohjoismaat | proche orient | rojavaye afrikaye |
    rojavaye asyaye | rojavaye ewropaye | rojhilata navin | rojhilate afrikaye | rojhilate asyaye |
    rojhilate ewropaye | saharan etelapuolinen afrikka | sahelzone | sahra alti afrika | scandinavie |
    sentral asia | severni afrika | severni amerika | severni amerika oblast | severni evropa | skandinavia |
    skandinavie | skandinavien | skandynawia | sodra afrika | sor amerika | sor asia | sor europa |
    sorlige afrika | sorost asia | southern asia | stredni amerika | stredni asie | stredni evropa |
    sub saharaans afrika | subsahara | subsahara afrika | subsaharisk afrika | subsahariska afrika |
    subsaharska afrika | sud est asiatico | sudamerica | sudamerika | sudasien | sudeste asiatico | sudeuropa |
    sudkaukasus | sudliches afrika | sudostasien | sudosteuropa | sydamerika | sydasien | sydeuropa |
    sydostasien | szubszaharai afrika | tay a | tay au | tay phi | trung a | trung my | uni eropa |
    unia europejska | uniao europeia | union europea | union europeenne | unione europea | uniunea europeana |
    vali amerikka | vastafrika | vastasien | vasteuropa | vest afrika | vest asia | vest europa | vestafrika |
    vestasien | vesteuropa | vychodni afrika | vychodni asie | vychodni evropa | west afrika | west azie |
    west europa | westafrika | westasien | western africa | western asia | westeuropa | yekitiya ewropaye |
    zapadni afrika | zapadni asie | zapadni evropa | zentralasien | zentraleuropa | zuid amerika | zuid azie |
    zuid europa | zuidelijk afrika | zuidoost azie | αμερικη | ανατολικη ασια | ανατολικη αφρικη |
    ανατολικη ευρωπη | ασια | αφρικη | βαλκανια | βορεια αμερικη | βορεια αφρικη | βορεια ευρωπη |
    βορειοσ αμερικη | δυτικη ασια | δυτικη αφρικη | δυτικη ευρωπη | ευρωπαικη ενωση | ευρωπη | καραιβικη |
    κεντρικη αμερικη | κεντρικη ασια | μεση ανατολη | νοτια αμερικη | νοτια ασια | νοτια ευρωπη |
    νοτιοανατολικη ασια | νοτιοσ αφρικη | υποσαχαρια αφρικη | ωκεανια | азия | азія | америка |
    американськии регіон | африка | африка на південь від сахари | балкани | балканы | ближнии восток |
    близькии схід | восточная азия | восточная африка | восточная европа | европа | европеискии союз |
    западная азия | западная африка | западная европа | західна азія | західна африка | західна європа | кавказ |
    карибськии басеин | карибы | латинская америка | латинська америка | океания | океанія | прибалтика |
    південна азія | південна америка | південна європа | південно східна азія | південноафриканськии регіон |
    північна америка | північна африка | північна європа | північноамериканськии регіон | северная америка |
    северная африка | северная европа | северныи кавказ | североамериканскии регион | скандинавия | скандинавія |
    средняя азия | східна азія | східна африка | східна європа | тропическая африка | центральна азія |
    центральна америка | центральная азия | центральная америка | юго восточная азия | южная азия |
    южная америка | южная африка | южная европа | южныи кавказ | європа | європеиськии союз | ամերիկա | ասիա |
    արեւադարձային աֆրիկա | արեւելյան ասիա | արեւելյան աֆրիկա | արեւելյան եվրոպա | արեւմտյան ասիա |
    արեւմտյան աֆրիկա | արեւմտյան եվրոպա | աֆրիկա | եվրոպա | եվրոպական միություն | լատինական ամերիկա | կարիբներ |
    կենտրոնական ամերիկա | կենտրոնական ասիա | կովկաս | հարավային ամերիկա | հարավային ասիա | հարավային աֆրիկա |
    հարավային եվրոպա | հարավարեւելյան ասիա | հյուսիսային ամերիկա | հյուսիսային ամերիկա ամն եւ կանադա |
    հյուսիսային աֆրիկա | հյուսիսային եվրոպա | օվկիանիա | אוקיאניה | אירופה | אמריקה | אמריקה הלטינית |
    אמריקה הצפונית | אסיה | אפריקה | אפריקה שמדרום לסהרה | דרום אירופה | דרום אמריקה | דרום אסיה |
    דרום יבשת אפריקה | דרום מזרח אסיה | האיחוד האירופי | האיים הקריביים | הבלקן | המזרח התיכון | הקווקז |
    מזרח אירופה | מזרח אסיה | מזרח אפריקה | מערב אירופה | מערב אסיה | מערב אפריקה | מרכז אמריקה | מרכז אסיה |
    צפון אירופה | צפון אמריקה | צפון אפריקה | اتحادیه اروپا | اسکاندیناوی | اسیای مرکزی | افریقای جنوب صحرا |
    افریقیا | افریقیا الجنوبیه | افریقیا جنوب الصحرا الکبری | اقیانوسیه | الاتحاد الاوروبی | الامریکتان |
    البلقان | الخلیج | الشرق الاوسط | القوقاز | المزرح התיכון | المشرق | المغرب العربی | الکاریبی | امریکا |
    امریکا الجنوبیه | امریکا الشمالیه | امریکا اللاتینیه | امریکا الوسطی | امریکای جنوبی | امریکای شمالی |
    امریکای لاتین | امریکای مرکزی | اوروبا | اوقیانوسیا | باشووری روژههلاتی یاسیا | باشووری یاسیا |
    باشووری یهفریقا | باشووری یهورووپا | بالکان | باکووری یهفریقا | باکووری یهورووپا | بلاد الشام | جنوب اروپا |
    جنوب اسیا | جنوب افریقا | جنوب اوروبا | جنوب شرق اسیا | خلیج فارس | روژاوای یاسیا | روژاوای یهفریقا |
    روژاوای یهورووپا | روژههلاتی ناوهراست | روژههلاتی یاسیا | روژههلاتی یهفریقا | روژههلاتی یهورووپا | شرق اروپا |
    شرق اسیا | شرق افریقا | شرق افریقیا | شرق اوروبا | شمال اروپا | شمال افریقا | شمال افریقیا | شمال امریکا |
    شمال اوروبا | غرب اروپا | غرب اسیا | غرب افریقا | غرب افریقیا | غرب اوروبا | قفقاز | ناوهراستی یاسیا |
    وسط اسیا | کاراییب | کاریبی | یاسیا | یهفریقا | یهفریقای ژیر سهحرا | یهمریکای باکوور | یهمریکای ناوهراست |
    یهمهریکای باشوور | یهمهریکای باکوور | یهمهریکای باکوور و باشوور | یهمهریکای لاتین | یهورووپا |
    یهکیتیی یهورووپا | یوقیانووسیا | აზია | ამერიკები | ამერიკის ჩრდილოეთი | აფრიკა | აღმოსავლეთ აზია |
    აღმოსავლეთ აფრიკა | აღმოსავლეთ ევროპა | დასავლეთ აზია | დასავლეთ აფრიკა | დასავლეთ ევროპა | ევროკავშირი |
    ევროპა | კავკასია | კარიბის ზღვა | ლათინური ამერიკა | ოკეანეთი | სამხრეთ აზია | სამხრეთ ამერიკა |
    სამხრეთ აფრიკა | სამხრეთ აღმოსავლეთ აზია | სამხრეთ ევროპა | სუბსაჰარული აფრიკა | ჩრდილოეთ ამერიკა |
    ჩრდილოეთ აფრიკა | ჩრდილოეთ ევროპა | ცენტრალური აზია | ცენტრალური ამერიკა | アジア | アフリカ | アメリカ大陸 |
    オセアニア | カリブ | サブサハラアフリカ | バルカン | ヨーロッパ | ラテンアメリカ | 东亚 | 东南亚 | 东欧 |
    东非 | 中东 | 中亚 | 中亞 | 中央アジア | 中央アメリカ | 中東 | 中美 | 中美洲 | 亚洲 | 亞洲 | 加勒比地区 |
    加勒比海 | 北アフリカ | 北アメリカ | 北アメリカ大陸 | 北ヨーロッパ | 北欧 | 北歐 | 北美 | 北美洲 | 北非 |
    南アジア | 南アメリカ | 南ヨーロッパ | 南亚 | 南亞 | 南欧 | 南歐 | 南美洲 | 南部アフリカ | 南部非洲 | 大洋洲 |
    巴尔干 | 巴爾幹 | 拉丁美洲 | 撒哈拉以南非洲 | 撒哈拉撒沙漠以南非洲 | 東アジア | 東アフリカ | 東ヨーロッパ |
    東亞 | 東南アジア | 東南亞 | 東歐 | 東非 | 欧州連合 | 欧洲 | 欧盟 | 歐洲 | 歐盟 | 美洲 | 美洲北部 | 西アジア |
    西アフリカ | 西ヨーロッパ | 西亚 | 西亞 | 西欧 | 西歐 | 西非 | 非洲 | 非洲南部 | 高加索 | 남부 아프리카 |
    남아메리카 | 남아시아 | 남유럽 | 동남아시아 | 동부 아프리카 | 동아시아 | 동유럽 | 라틴 아메리카 |
    북부 아메리카 | 북부 아프리카 | 북아메리카 | 북유럽 | 사하라 사막 이남 아프리카 | 서부 아프리카 | 서아시아 |
    서유럽 | 아메리카 대륙 | 아시아 | 아프리카 | 오세아니아 | 유럽 | 유럽 연합 | 중동 | 중앙 아메리카 |
    중앙 아시아 | 카리브 제도
"""
#: Folded names.
WORLD_PARTS: Final = frozenset(" ".join(_NAMES.split()).split(" | "))
