"""The functions of statistics sheets: SUM and its kin, conditions, rounding.

Each maker takes the arguments of a call as expressions and gives the program of the call. A call
that a function does not take (too few arguments, an option it does not know) is UNKNOWN.
"""

import math
from collections.abc import Callable
from typing import Final

from govdocs.xlsx.grid import cellvalues as cv
from govdocs.xlsx.grid.cellvalues import DIV0, UNKNOWN, VALUE, ErrorValue, Unknown, Value
from govdocs.xlsx.grid.conditions import count_if, sum_if
from govdocs.xlsx.grid.frames import Frame, Summary, failed
from govdocs.xlsx.grid.products import sum_product
from govdocs.xlsx.grid.programs import (
    Arguments,
    Function,
    Maker,
    Run,
    area,
    areas_of,
    sheets_of,
)
from govdocs.xlsx.grid.syntax import Constant, Expression

Finish = Callable[[Summary], Value]
Count = Callable[[Frame, Summary], None]
"""Counts one argument into a summary."""


def _sum(found: Summary) -> Value:
    return failed(found) or cv.finite(found.total)


def _product(found: Summary) -> Value:
    return failed(found) or (cv.finite(found.product) if found.numbers else 0.0)


def _average(found: Summary) -> Value:
    return failed(found) or (found.total / found.numbers if found.numbers else DIV0)


def _least(found: Summary) -> Value:
    return failed(found) or (found.least if found.numbers else 0.0)


def _most(found: Summary) -> Value:
    return failed(found) or (found.most if found.numbers else 0.0)


def _count(found: Summary) -> Value:
    return UNKNOWN if found.unknown else float(found.numbers)


def _count_filled(found: Summary) -> Value:
    return UNKNOWN if found.unknown else float(found.filled)


_FINISHES: Final[dict[str, Finish]] = {
    "SUM": _sum,
    "PRODUCT": _product,
    "AVERAGE": _average,
    "MIN": _least,
    "MAX": _most,
    "COUNT": _count,
    "COUNTA": _count_filled,
}
_SUBTOTALS: Final[dict[float, Finish]] = {
    1: _average,
    2: _count,
    3: _count_filled,
    4: _most,
    5: _least,
    6: _product,
    9: _sum,
}
_HIDDEN_TOO: Final = 100
"""SUBTOTAL's numbers above this leave hidden rows out."""


def _summing(finish: Finish) -> Function:
    def make(maker: Maker, arguments: Arguments) -> Run:
        counts = [_counting(maker, argument, finish) for argument in arguments]

        def run(frame: Frame) -> Value:
            found = Summary()
            for count in counts:
                count(frame, found)
            return finish(found)

        return run if arguments else _unknown

    return make


def _counting(maker: Maker, argument: Expression | None, finish: Finish) -> Count:
    areas = areas_of(argument)
    if not areas:
        run = maker.make(argument)
        return lambda frame, found: _count_scalar(run(frame), found, finish)

    def count(frame: Frame, found: Summary) -> None:
        for cells in areas:
            for sheet in sheets_of(cells, frame):
                own = frame.lookup.summary(sheet, area(cells, frame), skip_subtotals=False)
                found.join(own)

    return count


def _count_scalar(value: Value, found: Summary, finish: Finish) -> None:
    """Count in a value that is no reference: texts and logical values are turned into numbers."""
    number = cv.to_number(value)
    if finish is _count_filled:
        found.take([0.0 if value is None else value])
    elif finish is not _count or not isinstance(number, ErrorValue):
        found.take([number])


def _subtotal(_: Maker, arguments: Arguments) -> Run:
    number = arguments[0] if arguments else None
    wanted = number.value if isinstance(number, Constant) else None
    areas = [areas_of(argument) for argument in arguments[1:]]
    if not isinstance(wanted, float) or not all(areas) or not areas:
        return _unknown
    finish = _SUBTOTALS.get(wanted - _HIDDEN_TOO if wanted > _HIDDEN_TOO else wanted)
    if finish is None:
        return _unknown

    def run(frame: Frame) -> Value:
        found = Summary()
        for cells in (cells for own in areas for cells in own):
            for sheet in sheets_of(cells, frame):
                place = area(cells, frame)
                if not frame.lookup.shows_all(sheet, place[0], place[2]):
                    return UNKNOWN
                found.join(frame.lookup.summary(sheet, place, skip_subtotals=True))
        return finish(found)

    return run


def _if(maker: Maker, arguments: Arguments) -> Run:
    if not 2 <= len(arguments) <= 3:  # noqa: PLR2004  # IF(condition, then, else)
        return _unknown
    condition, then = maker.make(arguments[0]), maker.make(arguments[1])
    other = maker.make(arguments[2] if len(arguments) > 2 else Constant(False))  # noqa: PLR2004

    def run(frame: Frame) -> Value:
        holds = cv.to_logical(condition(frame))
        if not isinstance(holds, bool):
            return holds
        found = then(frame) if holds else other(frame)
        return 0.0 if found is None else found

    return run


