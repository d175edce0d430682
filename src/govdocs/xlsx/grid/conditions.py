"""SUMIF and COUNTIF with a plain condition: ``5``, ``">0"``, ``"已办结"``.

Conditions with wildcards, ``<>`` and empty ones, which count empty cells too, are not worked out.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, cast

from govdocs.xlsx.grid import cellvalues as cv
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, Value
from govdocs.xlsx.grid.frames import Frame, Summary, failed
from govdocs.xlsx.grid.programs import Arguments, Maker, Run, area, corner
from govdocs.xlsx.grid.syntax import Cells

_CONDITION: Final = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)
_WILD: Final = re.compile(r"[*?~]")

Test = Callable[[Value], bool | None]
"""Tells whether a cell meets a condition; None if that is not sure."""


def count_if(maker: Maker, arguments: Arguments) -> Run:
    """Make the program of ``COUNTIF(area, condition)``."""
    if len(arguments) != 2 or not isinstance(arguments[0], Cells):  # noqa: PLR2004
        return lambda _: UNKNOWN
    cells, condition = arguments[0], maker.make(arguments[1])

    def run(frame: Frame) -> Value:
        found = _matches(cells, condition(frame), frame)
        return UNKNOWN if found is None else float(len(found))

    return run


def sum_if(maker: Maker, arguments: Arguments) -> Run:
    """Make the program of ``SUMIF(area, condition, area to sum)``."""
    if not 2 <= len(arguments) <= 3 or not isinstance(arguments[0], Cells):  # noqa: PLR2004
        return lambda _: UNKNOWN
    cells, condition = arguments[0], maker.make(arguments[1])
    target = arguments[2] if len(arguments) > 2 else cells  # noqa: PLR2004
    if not isinstance(target, Cells) or target.last_sheet is not None:
        return lambda _: UNKNOWN

    def run(frame: Frame) -> Value:
        found = _matches(cells, condition(frame), frame)
        if found is None:
            return UNKNOWN
        total = Summary()
        total.take(_values(target, found, frame))
        return failed(total) or cv.finite(total.total)

    return run


def _values(target: Cells, found: list[tuple[int, int]], frame: Frame) -> Iterator[Value]:
    row, column = corner(target, frame)
    sheet = frame.sheet if target.sheet is None else target.sheet
    for down, right in found:
        yield frame.lookup.value(sheet, row + down, column + right)


def _matches(cells: Cells, condition: Value, frame: Frame) -> list[tuple[int, int]] | None:
    """List the cells that meet a condition, from the area's corner; None if it is not sure."""
    test = _maybe_test(condition)
    if test is None or cells.last_sheet is not None:
        return None
    sheet = frame.sheet if cells.sheet is None else cells.sheet
    place = area(cells, frame)
    found = []
    for row, column, value in frame.lookup.cells(sheet, place):
        meets = test(value)
        if meets is None:
            return None
        if meets:
            found.append((row - place[0], column - place[1]))
    return found


def _maybe_test(condition: Value) -> Test | None:
    if isinstance(condition, float):
        return lambda value: _meets_number(value, "=", condition)
    if not isinstance(condition, str):
        return None
    operator, wanted = _split(condition)
    number = cv.to_number(wanted)
    if isinstance(number, float):
        return None if operator == "<>" else lambda value: _meets_number(value, operator, number)
    if not isinstance(number, ErrorValue) or operator != "=" or not wanted or _WILD.search(wanted):
        return None
    if wanted.upper() in {"TRUE", "FALSE"} or wanted.startswith("#"):
        return None
    return lambda value: _meets_text(value, wanted)


def _split(condition: str) -> tuple[cv.Comparison, str]:
    match = _CONDITION.fullmatch(condition)
    operator, wanted = (match[1] or "=", match[2]) if match else ("=", condition)
    return cast("cv.Comparison", operator), wanted


def _meets_number(value: Value, operator: cv.Comparison, number: float) -> bool | None:
    if isinstance(value, float):
        meets = cv.compare(value, operator, number)
        return meets if isinstance(meets, bool) else None
    if isinstance(value, str):  # "5" is 5 to COUNTIF
        return False if isinstance(cv.to_number(value), ErrorValue) else None
    return None if value is UNKNOWN else False


def _meets_text(value: Value, wanted: str) -> bool | None:
    if isinstance(value, str):
        return value.casefold() == wanted.casefold()
    return None if value is UNKNOWN else False
