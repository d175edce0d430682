"""Slots with which a program tells its sheet's layout what it is doing, and asks it for rows.

They are called between rows and once for each row; cells are handed the answer.
"""

from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from govdocs.errors import DataError
from govdocs.xlsx.grid.layout import ROW_LIMIT
from govdocs.xlsx.slots.filling import CellLink, present
from govdocs.xlsx.xml.tokens import write_token


def _begin(_: None, first: int, last: int, loop: bool) -> None:
    present().rows.begin(first, last, loop=loop)


def _end(_: None) -> None:
    present().rows.end()


def _enter(_: None, first: int, last: int) -> None:
    _check(present().rows.enter(first, last))


def _step(_: None, first: int, last: int) -> None:
    _check(present().rows.step(first, last))


def _leave(_: None) -> None:
    present().rows.leave()


def _is_bare(_: None, first: int) -> bool:
    return present().rows.is_bare(first)


def _blank(_: None, row: int) -> None:
    """Begin a blank row: what it holds in the template does not count."""
    state = present()
    line = state.rows.step(row, row)
    _check(line)
    state.blank_rows.add(line)


def _row(_: None, number: int) -> str:
    return str(number + present().rows.delta)


def _static(_: None, number: int) -> str:
    return write_token("S", number, present().rows.delta)


def _formula(row: str, number: int) -> str:
    return write_token("F", number, row)


def _lanes(_: None, first: int, last: int, starts: tuple[int, ...]) -> None:
    present().rows.begin_lanes(first, last, starts)


def _lane(_: None) -> None:
    present().rows.enter_lane()


def _unlane(_: None) -> None:
    present().rows.leave_lane()


def _lane_row(row: str, number: int, lane: int) -> str:
    return write_token("W", number, f"{lane}.{row}")


def _bind(text: str, row: int, number: int) -> None:
    state = present()
    state.bound[number, row + state.rows.delta, tuple(state.columns.path)] = str(text)


def _link(text: str, row: int, column: int) -> None:
    state = present()
    path = tuple(state.columns.path)
    state.links.append(CellLink(row + state.rows.delta, column, path, unescape(str(text))))


def _crow(_: None) -> None:
    present().columns.begin_row()


def _cbegin(_: None, first: int, last: int, loop: bool) -> None:
    present().columns.begin(first, last, loop)


def _center(_: None, first: int, last: int) -> None:
    present().columns.enter(first, last)


def _cstep(_: None, first: int, last: int) -> None:
    present().columns.step(first, last)


def _cleave(_: None) -> None:
    present().columns.row.leave()


def _cend(_: None) -> None:
    present().columns.end()


def _cdone(_: None) -> None:
    present().columns.end_row()


def _cell(_: None, column: int) -> str:
    return write_token("C", column, ".".join(map(str, present().columns.path)))


def _check(row: int) -> None:
    if row > ROW_LIMIT:
        raise DataError.of("xlsx.too_many_rows", fields={"limit": ROW_LIMIT})


LAYOUT_SLOTS: Mapping[str, Callable[..., Any]] = {
    "_begin": _begin,
    "_end": _end,
    "_enter": _enter,
    "_step": _step,
    "_leave": _leave,
    "_is_bare": _is_bare,
    "_blank": _blank,
    "_row": _row,
    "_static": _static,
    "_formula": _formula,
    "_lanes": _lanes,
    "_lane": _lane,
    "_unlane": _unlane,
    "_lane_row": _lane_row,
    "_bind": _bind,
    "_link": _link,
    "_crow": _crow,
    "_cbegin": _cbegin,
    "_center": _center,
    "_cstep": _cstep,
    "_cleave": _cleave,
    "_cend": _cend,
    "_cdone": _cdone,
    "_cell": _cell,
}
