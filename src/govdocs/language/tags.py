"""Find the tags in a text: ``{{ x }}``, ``{% if x %}``, ``{# note #}``, with docxtpl's prefixes.

Here live the tag, its spelling and its normalisation. A text is what a reader sees: the joined runs
of a paragraph, the string of a cell. This module never looks at XML and never compiles anything.

What an input method or Word's autocorrection does to a tag is undone here, outside of literals
only: full-width braces, operators and brackets, dashes, curly quotes that stand for straight ones.
A note on the tag says so.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, cast

Kind = Literal["expr", "stmt", "comment"]
Prefix = Literal["", "p", "tr", "tc", "r"]

_OPEN = "{｛"
_SECOND: dict[str, Kind] = {
    "{": "expr",
    "｛": "expr",
    "%": "stmt",
    "％": "stmt",
    "#": "comment",
    "＃": "comment",
}
_CLOSE_FIRST = {"expr": "}｝", "stmt": "%％"}
_QUOTES = {
    '"': '"',
    "'": "'",
    "“": '”“"',
    "”": '”“"',
    "„": '”“"',
    "＂": '＂"',
    "‘": "’‘'",
    "’": "’‘'",
    "＇": "＇'",
}
_STRAIGHT = {'"': '"', "“": '"', "”": '"', "„": '"', "＂": '"'}
_BRACKETS = {"(": 1, "[": 1, "{": 1, "（": 1, "［": 1, "｛": 1, ")": -1, "]": -1, "}": -1}
_BRACKETS |= {"）": -1, "］": -1, "｝": -1}

_SPACES = "\u3000\xa0\n\r\t\v"
_MEANT = {"、": ",", "。": ".", "【": "[", "】": "]", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*"}
_MEANT |= {"÷": "/", "–": "-", "—": "-", "−": "-"}
_MEANT |= dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\xad", "")

_OPENING = re.compile("[{｛][{｛%％#＃]")
_UNCLOSED_STATEMENT = re.compile(r"[-+]?\s*(?:(?:p|tr|tc|r)\s+)?[a-z]+\b")
_COMMENT_END = re.compile("[#＃][}｝]")
_PREFIX = re.compile(r"(p|tr|tc|r)\s+(?=\S)")
_LOOSE_PREFIX = re.compile(r"\s*(p|tr|tc|r)\s+(?=[a-z]+\b)")
_UNCLOSED_NAME = re.compile(r"[{｛][{｛][-+]?\s*[^\W\d]\w*[^{}｛｝\n]{0,40}")
_OPERATOR_AHEAD = re.compile(r"(if|in|is|and|or|not|else)\b|[^\w\"'“‘(\[{（\-]")
_LOOKS_LIKE_TAG = re.compile(
    r"[{｛][{｛]\s*[\w.]+\s*[%％]?[}｝](?![}｝])|(?<![{｛])[{｛]\s*[^\W\d][\w.]*\s*[}｝][}｝]"
    r"|[{｛][%％][-+]?\s*(?:(?:p|tr|tc|r)\s+)?"
    r"(?:if|elif|else|endif|for|endfor|set|with|endwith)\b"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a text.

    Attributes:
        kind: ``"expr"`` prints, ``"stmt"`` steers, ``"comment"`` says something to people.
        prefix: the element that the tag stands for, as in ``{%tr for x in xs %}``; empty for none.
        body: what stands inside, as Jinja source.
        text: the tag as typed.
        start: offset of its first character in the text.
        end: offset past its last character.
        join_left: written ``{%-``: joins what stands before.
        join_right: written ``-%}``: joins what comes after.
        notes: how the spelling was mended: ``"full_width"``, ``"curly_quotes"``.
    """

    kind: Kind
    prefix: Prefix
    body: str
    text: str
    start: int
    end: int
    join_left: bool = False
    join_right: bool = False
    notes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The first word of a statement: ``if``, ``endfor``, ...; empty for other kinds."""
        if self.kind != "stmt":
            return ""
        found = re.match(r"\w+", self.body)
        return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A piece of text that looks like a tag and is none: ``{{ name }``, ``{% if x``."""

    text: str
    start: int
    end: int


def may_hold_tag(text: str) -> bool:
    """Tell in a glance whether ``text`` can hold a tag or a broken one."""
    return "{" in text or "｛" in text or "}}" in text or "｝｝" in text


