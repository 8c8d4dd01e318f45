"""Suggestions while a name is being typed."""

from __future__ import annotations

import time

import pytest

from rallymap.places import Resolver


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("gothenb", "Gothenburg, Västra Götaland, Sweden"),
        ("Göte", "Gothenburg, Västra Götaland, Sweden"),
        ("oslo", "Oslo, Norway"),
        ("lond", "London, England, United Kingdom"),
        ("Paris", "Paris, Île-de-France, France"),
        ("Paris, Tex", "Paris, Texas, United States"),
        ("تهرا", "Tehran, Iran"),
        ("Stockholm, Swe", "Stockholm, Sweden"),
    ],
)
def test_suggest_finds_the_intended_place(resolver: Resolver, prefix: str, first: str) -> None:
    assert resolver.suggest(prefix)[0].label == first


def test_suggest_keeps_to_country_and_limit(resolver: Resolver) -> None:
    found = resolver.suggest("ham", limit=3, country="NZ")
    assert len(found) <= 3
    assert {candidate.country for candidate in found} == {"NZ"}


@pytest.mark.parametrize("prefix", ["", " ", "x", "!", "Qxzzqx"])
def test_suggest_nothing_for_nothing(resolver: Resolver, prefix: str) -> None:
    assert resolver.suggest(prefix) == []


def test_suggest_shows_no_label_twice(resolver: Resolver) -> None:
    for prefix in ("san", "new", "mal", "ber"):
        labels = [candidate.label for candidate in resolver.suggest(prefix)]
        assert len(labels) == len(set(labels))


def test_suggest_is_fast_enough_for_typing(resolver: Resolver) -> None:
    for text in ("gothenburg", "san francisco", "new york city", "мос", "لندن"):
        for size in range(2, len(text) + 1):
            start = time.perf_counter()
            resolver.suggest(text[:size])
            assert time.perf_counter() - start < 0.25  # usually ten milliseconds; a busy machine is slower
