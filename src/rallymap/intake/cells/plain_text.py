"""Convert cells to plain text, without HTML, footnote marks and invisible characters."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|a|ul|ol|li|h[1-6]|font|blockquote|small|sup|sub)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
LINE_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\s*/?>|\n", re.IGNORECASE)
"""The end of a line in a text that may contain HTML."""
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINKED = re.compile(r"<a\s[^<>]*href=[\"']?(https?://[^\"'\s<>]+)[^<>]*>([^<>]{1,500})</a>", re.IGNORECASE)
_FOOTNOTES = re.compile(r"(?:\s?\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\])+(?=[\s,.;:)]|$)")
_RAISED = re.compile(r"(?<!\bm)(?<=[\w)])<sup(?:\s[^<>]*)?>\s*\(?(\d{1,2})\)?\s*</sup>", re.IGNORECASE)
"""Footnote marks: "500<sup>1</sup>" is not 5001."""
_LINK = re.compile(r"<a\s[^<>]*href=[\"']?(https?://[^\"'\s<>]+)[^<>]*>", re.IGNORECASE)


def plain_text(text: str) -> str:
    """Remove tags, entities and invisible characters from a cell; links are kept in Markdown notation."""
    if "<" in text and _TAG.search(text):
        text = _RAISED.sub(r"[\1]", text)
        text = _LINKED.sub(_as_markdown, text)
        plain = _TAG.sub("", LINE_BREAK.sub("\n", _LINK.sub(r"\1 ", text)))
        text = plain if plain.strip() else text
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if not text.isascii() or not text.isprintable():
        text = _UNSEEN.sub("", text)
    return text


def _as_markdown(match: re.Match[str]) -> str:
    text = " ".join(match[2].replace("[", "(").replace("]", ")").split())
    return f"[{text}]({match[1]})" if text else match[0]


def without_footnotes(text: str) -> str:
    """Remove footnote marks from a cell, as in tables of encyclopedias: "Berlin[12]"."""
    return (_FOOTNOTES.sub("", text).strip() or text) if "[" in text else text
