"""Brackets and quotation marks that do not pair within their paragraph.

Full and half width are one kind here: which width is right is another matter. A bracket behind a
number at the beginning, ``1）`` or ``a)``, opens nothing and closes nothing.
"""

import re
from collections.abc import Iterator

_PAIRS = dict(zip("（(《〈“‘【〔[「『", "））》〉”’】〕]」』", strict=True))
_SAME = {")": "）"}
_CLOSERS = set(_PAIRS.values()) | set(_SAME)
_LIST_MARK = re.compile(r"(?:^|[。；;：:，,])[\dA-Za-z①-⑳一二三四五六七八九十]{1,3}[)）]")


def find_unpaired(text: str) -> Iterator[tuple[str, int]]:
    """Go through the brackets of a paragraph that have no partner, with where they stand."""
    marks = {match.end() - 1 for match in _LIST_MARK.finditer(text)}
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append((char, at))
        elif char in _CLOSERS and at not in marks:
            closer = _SAME.get(char, char)
            while opened and _PAIRS[opened[-1][0]] != closer and _closes_outer(opened, closer):
                yield opened.pop()
            if opened and _PAIRS[opened[-1][0]] == closer:
                opened.pop()
            else:
                yield char, at
    yield from opened


def _closes_outer(opened: list[tuple[str, int]], closer: str) -> bool:
    return any(_PAIRS[char] == closer for char, _ in opened)