def _if_error(*codes: str) -> Function:
    def make(maker: Maker, arguments: Arguments) -> Run:
        if len(arguments) != 2:  # noqa: PLR2004  # IFERROR(value, instead)
            return _unknown
        value, instead = map(maker.make, arguments)

        def run(frame: Frame) -> Value:
            found = value(frame)
            if isinstance(found, ErrorValue) and (not codes or found.code in codes):
                found = instead(frame)
            return 0.0 if found is None else found

        return run

    return make


def _all_or_any(enough: bool) -> Function:
    """AND stops to matter at the first FALSE, OR at the first TRUE."""

    def make(maker: Maker, arguments: Arguments) -> Run:
        readers = [_logicals(maker, argument) for argument in arguments]

        def run(frame: Frame) -> Value:
            seen: list[Value] = []
            for reader in readers:
                seen += reader(frame)
            if UNKNOWN in seen:
                return UNKNOWN
            error = next((one for one in seen if isinstance(one, ErrorValue)), None)
            if error is not None or not seen:
                return error or VALUE
            return enough if enough in seen else not enough

        return run if arguments else _unknown

    return make


def _logicals(maker: Maker, argument: Expression | None) -> Callable[[Frame], list[Value]]:
    areas = areas_of(argument)
    if not areas:
        run = maker.make(argument)
        return lambda frame: [cv.to_logical(run(frame))]

    def read(frame: Frame) -> list[Value]:
        return [
            cv.to_logical(value)
            for cells in areas
            for sheet in sheets_of(cells, frame)
            for _, _, value in frame.lookup.cells(sheet, area(cells, frame))
            if not isinstance(value, str)
        ]

    return read


def _not(maker: Maker, arguments: Arguments) -> Run:
    if len(arguments) != 1:
        return _unknown
    inner = maker.make(arguments[0])

    def run(frame: Frame) -> Value:
        holds = cv.to_logical(inner(frame))
        return not holds if isinstance(holds, bool) else holds

    return run


def _logical(value: bool) -> Function:
    return lambda _, arguments: _unknown if arguments else lambda _: value


def _of_number(work: Callable[[float], float | ErrorValue | Unknown]) -> Function:
    def make(maker: Maker, arguments: Arguments) -> Run:
        if len(arguments) != 1:
            return _unknown
        inner = maker.make(arguments[0])

        def run(frame: Frame) -> Value:
            number = cv.to_number(inner(frame))
            return work(number) if isinstance(number, float) else number

        return run

    return make


def _rounding(rounding: cv.Rounding, *, digits_wanted: bool = True) -> Function:
    def make(maker: Maker, arguments: Arguments) -> Run:
        if len(arguments) != 2 and (digits_wanted or len(arguments) != 1):  # noqa: PLR2004
            return _unknown
        value, places = maker.make(arguments[0]), maker.make((*arguments, None)[1])

        def run(frame: Frame) -> Value:
            number, digits = cv.to_number(value(frame)), cv.to_number(places(frame))
            if number is UNKNOWN or digits is UNKNOWN:
                return UNKNOWN
            if not isinstance(number, float):
                return number
            return (
                cv.round_number(number, digits, rounding) if isinstance(digits, float) else digits
            )

        return run

    return make


def _root(number: float) -> float | ErrorValue:
    return math.sqrt(number) if number >= 0 else cv.NUM


def _sign(number: float) -> float:
    return float((number > 0) - (number < 0))


def _unknown(_: Frame) -> Value:
    return UNKNOWN


FUNCTIONS: Final[dict[str, Function]] = {
    **{name: _summing(finish) for name, finish in _FINISHES.items()},
    "SUBTOTAL": _subtotal,
    "SUMIF": sum_if,
    "COUNTIF": count_if,
    "SUMPRODUCT": sum_product,
    "IF": _if,
    "IFERROR": _if_error(),
    "IFNA": _if_error("#N/A"),
    "AND": _all_or_any(enough=False),
    "OR": _all_or_any(enough=True),
    "NOT": _not,
    "TRUE": _logical(True),
    "FALSE": _logical(False),
    "ABS": _of_number(abs),
    "SIGN": _of_number(_sign),
    "SQRT": _of_number(_root),
    "INT": _of_number(lambda number: cv.round_number(number, 0, "floor")),
    "ROUND": _rounding("half"),
    "ROUNDUP": _rounding("up"),
    "ROUNDDOWN": _rounding("down"),
    "TRUNC": _rounding("down", digits_wanted=False),
}
"""All functions that can be worked out."""