def scan(text: str, *, raw: bool = False) -> tuple[list[Tag], list[Broken]]:
    """Find all tags of ``text``, in order, and whatever looks like a tag but is broken.

    Args:
        text: what a reader sees.
        raw: whether it begins inside ``{% raw %}``, as :func:`ends_raw` told of the text before.
    """
    tags: list[Tag] = []
    position = _end_of_raw(text, 0) if raw else 0
    plain = [(0, position)]
    unended = ""
    while (start := _next_opening(text, position)) >= 0:
        kind = _SECOND[text[start + 1]]
        end = -1 if kind == unended else _find_end(text, start + 2, kind)
        if end < 0:
            if kind == "comment":
                unended = kind  # no later one ends either
            position = start + 1
            continue
        tags.append(_read_tag(text, start, end, kind))
        position = end
        if tags[-1].word == "raw":
            position = _end_of_raw(text, end)
            plain.append((end, position))
    return tags, _find_broken(text, [*plain, *((tag.start, tag.end) for tag in tags)])


def maybe_unclosed(text: str) -> int | None:
    """Return where a tag begins in ``text`` that does not end in it; None if there is no such.

    A statement must begin with a word, so that a percent sign in prose is none.
    """
    tags, _ = scan(text)
    if ends_raw(tags):
        return None
    position = tags[-1].end if tags else 0
    found = list(_OPENING.finditer(text, position))
    if not found or (
        found[-1].group()[1] in "%％" and not _UNCLOSED_STATEMENT.match(text, found[-1].end())
    ):
        return None
    return found[-1].start()


def find_unclosed(text: str, tags: list[Tag]) -> list[Broken]:
    """Find where a name is asked for, ``{{ name``, and the braces never close.

    It may be prose, so it stays as it is; whoever made the template should know of it.

    Args:
        text: what a reader sees.
        tags: all that :func:`scan` found in it.
    """
    if ends_raw(tags):
        return []
    spans = _spans(tags)
    taken = [*spans, *((one.start, one.end) for one in _find_broken(text, spans))]
    return [
        Broken(found.group().rstrip(), found.start(), found.end())
        for found in _UNCLOSED_NAME.finditer(text)
        if not any(start <= found.start() < end for start, end in taken)
    ]


def _spans(tags: list[Tag]) -> list[tuple[int, int]]:
    """What tags take up, ``{% raw %}`` with all that stands in it."""
    spans = [(tag.start, tag.end) for tag in tags]
    for tag, following in pairwise(tags):
        if tag.word == "raw":
            spans.append((tag.start, following.end))
    return spans


def ends_raw(tags: list[Tag], *, raw: bool = False) -> bool:
    """Tell whether a text with these tags ends inside ``{% raw %}``, as ``raw`` tells it began."""
    words = [tag.word for tag in tags if tag.word in ("raw", "endraw")]
    return words[-1] == "raw" if words else raw


def unescape(text: str) -> str:
    """Undo docxtpl's escapes in a text of the template: ``{_{`` is ``{{``, ``%_}`` is ``%}``."""
    for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        if written in text:
            text = text.replace(written, meant)
    return text


def _next_opening(text: str, position: int) -> int:
    found = _OPENING.search(text, position)
    return found.start() if found else -1


def _find_end(text: str, position: int, kind: str) -> int:
    """Offset past the tag's closing delimiter, or -1.

    A delimiter inside a string literal or, for ``}}``, inside an open bracket does not close. Where
    that finds nothing (an unbalanced quote, say) the first delimiter does, so that the tag is told
    as one with a syntax error. Another opening before the close: this one is prose.
    """
    if kind == "comment":
        found = _COMMENT_END.search(text, position)
        return found.end() if found else -1
    careful = _find_end_outside_literals(text, position, kind)
    return careful if careful >= 0 else _find_plain_end(text, position, kind)


def _find_plain_end(text: str, position: int, kind: str) -> int:
    for index in range(position, len(text) - 1):
        if text[index] in _CLOSE_FIRST[kind] and text[index + 1] in "}｝":
            return index + 2
        if _opens(text, index):
            return -1
    return -1


