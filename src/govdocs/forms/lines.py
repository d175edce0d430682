"""On which line of a form file an entry stands.

The TOML reader tells no lines, so they are counted here from the text: headers of tables and, in
a list that has one item to a line, the items. A file written in another way gets the line of the
nearest thing above. This module never reads values.
"""

import re
from collections.abc import Sequence


def find_line(text: str, path: Sequence[str | int]) -> int:
    """Tell the line, from 1, of the entry at ``path``; 1 when nothing of it is found.

    ``("table", 0, "block", 1, "rows", 4)`` is the fifth item of ``rows`` under the second
    ``[[table.block]]`` of the first ``[[table]]``.
    """
    lines = text.splitlines()
    at, names = 0, ""
    for step in _pairs(path):
        name, number = step
        found = _find_header(lines, at, f"{names}{name}", number)
        if found is None:
            return _find_entry(lines, at, name, number) + 1
        at, names = found, f"{names}{name}."
    return at + 1


def _pairs(path: Sequence[str | int]) -> list[tuple[str, int | None]]:
    pairs: list[tuple[str, int | None]] = []
    for step in path:
        if isinstance(step, int):
            pairs[-1] = (pairs[-1][0], step)
        else:
            pairs.append((step, None))
    return pairs


def _find_header(lines: Sequence[str], start: int, name: str, number: int | None) -> int | None:
    pattern = re.compile(rf"\s*\[+\s*{re.escape(name)}\s*\]+")
    left = number or 0
    for at in range(start, len(lines)):
        if pattern.match(lines[at]):
            if left == 0:
                return at
            left -= 1
    return None


def _find_entry(lines: Sequence[str], start: int, name: str, number: int | None) -> int:
    pattern = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]")
    for at in range(start, len(lines)):
        if at > start and lines[at].lstrip().startswith("["):
            break
        if pattern.match(lines[at]):
            return _find_item(lines, at, number)
    return start


def _find_item(lines: Sequence[str], start: int, number: int | None) -> int:
    if number is None:
        return start
    items = [at for at in range(start + 1, len(lines)) if lines[at].lstrip().startswith("{")]
    inside = [at for at in items if "]" not in "".join(_bare(lines[start + 1 : at]))]
    return inside[number] if number < len(inside) else start


def _bare(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip() == "]"]
