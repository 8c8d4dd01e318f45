import pytest

from rallymap.countries import (
    city_name,
    country_name,
    country_names,
    former_state,
    is_country,
    is_within,
    read_country_code,
    read_shown_country,
)
from rallymap.folding import fold_letters
from rallymap.language import Language, choose_language, languages, use_language


def test_country_name_is_plain_and_short() -> None:
    assert [country_name(code) for code in ("NO", "HK", "US", "PS", "")] == [
        "Norway",
        "Hong Kong",
        "United States",
        "Palestine",
        "",
    ]


def test_country_name_of_an_unknown_code_is_the_code() -> None:
    assert country_name("QQ") == "QQ"


def test_country_names_hold_no_groups_and_are_sorted_by_name() -> None:
    names = country_names()
    assert {"EU", "UN", "ZZ"} & set(names) == set()
    assert list(names.values()) == sorted(names.values(), key=lambda name: (fold_letters(name), name))
    assert list(names.values())[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert len(names) > 240


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("بريطانيا", "GB"), ("Велика Британія", "GB"), ("Nagy-Britannia", "GB"), ("ΗΠΑ", "US"), ("აშშ", "US"),
        ("السعودية", "SA"), ("韓國", "KR"), ("Oesterreich", "AT"), ("ОАЕ", "AE"), ("Repubblica Ceca", "CZ"),
        ("Deutschland", "DE"), ("GBR", "GB"), ("nor", "NO"), ("no", "NO"), ("Україна", "UA"), ("日本", "JP"),
        ("ایران", "IR"), ("العراق", "IQ"), ("ישראל", "IL"), ("UAE", "AE"), ("U. S. A.", "US"),
        ("the United States", "US"),
        ("Northern Ireland", "GB"), ("Ivory Coast", "CI"), ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"),
        ("Iran (Islamic Republic of)", "IR"), ("Iran, Islamic Republic of", "IR"), ("Islamische Republik Iran", "IR"),
        ("Republic of Korea", "KR"), ("Korea, Dem. People's Rep.", "KP"), ("Congo (Kinshasa)", "CD"),
        ("Congo, Rep.", "CG"), ("Republic of China", "TW"), ("People's Republic of China", "CN"),
        ("Macedonia (FYROM)", "MK"), ("Trinidad & Tobago", "TT"), ("St. Lucia", "LC"), ("Bahamas, The", "BS"),
        ("China, Hong Kong SAR", "HK"), ("Réunion, France", "RE"), ("Virgin Islands (U.S.)", "VI"), ("Georgia", "GE"),
        ("Kosovo (UNSCR 1244)", "XK"), ("Croatia (Hrvatska)", "HR"), ("  türkiye ", "TR"),
    ],
)  # fmt: skip
def test_read_country_code_reads_any_notation(text: str, code: str) -> None:
    assert read_country_code(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "?", "Congo", "Korea", "Virgin Islands", "USSR", "Czechoslovakia", "Europe", "Atlantis", "Berlin", "Republic",
     "New Jersey", "South America", "x" * 500, "GDR"],
)  # fmt: skip
def test_read_country_code_refuses_unknown_and_ambiguous_names(text: str) -> None:
    assert read_country_code(text) is None


def test_read_country_code_reads_each_shown_name_and_code() -> None:
    shown = {code: name for code, name in country_names().items() if code not in ("CG", "CD")}
    assert {code: read_country_code(name) for code, name in shown.items()} == {code: code for code in shown}
    assert {code: read_country_code(code) for code in country_names()} == {code: code for code in country_names()}


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_each_name_that_pages_show_is_read_in_links(language: Language) -> None:
    with use_language(language):
        shown = {code: country_name(code) for code in country_names()}
    wrong = {name for code, name in shown.items() if read_shown_country(name) != code}
    assert wrong <= {"Congo", "Kongo"}  # names of two countries
    assert read_shown_country(f"\u2067{shown['HK']}\u2069") == "HK"


