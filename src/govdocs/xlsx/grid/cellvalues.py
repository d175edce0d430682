"""The values of cells as Excel reckons with them, and how one kind turns into another.

Numbers are doubles, whatever they were in the data. Where Excel's answer hangs on its locale or on
digits that a double does not hold, the answer here is UNKNOWN: it is never guessed.
"""

import math
import re
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from enum import Enum
from typing import Final, Literal


class Unknown(Enum):
    """The kind of :data:`UNKNOWN`."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
"""A value that cannot be told."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error of a cell: ``#DIV/0!``."""

    code: str


Value = float | str | bool | ErrorValue | Unknown | None
"""What a cell may hold; None is an empty cell."""

DIV0: Final = ErrorValue("#DIV/0!")
VALUE: Final = ErrorValue("#VALUE!")
NUM: Final = ErrorValue("#NUM!")

Comparison = Literal["=", "<>", "<", ">", "<=", ">="]

_NUMBER: Final = re.compile(r"\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][-+]?[0-9]+)?\s*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9]*")
_WIDE: Final = Context(prec=400)
_DIGITS_LIMIT: Final = 20
"""To how many digits a number is rounded at most."""
_PLAIN_RANGE: Final = 1e-4, 1e15
"""Numbers that the format General writes without an exponent, however narrow the cell."""
_CLOSE: Final = 1e-14
"""A difference smaller than this part of its operands is one that Excel may take for zero."""


def as_value(value: object) -> Value:
    """Take a value of the data: whole numbers and decimals become the double that Excel holds."""
    if value is None or isinstance(value, (bool, str, ErrorValue, Unknown)):
        return value
    if not isinstance(value, (float, int, Decimal)):
        return UNKNOWN
    try:
        number = float(value)
    except OverflowError:
        return UNKNOWN
    return number if math.isfinite(number) else UNKNOWN


def to_number(value: Value) -> float | ErrorValue | Unknown:
    """Turn an operand of a calculation into a number."""
    if isinstance(value, str):
        return _text_to_number(value)
    if value is None:
        return 0.0
    return float(value) if isinstance(value, bool) else value


def to_text(value: Value) -> str | ErrorValue | Unknown:
    """Turn an operand of ``&`` into text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_to_text(value)
    return "" if value is None else value


def to_logical(value: Value) -> bool | ErrorValue | Unknown:
    """Turn a condition into a logical value; of a text Excel's answer is not sure."""
    if isinstance(value, (ErrorValue, Unknown)):
        return value
    return UNKNOWN if isinstance(value, str) else bool(value)


def finite(number: float) -> float | ErrorValue:
    """Give a number, or ``#NUM!`` where it has left the doubles."""
    return number if math.isfinite(number) else NUM


def add(one: float, other: float) -> float | ErrorValue | Unknown:
    """Add; where nearly nothing is left Excel may say zero, so that cannot be told."""
    total = one + other
    if total and abs(total) < _CLOSE * max(abs(one), abs(other)):
        return UNKNOWN
    return finite(total)


def divide(one: float, other: float) -> float | ErrorValue:
    """Divide; by zero is an error."""
    return finite(one / other) if other else DIV0


def power(base: float, exponent: float) -> float | ErrorValue:
    """Raise to a power."""
    if base == 0 and exponent <= 0:
        return DIV0 if exponent else NUM
    if base < 0 and not exponent.is_integer():
        return NUM
    try:
        return finite(base**exponent)
    except OverflowError:
        return NUM


Rounding = Literal["half", "up", "down", "floor", "ceiling"]
_ROUNDINGS: Final[dict[Rounding, str]] = {
    "half": ROUND_HALF_UP,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "floor": ROUND_FLOOR,
    "ceiling": ROUND_CEILING,
}


def round_number(number: float, digits: float, rounding: Rounding) -> float | Unknown:
    """Round as one does by hand: 2.675 to two digits is 2.68.

    Of 28.499999999999996 it is not sure whether Excel takes it for 28.5, so that is UNKNOWN.
    """
    if abs(digits) > _DIGITS_LIMIT:
        return UNKNOWN
    step = Decimal(1).scaleb(-math.trunc(digits))
    mode = _ROUNDINGS[rounding]
    found = {
        float(Decimal(text).quantize(step, mode, _WIDE))
        for text in (repr(number), f"{number:.15g}")
    }
    return found.pop() if len(found) == 1 else UNKNOWN


def compare(one: Value, operator: Comparison, other: Value) -> bool | ErrorValue | Unknown:
    """Compare as Excel does: numbers by 15 digits, texts without case, kinds in their order."""
    for value in (one, other):
        if isinstance(value, (Unknown, ErrorValue)):
            return value
    order = _order(one, other)
    if order is None:
        return UNKNOWN if operator not in {"=", "<>"} else operator == "<>"
    return {
        "=": order == 0,
        "<>": order != 0,
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
    }[operator]


def _order(one: Value, other: Value) -> int | None:
    """-1, 0 or 1; None for two texts of which only their difference is sure."""
    one, other = _filled(one, other), _filled(other, one)
    kinds = _kind(one), _kind(other)
    if kinds[0] != kinds[1]:
        return -1 if kinds[0] < kinds[1] else 1
    if isinstance(one, str) and isinstance(other, str):
        return _order_of_texts(one.casefold(), other.casefold())
    one, other = _digits15(one), _digits15(other)
    return (one > other) - (one < other)


def _filled(value: Value, beside: Value) -> Value:
    """An empty cell compares as the zero of the other's kind."""
    if value is not None:
        return value
    if isinstance(beside, str):
        return ""
    return False if isinstance(beside, bool) else 0.0


def _kind(value: Value) -> int:
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0


def _order_of_texts(one: str, other: str) -> int | None:
    if one == other:
        return 0
    if not (_PLAIN.fullmatch(one) and _PLAIN.fullmatch(other)):
        return None  # the order of other characters is the locale's
    return 1 if one > other else -1


def _digits15(value: Value) -> float:
    return float(f"{value:.15g}") if isinstance(value, float) else float(bool(value))


def _text_to_number(text: str) -> float | ErrorValue | Unknown:
    if _NUMBER.fullmatch(text):
        return finite(float(text))
    # 2019-1-24, 12%, ￥5 and １２ may be numbers to Excel; what has no digit never is
    return UNKNOWN if any(character.isnumeric() for character in text) else VALUE


def _number_to_text(number: float) -> str | Unknown:
    least, most = _PLAIN_RANGE
    if number.is_integer() and abs(number) < most:
        return str(int(number))
    if least <= abs(number) < most:
        return f"{number:.15g}"
    return UNKNOWN
