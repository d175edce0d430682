"""The grid of a table whose columns a loop repeats, or whose cells span what the data say.

After rendering, the grid is given as many columns as the widest row has, the table keeps its width,
and the cells follow the grid. This works on the rendered text: large tables are never parsed. A
table without such tags is not looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache


@dataclass(slots=True)
class _Cell:
    """A cell: how many columns it spans, and where its width is written."""

    span: int = 1
    width: re.Match[str] | None = None
    column: int = 0


@dataclass(slots=True)
class _Table:
    """What was seen of one table."""

    columns: list[re.Match[str]] = field(default_factory=list)
    grid_end: int = -1
    cells: list[_Cell] = field(default_factory=list)
    needed: int = 0
    filled: int = 0


def fit_grid(table: str, w: str) -> str:
    """Let the grid of a rendered table hold its widest row, and let the cells follow it.

    Args:
        table: ``<w:tbl>...</w:tbl>``.
        w: prefix of WordprocessingML, with its colon.

    before: <tblGrid><gridCol w="900"/></tblGrid>..<tr>(two cells)</tr>
    after:  <tblGrid><gridCol w="450"/><gridCol w="450"/></tblGrid>..<tr>(two cells)</tr>
    """
    seen = _look(table, w)
    if seen.grid_end < 0:
        return table
    old = [_width(one) for one in seen.columns]
    new = _widths(old, seen.needed)
    edits = [(one.start(), one.end(), "") for one in seen.columns]
    a = _attribute_prefix(seen.columns)
    written = "".join(f"<{w}gridCol{_attribute('w', one, a)}/>" for one in new)
    edits.append((seen.grid_end, seen.grid_end, written))
    if None not in new:
        edits += _cell_edits(seen, [one or 0 for one in new])
    return _edited(table, edits)


def _look(table: str, w: str) -> _Table:
    seen = _Table()
    depth = 0
    is_own_grid = True
    for found in _pattern(w).finditer(table):
        name = found.lastgroup
        depth += {"tbl": 1, "tbl_end": -1}.get(str(name), 0)
        if depth != 1:
            continue
        if name == "changed":
            is_own_grid = False
        elif name == "grid_end":
            seen.grid_end = found.start() if seen.grid_end < 0 else seen.grid_end
        elif name == "column":
            seen.columns += [found] * is_own_grid
        else:
            _see(seen, str(name), found)
    return seen


def _see(seen: _Table, name: str, found: re.Match[str]) -> None:
    if name == "tr":
        seen.filled = 0
    elif name == "skipped":
        seen.filled += _number(found[0])
    elif name == "tc":
        seen.cells.append(_Cell())
    elif name == "width" and seen.cells:
        seen.cells[-1].width = found
    elif name == "span" and seen.cells:
        seen.cells[-1].span = max(_number(found[0]), 1)
    elif name == "tc_end" and seen.cells:
        seen.cells[-1].column = seen.filled
        seen.filled += seen.cells[-1].span
    seen.needed = max(seen.needed, seen.filled)


@cache
def _pattern(w: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<tbl><{w}tbl[ >])|(?P<tbl_end></{w}tbl>)|(?P<changed><{w}tblGridChange\b)"
        rf"|(?P<grid_end></{w}tblGrid>)|(?P<column><{w}gridCol\b[^>]*?(?:/>|></{w}gridCol>))"
        rf"|(?P<tr><{w}tr[ >])|(?P<tc><{w}tc[ >])|(?P<tc_end></{w}tc>)"
        rf"|(?P<skipped><{w}grid(?:Before|After)\b[^>]*>)|(?P<span><{w}gridSpan\b[^>]*>)"
        rf"|(?P<width><{w}tcW\b[^>]*>)"
    )


def _number(tag: str) -> int:
    found = re.search(r'val="(\d+)"', tag)
    return int(found[1]) if found else 0


def _width(column: re.Match[str]) -> int | None:
    found = re.search(r'\bw="(\d+)"', column[0])
    return int(found[1]) if found else None


def _widths(old: Sequence[int | None], needed: int) -> list[int | None]:
    """The widths of ``needed`` columns that are together as wide as the old ones."""
    known = [one for one in old if one is not None]
    if not needed or not old or len(known) < len(old):
        return [None] * needed if needed else list(old)
    if needed > len(old):
        share = sum(known) / needed
        scaled = (int(one * share / (sum(known) / len(old))) if sum(known) else 0 for one in known)
        return [*scaled, *([int(share)] * (needed - len(old)))]
    extra = sum(known[needed:]) // needed
    return [one + extra for one in known[:needed]]


def _attribute_prefix(columns: Sequence[re.Match[str]]) -> str:
    """The prefix of attributes: elements may have none."""
    found = re.search(r'([\w.-]+:)w="', columns[0][0]) if columns else None
    return found[1] if found else "w:"


def _attribute(name: str, value: int | None, a: str) -> str:
    return "" if value is None else f' {a}{name}="{value}"'


def _cell_edits(seen: _Table, grid: list[int]) -> Iterator[tuple[int, int, str]]:
    for cell in seen.cells:
        if cell.width is not None and re.search(r'type="dxa"', cell.width[0]):
            width = sum(grid[cell.column : cell.column + cell.span])
            written = re.sub(r'(\bw=)"[^"]*"', rf'\1"{width}"', cell.width[0])
            yield cell.width.start(), cell.width.end(), written


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    out: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits):
        out += (text[position:start], replacement)
        position = end
    return "".join([*out, text[position:]])
