"""Find sentences in code, scripts or templates that bypass the catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.jslexer import tokenize

SAYING = {"tr", "trn", "trc", "mark", "mark_c", "phrase", "phrase_n"}
NOT_SAYING = {"SettingsError", "compile", "console", "Error", "TypeError", "RangeError"}
"""Calls whose texts are for the log, the operator or the machine."""
LOGS = {"debug", "info", "warning", "error", "exception", "critical"}
_SENTENCE = re.compile(r"(?:^|>|[.:!?] )[“\"(]?[A-Z][a-z’']+(?:,? [“(]?(?:[a-zA-Z][\w’'-]*|\{\}))+")
_LABEL = re.compile(r"(?:^|>)[A-Z][a-z]+ [a-z]{2,}|[a-z]{2,} [a-z]+ [a-z]{2,}\b.*[.:;?!]$")
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WHERE)\b")
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_READ_ALOUD = re.compile(
    r"""(?:\s(?:title|alt|placeholder|aria-label)|(?:description|title)"\s+content)=["']([^"']*)"""
)
_EXPRESSION = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}|\$\w+|&\w+;", re.DOTALL)
"""Placeholders of Jinja and `string.Template`, and entities."""
_UNREAD = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", re.DOTALL)


def is_sentence(text: str) -> bool:
    """Return whether a text looks like a sentence for people: a capital, then at least one more word."""
    return bool((_SENTENCE.search(text) or _LABEL.search(text)) and not _SQL.search(text))


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each sentence in a module outside calls of `SAYING`; ``{}`` stands for a value."""
    for line, text in _texts(ast.parse(source)):
        if is_sentence(text):
            yield line, text


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in SAYING | NOT_SAYING:
            return
        case ast.Call(func=ast.Attribute(attr=name)) if name in LOGS | NOT_SAYING:
            return
        case ast.keyword(arg="detail"):
            return
        case ast.JoinedStr(values=values):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
            yield node.lineno, "".join(parts)
            for value in values:
                if isinstance(value, ast.FormattedValue):
                    yield from _texts(value.value)
        case ast.Constant(value=str(text)):
            yield node.lineno, text
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Dict(values=values):  # keys are codes
            for value in values:
                yield from _texts(value)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)


def in_script(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each sentence in a script outside calls of `SAYING` or `NOT_SAYING`."""
    calls: list[str] = []
    before = ""
    for token in tokenize(source, jsx=False):
        if token.type in ("linecomment", "multilinecomment"):
            continue
        if token.value == "(":
            calls.append(before.partition(".")[0])  # `console` of `console.warn`
        elif token.value == ")" and calls:
            calls.pop()
        elif token.type in ("string", "template_string") and not (SAYING | NOT_SAYING) & set(calls):
            text = re.sub(r"\$\{[^}]*\}", "{}", token.value[1:-1])
            if is_sentence(text):
                yield token.lineno, text
        before = token.value


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of all words in a Jinja template outside its expressions."""
    blank = _UNREAD.sub(_same_lines, _EXPRESSION.sub(_same_lines, source))
    read = [(match.start(1), match[1]) for match in _READ_ALOUD.finditer(blank)]
    at = 0
    for tag in [*_TAG.finditer(blank), None]:
        read.append((at, blank[at : tag.start() if tag else None]))
        at = tag.end() if tag else at
    for start, text in read:
        if re.search(r"[^\W\d_]{2,}", text):
            yield blank.count("\n", 0, start) + 1, " ".join(text.split())


def _same_lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def sentences_of(path: Path) -> list[str]:
    """Return each lone sentence of a file, with its line."""
    find = {".py": in_python, ".js": in_script, ".html": in_template}[path.suffix]
    return [f"{path.name}:{line}: {text}" for line, text in find(path.read_text("utf-8"))]