def test_former_state_has_years_and_successors() -> None:
    gdr, ussr = former_state("DDR"), former_state("the Soviet Union")
    assert gdr is not None
    assert ussr is not None
    assert (gdr.dated_name, gdr.successors) == ("East Germany (1949–1990)", ("DE",))
    assert ussr == former_state("شوروی")
    assert ussr.successors[0] == "RU"
    assert len(ussr.successors) == 15
    assert former_state("Germany") is None


def test_territory_is_within_its_state_but_not_the_reverse() -> None:
    assert [is_within("GL", "DK"), is_within("DK", "GL"), is_within("NO", "NO"), is_within("NO", "SE")] == [
        True, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "country", "said"),
    [
        ("fa", "Paris", "FR", "پاریس"),
        ("uk", "Stockholm", "SE", "Стокгольм"),
        ("fa", "Paris", "US", "Paris"),
        ("fa", "London", "CA", "لندن"),
        ("fa", "Gothenburg", "SE", "گوتنبرگ"),
        ("de", "The Hague", "NL", "Den Haag"),
        ("uk", "Kyiv", "UA", "Київ"),
        ("nb", "Hamburg", "DE", "Hamburg"),
        ("fa", "Hamilton", "CA", "همیلتون"),
        ("fa", "New York City", "US", "نیویورک"),
        ("sv", "Turku", "FI", "Åbo"),
        ("fa", "Kolkata", "IN", "کلکته"),  # CLDR has these four under former names of their zones
        ("de", "Ho Chi Minh City", "VN", "Ho-Chi-Minh-Stadt"),
        ("ar", "Asmara", "ER", "أسمرة"),
        ("ru", "Louisville", "US", "Луисвилл"),
        ("fr", "Kyiv", "UA", "Kyiv"),  # CLDR: Kiev
        ("en", "Paris", "FR", "Paris"),
        ("en", "Köln", "DE", "Cologne"),
        ("en", "Zürich", "CH", "Zurich"),
        ("fr", "Zürich", "CH", "Zurich"),
        ("en", "Sevilla", "ES", "Seville"),
        ("en", "Sevilla", "CO", "Sevilla"),
        ("fa", "Reykjavík", "IS", "ریکیاویک"),  # CLDR writes Reykjavik
        ("fa", "St. John's", "CA", "سنت جان"),  # and St. John’s
        ("de", "Reykjavík", "IS", "Reykjavík"),  # with soft hyphens
    ],
)
def test_large_cities_are_translated_and_others_unchanged(code: str, name: str, country: str, said: str) -> None:
    with use_language(Language(code, "", "ltr")):
        assert city_name(name, country) == said


def test_code_of_a_country_is_known_by_its_capitals() -> None:
    codes = ("NO", "HK", "XK", "no", "EU", "ZZ", "", "Norway", "N")
    assert [code for code in codes if is_country(code)] == ["NO", "HK", "XK"]
    assert all(is_country(code) for code in country_names())


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ("DR Congo", "Republic of the Congo")),
        ("nb", ("DR Kongo", "Republikken Kongo")),
        ("uk", ("ДР Конго", "Республіка Конго")),
        ("fa", ("جمهوری دموکراتیک کنگو", "جمهوری کنگو")),
    ],
)
def test_the_two_countries_called_congo_are_named_as_newspapers_do_and_read_back(
    code: str, names: tuple[str, str]
) -> None:
    with use_language(choose_language(languages(), code)):
        assert (country_name("CD"), country_name("CG")) == names
    assert [read_shown_country(name) for name in names] == ["CD", "CG"]


@pytest.mark.parametrize(
    ("name", "code"), [("Казахская ССР", "KZ"), ("УРСР", "UA"), ("Eesti NSV", "EE"), ("RSFSR", "RU")]
)
def test_a_soviet_republic_is_a_former_state_with_one_successor(name: str, code: str) -> None:
    state = former_state(name)
    assert state is not None
    assert (state.successors, state.last_year) == ((code,), 1991)
