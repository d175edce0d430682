"""What a template may do with a value: look into it, loop over it, compute with it, capture it.

Costs are bounded here: a template that came by mail must not be able to fill the memory or to run
for hours. This module prints nothing.
"""

import html
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from string import Formatter
from typing import Any

from jinja2.exceptions import SecurityError

MAX_LENGTH = 10_000_000
"""How long a text or a list may become by ``+``, ``*``, ``~`` or ``join``."""

MAX_ITEMS = 2_000_000
"""How many items an iterator may give."""

MAX_BITS = 100_000
"""How large a number may become by ``**``."""

MAX_WIDTH = 100_000
"""The largest number that a filter or a method of texts takes: widths, counts, places."""

_SIZED = (str, bytes, list, tuple)
_PERCENT = re.compile(r"%[-+ #0]*(\d*)(?:\.\d*)?(\*?)")
_NUMBER = re.compile(r"\d+")


class Captured(str):
    """Markup that a block of the template printed: put out as it is, where it fits.

    Attributes:
        level: what it is made of, in the engine's words: texts, runs, paragraphs, rows.
    """

    __slots__ = ("level",)
    level: str

    @property
    def plain(self) -> str:
        """The text without the markup."""
        pieces = self.split("<")
        texts = [pieces[0], *(piece.partition(">")[2] for piece in pieces[1:])]
        return html.unescape("".join(texts))


def capture(text: str, level: str) -> str:
    """Mark what a block printed as markup of ``level``; what has no markup in it is plain text."""
    if "<" not in text:
        return html.unescape(text)
    captured = Captured(text)
    captured.level = level
    return captured


def filter_texts(markup: str, change: Callable[[Sequence[str]], Any]) -> str:
    """Apply ``change`` to the texts of ``markup``; tags stay as they are."""
    first, *rest = markup.split("<")
    out = [_changed(first, change)]
    for piece in rest:
        tag, close, text = piece.partition(">")
        out += ("<", tag, close, _changed(text, change))
    return "".join(out)


def _changed(text: str, change: Callable[[Sequence[str]], Any]) -> str:
    if not text:
        return text
    return html.escape(str(change([html.unescape(text)])), quote=False)


class Replay:
    """The items of an iterator, each taken from it once and kept: it can be looped over again."""

    __slots__ = ("_items", "_lock", "_source")

    def __init__(self, source: Iterator[Any]) -> None:
        self._source = source
        self._items: list[Any] = []
        self._lock = threading.Lock()

    def _fill(self) -> list[Any]:
        with self._lock:
            self._items += islice(self._source, MAX_ITEMS - len(self._items))
            _refuse_above(len(self._items), MAX_ITEMS - 1)
        return self._items

    def __iter__(self) -> Iterator[Any]:
        return iter(self._fill())

    def __len__(self) -> int:
        return len(self._fill())

    def __getitem__(self, position: Any) -> Any:
        return self._fill()[position]


def compute(operator: str, left: Any, right: Any, act: Callable[[Any, Any], Any]) -> Any:
    """Compute ``left operator right`` unless the result would be absurdly large."""
    if operator == "+":
        if isinstance(left, _SIZED) and isinstance(right, _SIZED):
            _refuse_above(len(left) + len(right), MAX_LENGTH)
    elif operator == "*":
        _refuse_repetition(left, right)
        _refuse_repetition(right, left)
    elif operator == "**":
        if isinstance(left, int) and isinstance(right, int):
            _refuse_above(left.bit_length() * max(right, 0), MAX_BITS)
    elif isinstance(left, str):
        refuse_widths(left)
    return act(left, right)


def join_texts(values: Sequence[Any]) -> str:
    """Join values as ``~`` does."""
    texts = [str(value) for value in values]
    _refuse_above(sum(map(len, texts)), MAX_LENGTH)
    return "".join(texts)


def refuse_large(act: str, value: Any, arguments: Sequence[Any]) -> None:
    """Refuse what would make a filter or a method of texts absurdly long or slow.

    Args:
        act: name of the filter or the method.
        value: what it is applied to.
        arguments: the others.
    """
    for argument in arguments:
        if isinstance(argument, int):
            _refuse_above(abs(argument), MAX_WIDTH)
    if act == "format":
        refuse_widths(str(value))
    elif act == "replace" and len(arguments) > 1:
        count = str(value).count(str(arguments[0]))
        _refuse_above(count * len(str(arguments[1])), MAX_LENGTH)
    elif act == "join":
        _refuse_join(value, arguments)


def _refuse_join(value: Any, arguments: Sequence[Any]) -> None:
    pieces = arguments[0] if isinstance(value, str) and arguments else value
    if isinstance(pieces, list | tuple):
        _refuse_above(sum(len(piece) for piece in pieces if isinstance(piece, str)), MAX_LENGTH)
        glue = value if isinstance(value, str) else (arguments[0] if arguments else "")
        _refuse_repetition(str(glue), len(pieces))


def refuse_widths(pattern: str) -> None:
    """Refuse a pattern of ``%`` with a width that is absurd or that is not written out."""
    for width, star in _PERCENT.findall(pattern):
        if star:
            raise SecurityError("a width must be written out")
        _refuse_above(int(width or 0), MAX_WIDTH)


def refuse_fields(pattern: str) -> None:
    """Refuse a pattern of ``str.format`` with such a width."""
    for _, _, spec, _ in Formatter().parse(pattern):
        if spec and "{" in spec:
            raise SecurityError("a width must be written out")
        for number in _NUMBER.findall(spec or ""):
            _refuse_above(int(number), MAX_WIDTH)


def _refuse_repetition(sequence: Any, count: Any) -> None:
    if isinstance(sequence, _SIZED) and isinstance(count, int):
        _refuse_above(len(sequence) * count, MAX_LENGTH)


def _refuse_above(size: int, limit: int) -> None:
    if size > limit:
        raise OverflowError(f"a size of {size} is above the limit of {limit}")
