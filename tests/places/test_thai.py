"""Thai texts, which have no spaces between a venue, its town and prepositions."""

from __future__ import annotations

import pytest

from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ลานประตูท่าแพเชียงใหม่", "Chiang Mai"),
        ("เชียงใหม่ ประตูท่าแพ", "Chiang Mai"),
        ("หน้าสถานทูตจีน กรุงเทพฯ", "Bangkok"),
        ("รัฐสภา กรุงเทพมหานคร", "Bangkok"),
        ("สถานทูตจีนในกรุงลอนดอน", "London"),
        ("หน้าสถานทูตสิงคโปร์, กรุงเทพฯ", "Bangkok"),
        ("ลอนดอน สหราชอาณาจักร", "London"),
    ],
)
def test_the_town_of_a_venue_is_found(resolver: Resolver, text: str, name: str) -> None:
    candidate = candidates_of(resolver.resolve(text))[0]
    assert candidate.name == name
    assert candidate.confidence >= SURE_CONFIDENCE


def test_a_university_is_in_the_town_of_its_name_but_not_surely(resolver: Resolver) -> None:
    candidate = candidates_of(resolver.resolve("มหาวิทยาลัยเชียงใหม่"))[0]
    assert candidate.name == "Chiang Mai"
    assert DRAWN_CONFIDENCE <= candidate.confidence < SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["สถานทูตสิงคโปร์", "ถนนเชียงใหม่", "หน้าสถานทูต", "ถนนลอนดอน"])
def test_a_street_or_embassy_is_not_in_the_place_of_its_name(resolver: Resolver, text: str) -> None:
    assert all(found.confidence < DRAWN_CONFIDENCE for found in candidates_of(resolver.resolve(text)))
