from rallymap.countries import country_name, country_names


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
    assert list(names.values()) == sorted(names.values())
    assert len(names) > 240
