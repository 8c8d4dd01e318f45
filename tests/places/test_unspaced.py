"""Chinese, Japanese and Korean addresses: from country to venue, without spaces, in several forms of characters."""

from __future__ import annotations

import pytest

from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Located, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("基爾，德國", "Kiel, Schleswig-Holstein, Germany"),
        ("德國柏林", "Berlin, Germany"),
        ("挪威奧斯陸", "Oslo, Norway"),
        ("日本東京都澀谷區", "Shibuya, Tokyo, Japan"),
        ("東京都渋谷区", "Shibuya, Tokyo, Japan"),
        ("东京都涩谷区", "Shibuya, Tokyo, Japan"),
        ("中國廣東省廣州市", "Guangzhou, Guangdong, China"),
        ("美国加利福尼亚州旧金山", "San Francisco, California, United States"),
        ("美國華盛頓特區", "Washington, District of Columbia, United States"),
        ("英國曼徹斯特", "Manchester, England, United Kingdom"),
        ("ドイツ・ベルリン", "Berlin, Germany"),
        ("ニューヨーク、アメリカ", "New York City, New York, United States"),
        ("ニューヨーク市", "New York City, New York, United States"),
        ("カリフォルニア州", "California, United States"),
        ("愛知県名古屋市", "Nagoya, Aichi, Japan"),
        ("독일 베를린", "Berlin, Germany"),
        ("독일베를린", "Berlin, Germany"),
        ("오스트리아 빈", "Vienna, Wien, Austria"),
        ("경기도 수원시", "Suwon, Gyeonggi-do, South Korea"),
        ("地点：柏林", "Berlin, Germany"),
        ("柏林伊朗大使馆", "Berlin, Germany"),
        ("土耳其领事馆汉堡", "Hamburg, Germany"),
        ("中国驻曼彻斯特领事馆", "Manchester, England, United Kingdom"),
        ("100台北市中正區中山南路1號", "Taipei, Taiwan"),
        ("400台中市中區臺灣大道一段", "Taichung, Taiwan"),
        ("〒530-0001 大阪府大阪市北区梅田3丁目", "Osaka, Ōsaka, Japan"),
    ],
)
def test_an_address_without_spaces_is_read_name_by_name(resolver: Resolver, text: str, label: str) -> None:
    answer = resolver.resolve(text)

    assert isinstance(answer, Located)
    assert answer.candidate.label == label
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("广东省广州市天河区", "Guangzhou, Guangdong, China"),
        ("北京市朝阳区", "Beijing, Beijing Shi, China"),  # Chaoyang is also a city elsewhere
        ("日本大阪市北区", "Osaka, Ōsaka, Japan"),  # Tokyo has a larger district with this name
        ("대구 동성로", "Daegu, Daegu-gwangyeoksi, South Korea"),
        ("광주광역시 5·18민주광장", "Gwangju, Gwangju-gwangyeoksi, South Korea"),
        ("澳洲悉尼市政厅", "Sydney, New South Wales, Australia"),
        ("京都市役所前", "Kyoto, Japan"),
        ("在柏林中国大使馆前", "Berlin, Germany"),
        ("서울특별시 종로구", "Jongno, Seoul-teukbyeolsi, South Korea"),
        ("法国巴黎共和国广场", "Paris, Île-de-France, France"),
        ("上海人民广场", "Shanghai, Shanghai Shi, China"),
    ],
)
def test_a_district_or_square_after_a_town_is_a_part_of_it(resolver: Resolver, text: str, label: str) -> None:
    answer = resolver.resolve(text)

    assert isinstance(answer, Located)
    assert answer.candidate.label == label
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["日本橋", "中国城", "南京东路", "巴黎广场", "美国街"])
def test_a_street_that_is_named_after_a_place_is_not_there(resolver: Resolver, text: str) -> None:
    assert all(found.confidence < DRAWN_CONFIDENCE for found in candidates_of(resolver.resolve(text)))


def test_an_unknown_part_after_a_town_is_only_a_lead(resolver: Resolver) -> None:
    assert all(found.confidence < DRAWN_CONFIDENCE for found in candidates_of(resolver.resolve("大阪天保山")))


def test_chinese_characters_are_not_read_by_their_sound(resolver: Resolver) -> None:
    """An invented name in Chinese characters does not match a western town."""
    assert candidates_of(resolver.resolve("吉爾，德國"))[0].name == "Germany"