def _find_end_outside_literals(text: str, position: int, kind: str) -> int:
    depth = 0
    index = position
    while index < len(text) - 1:
        char = text[index]
        if _begins_literal(text, index):
            index = _end_of_literal(text, index)
            if index < 0:
                return -1
            continue
        closes = char in _CLOSE_FIRST[kind] and text[index + 1] in "}｝"
        if closes and (depth <= 0 or kind == "stmt"):
            return index + 2
        if _opens(text, index):
            return -1
        depth += _BRACKETS.get(char, 0)
        index += 1
    return -1


def _opens(text: str, index: int) -> bool:
    return text[index] in _OPEN and text[index + 1] in _SECOND


def _begins_literal(text: str, index: int) -> bool:
    """Tell whether a quote begins a literal; a single one right after a letter is an apostrophe."""
    char = text[index]
    return char in _QUOTES and not (char in "'’‘＇" and text[index - 1 : index].isalnum())


def _end_of_literal(text: str, start: int) -> int:
    closers = _QUOTES[text[start]]
    index = start + 1
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        if text[index] in closers:
            return index + 1
        index += 1
    return -1


def _read_tag(text: str, start: int, end: int, kind: Kind) -> Tag:
    inner = text[start + 2 : end - 2]
    join_left, join_right = inner[:1] == "-", len(inner) > 1 and inner[-1:] == "-"
    inner = inner[1:] if inner[:1] in ("-", "+") else inner
    inner = inner[:-1] if inner[-1:] in ("-", "+") else inner
    prefix, inner = _split_prefix(inner, kind)
    body, notes = (inner.strip(), ()) if kind == "comment" else _normalise(inner.strip())
    delimiters = text[start : start + 2] + text[end - 2 : end]
    if any(char in "｛｝％＃" for char in delimiters) and "full_width" not in notes:
        notes = ("full_width", *notes)
    return Tag(kind, prefix, body, text[start:end], start, end, join_left, join_right, notes)


def _split_prefix(inner: str, kind: Kind) -> tuple[Prefix, str]:
    found = _PREFIX.match(inner)
    if found is None and kind == "stmt":
        found = _LOOSE_PREFIX.match(inner)
    if found is None:
        return "", inner
    rest = inner[found.end() :]
    if kind == "expr" and _OPERATOR_AHEAD.match(rest):
        return "", inner
    return cast("Prefix", found.group(1)), rest


def _normalise(body: str) -> tuple[str, tuple[str, ...]]:
    """Write the body as Jinja reads it; string literals keep what stands in them."""
    out: list[str] = []
    notes: dict[str, None] = {}
    index = 0
    while index < len(body):
        char = body[index]
        if _begins_literal(body, index):
            end = _end_of_literal(body, index)
            if end < 0:
                out.append(body[index:])
                break
            out.append(_straighten(body[index:end]))
            if char not in "\"'":
                notes["curly_quotes"] = None
            index = end
            continue
        plain = _plain_char(char)
        if plain != char and char not in _SPACES and plain:
            notes["full_width"] = None
        out.append(plain)
        index += 1
    return "".join(out), tuple(notes)


def _straighten(literal: str) -> str:
    if literal[0] in "\"'" and literal[-1] == literal[0]:
        return literal
    quote = _STRAIGHT.get(literal[0], "'")
    inner = literal[1:-1].replace("\\" + quote, quote).replace(quote, "\\" + quote)
    return quote + inner + quote


def _plain_char(char: str) -> str:
    if "！" <= char <= "～":
        return chr(ord(char) - 0xFEE0)
    return " " if char in _SPACES else _MEANT.get(char, char)


def _end_of_raw(text: str, position: int) -> int:
    found = re.search(r"[{｛][%％][-+]?\s*endraw\b", text[position:])
    return position + found.start() if found else len(text)


def _find_broken(text: str, taken: list[tuple[int, int]]) -> list[Broken]:
    """Find what a person meant as a tag: one brace too few, or a statement that never ends.

    Lone ``{{`` or ``}}`` in prose or in JSON is text.
    """
    masked = list(text)
    for start, end in taken:
        masked[start:end] = "\0" * (end - start)
    return [
        Broken(found.group(), found.start(), found.end())
        for found in _LOOKS_LIKE_TAG.finditer("".join(masked))
    ]
