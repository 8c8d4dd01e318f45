"""Passwords: weak ones are rejected, and hashes are verified."""

from __future__ import annotations

import ast
import inspect

import pytest
import zxcvbn.feedback
from argon2 import PasswordHasher

from rallymap.errors import WeakPasswordError
from rallymap.passwords import WARNINGS, check_new_password, hash_password, needs_rehash, verify_password

GOOD = "a long pass phrase"


@pytest.mark.slow
def test_password_is_verified() -> None:
    hashed = hash_password(GOOD)

    assert hashed.startswith("$argon2id$")
    assert verify_password(hashed, GOOD) is True
    assert verify_password(hashed, GOOD + " ") is False
    assert hash_password(GOOD) != hashed


@pytest.mark.slow
def test_password_of_an_unknown_name_is_always_wrong() -> None:
    assert verify_password(None, GOOD) is False
    assert verify_password(None, "no account has this password") is False


def test_password_hash_that_is_damaged() -> None:
    assert verify_password("not a hash", GOOD) is False


@pytest.mark.slow
def test_password_of_two_hundred_characters_is_checked_whole() -> None:
    longest = "ab" * 100
    hashed = hash_password(longest)

    assert verify_password(hashed, longest) is True
    assert verify_password(hashed, longest + "c") is False


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("eleven char", "A password needs at least 12 characters; this one has 11."),
        ("ab" * 101, "A password has at most 200 characters; this one has 202."),
        ("aaaaaaaaaaaaaaa", "This password repeats one character; choose another."),
    ],
)
def test_weak_password(password: str, sentence: str) -> None:
    with pytest.raises(WeakPasswordError) as raised:
        hash_password(password)
    assert raised.value.user_message == sentence


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("eleven char", "A password needs at least 12 characters; this one has 11."),
        (
            "password1234",
            "This password is easy to guess. This is a very common password. Use several unrelated words.",
        ),
        (
            "aaaaaaaaaaaab",
            'This password is easy to guess. Repeats like "aaa" are easy to guess. Use several unrelated words.',
        ),
        ("rallymap2026!", "This password is easy to guess. Use several unrelated words."),
        ("nora.lindqvist1", "This password is easy to guess. Use several unrelated words."),
    ],
)
def test_new_password_that_is_easy_to_guess(password: str, sentence: str) -> None:
    with pytest.raises(WeakPasswordError) as raised:
        check_new_password(password, "nora.lindqvist")
    assert raised.value.user_message == sentence


def test_every_warning_of_zxcvbn_is_in_the_catalogues() -> None:
    tree = ast.parse(inspect.getsource(zxcvbn.feedback))
    said = {
        ast.literal_eval(node.args[0]) for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_gettext(node)
    }
    advice = {
        ast.literal_eval(node.args[0])
        for outer in ast.walk(tree)
        if isinstance(outer, ast.List) or (isinstance(outer, ast.Call) and isinstance(outer.func, ast.Attribute))
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and _is_gettext(node)
    }
    assert "Use a few words, avoid common phrases." in advice
    alone = {"Add another word or two. Uncommon words are better."}  # a suggestion that begins with a name
    assert said - advice - alone == set(WARNINGS)


def _is_gettext(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "_"


@pytest.mark.parametrize("password", [GOOD, "correct horse battery", "گذرواژه‌ی من خوب است", "a long enough " * 14])
def test_new_password_of_several_words(password: str) -> None:
    check_new_password(password, "nora")


@pytest.mark.slow
def test_needs_rehash_after_parameters_grew() -> None:
    assert needs_rehash(hash_password(GOOD)) is False
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=64).hash(GOOD)) is True
