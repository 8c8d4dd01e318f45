import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.ui.plain import plain_label, spoken_label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("![x](http://evil.example/a.png)", r"\!\[x\]\(http\:\/\/evil\.example\/a\.png\)"),
        (":red[hi] `code` $x$ **b**", r"\:red\[hi\] \`code\` \$x\$ \*\*b\*\*"),
        ("C:\\users", r"C\:\\users"),
        ("two\nlines\u2028and", "two lines and"),
        ("تظاهرات در پاریس", "تظاهرات در پاریس"),
    ],
)
def test_plain_label_leaves_no_markdown(text: str, label: str) -> None:
    assert plain_label(text) == label


def test_plain_label_cuts_long_text_with_an_ellipsis() -> None:
    assert plain_label("a" * 30, max_length=10) == "a" * 9 + "…"
    assert plain_label("rally in Gothenburg", max_length=12) == "rally in…"
    assert plain_label("rally in Oslo", max_length=9) == "rally in…"
    assert plain_label("rally in Oslo", max_length=13) == "rally in Oslo"


@pytest.mark.slow
@given(st.text(max_size=300))
def test_plain_label_escapes_every_ascii_punctuation_mark(text: str) -> None:
    label = plain_label(text)
    unescaped = ""
    position = 0
    while position < len(label):
        char = label[position]
        if char == "\\":
            position += 1
            unescaped += label[position]
        else:
            assert not (char.isascii() and not char.isalnum() and char not in " \x7f" and ord(char) > 31)
            unescaped += char
        position += 1
    line = " ".join(text.split()).strip()
    assert unescaped == line or len(line) > 200


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Saint-Denis, l'Île", "Saint-Denis, l'Île"),
        ("**Rally** ![x](https://evil.example/x.png) :red[now]", "Rally x https evil example x png red now"),
        ("تهران، آزادی!", "تهران، آزادی"),
        ("a_b`c$d\\e<f>#&|~{}", "a b c d e f"),
    ],
)
def test_spoken_label_has_no_sign_of_markdown_and_no_backslash(text: str, label: str) -> None:
    assert spoken_label(text) == label
