"""What functions do with the references they are given: data, no act.

A reference to a loop's row means all of its copies to SUM and only one cell to ABS; a call whose
cells have all vanished has the value of the empty set. This module never evaluates anything.
"""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, Literal

Empty = Literal["0", "#DIV/0!", "#NUM!", "#N/A", "#VALUE!", '""'] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a function reads its arguments.

    Attributes:
        areas: which arguments, counted from 0, are areas: a single cell there stands for all of
            its copies.
        empty: the value of the call when its areas are gone; None if it has none.
        many: an area may be written as several arguments, and one that is gone left out.
        spreads: the call over several areas is the sum of the calls over each.
        array: its arguments are worked out cell by cell, as in ``SUMPRODUCT(C5*D5)``.
        skips_subtotals: cells with subtotals inside an area are not counted.
    """

    areas: Container[int]
    empty: Empty = None
    many: bool = False
    spreads: bool = False
    array: bool = False
    skips_subtotals: bool = False


_ALL: Final = range(1_000)
_FIRST: Final = range(1)
_SECOND: Final = range(1, 2)
_PAIR: Final = range(2)
_CRITERIA: Final = range(0, 1_000, 2)  # COUNTIFS: area, criterion, area, criterion, ...
_TARGET_AND_CRITERIA: Final = frozenset({0, *range(1, 1_000, 2)})


def _each(names: str, plan: Plan) -> dict[str, Plan]:
    return dict.fromkeys(names.split(), plan)


_PLANS: Final[dict[str, Plan]] = {
    **_each("SUM COUNT COUNTA MAX MIN MAXA MINA PRODUCT SUMSQ", Plan(_ALL, "0", many=True)),
    **_each(
        "AVERAGE AVERAGEA STDEV STDEVA STDEV.S STDEV.P STDEVP STDEVPA VAR VARA VAR.S VAR.P VARP "
        "VARPA",
        Plan(_ALL, "#DIV/0!", many=True),
    ),
    **_each("MEDIAN GEOMEAN HARMEAN AVEDEV DEVSQ", Plan(_ALL, "#NUM!", many=True)),
    **_each("MODE MODE.SNGL", Plan(_ALL, "#N/A", many=True)),
    **_each("AND OR XOR", Plan(_ALL, "#VALUE!", many=True)),
    **_each("CONCAT", Plan(_ALL, '""', many=True)),
    **_each("TEXTJOIN", Plan(range(2, 1_000), '""', many=True)),
    **_each("SUMPRODUCT", Plan(_ALL, "0", spreads=True, array=True)),
    **_each("SUMIF", Plan(frozenset({0, 2}), "0", spreads=True)),
    **_each("SUMIFS", Plan(_TARGET_AND_CRITERIA, "0", spreads=True)),
    **_each("COUNTIF COUNTBLANK", Plan(_FIRST, "0", spreads=True)),
    **_each("COUNTIFS", Plan(_CRITERIA, "0", spreads=True)),
    **_each("AVERAGEIF", Plan(frozenset({0, 2}), "#DIV/0!")),
    **_each("AVERAGEIFS", Plan(_TARGET_AND_CRITERIA, "#DIV/0!")),
    **_each("MAXIFS MINIFS", Plan(_TARGET_AND_CRITERIA, "0")),
    **_each(
        "LARGE SMALL PERCENTILE PERCENTILE.INC PERCENTILE.EXC QUARTILE QUARTILE.INC QUARTILE.EXC "
        "TRIMMEAN",
        Plan(_FIRST, "#NUM!"),
    ),
    **_each("PERCENTRANK PERCENTRANK.INC PERCENTRANK.EXC", Plan(_FIRST, "#N/A")),
    **_each("RANK RANK.EQ RANK.AVG MATCH XMATCH VLOOKUP HLOOKUP", Plan(_SECOND, "#N/A")),
    **_each("LOOKUP XLOOKUP", Plan(range(1, 3), "#N/A")),
    **_each("ROWS", Plan(_FIRST, "0")),
    **_each("INDEX COLUMNS FREQUENCY UNIQUE SORT TRANSPOSE", Plan(_FIRST)),
    **_each(
        "CORREL PEARSON SLOPE INTERCEPT RSQ COVAR COVARIANCE.P COVARIANCE.S SUMXMY2 SUMX2MY2 "
        "SUMX2PY2 SORTBY FILTER",
        Plan(_PAIR),
    ),
}

_SUBTOTALS: Final[dict[str, Empty]] = {
    "1": "#DIV/0!",  # average
    **dict.fromkeys(("2", "3", "4", "5", "6", "9"), "0"),  # counts, maximum, minimum, product, sum
    **dict.fromkeys(("7", "8", "10", "11"), "#DIV/0!"),  # deviations and variances
    "12": "#NUM!",  # AGGREGATE only: median
    "13": "#N/A",  # AGGREGATE only: mode
}

ELEMENTWISE: Final = frozenset(
    _each(
        "ABS DATE DATEVALUE DAY EXACT EXP FIND IF IFERROR IFNA INT ISBLANK ISERROR ISNA ISNUMBER "
        "ISTEXT LEFT LEN LN LOWER MID MOD MONTH N NOT POWER RIGHT ROUND ROUNDDOWN ROUNDUP SEARCH "
        "SIGN SQRT SUBSTITUTE T TEXT TRIM TRUNC UPPER VALUE WEEKDAY YEAR",
        Plan(()),
    )
)
"""Functions that give an empty array for an empty array."""


def function_name(opening: str) -> str:
    """Read the name of a call's opening: ``_xlfn.STDEV.S(`` is ``STDEV.S``."""
    name = opening.rstrip("(").upper()
    return name.removeprefix("_XLFN.").removeprefix("_XLWS.")


def maybe_plan(name: str, first_argument: str) -> Plan | None:
    """Find how a function reads its arguments; None if all of them are plain values.

    Args:
        name: as :func:`function_name` gives it.
        first_argument: its text; SUBTOTAL and AGGREGATE say there what they do.
    """
    if name not in {"SUBTOTAL", "AGGREGATE"}:
        return _PLANS.get(name)
    number = first_argument.strip()
    if number.isdecimal():  # 109 is 9 without hidden rows
        number = str(int(number) % 100)
    ahead = 1 if name == "SUBTOTAL" else 2
    if name == "AGGREGATE" and number not in _SUBTOTALS:
        return Plan(range(ahead, ahead + 1), "#NUM!")
    empty = _SUBTOTALS.get(number)
    return Plan(range(ahead, 1_000), empty, many=True, skips_subtotals=True)
