"""Numbers as they stand in a document, and back.

Source: GB/T 15835-2011 (4.1.1 figures that count are Arabic). Government tables print a number
undivided (11398889), so nothing here sets separators unless asked. Numbers are int, Decimal and
float; a bool is none. This module never rounds a Decimal and never shows an exponent.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import TypeAlias

from govdocs.errors import DataError

Number: TypeAlias = int | float | Decimal

WIDE = Context(prec=1000, rounding=ROUND_HALF_UP)
"""For sums that must not be rounded: the default context keeps 28 digits only."""

MAX_DIGITS = 400
"""More digits than this before or after the point is a mistake, or an attack."""

_FLOAT_DIGITS = 15  # what Excel keeps of a float; the digits after these are noise of base two
_GLIMPSE = 40  # characters of a value that a message shows
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋−", "0123456789.,-+-")
_WRITTEN = re.compile(
    r"([-+]?)(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(\.[0-9]+)?"
)


def as_number(value: object) -> int | Decimal:
    """Take a value as an exact number.

    A float stands for the decimal that it prints as: ``0.1`` is one tenth.

    Raises:
        DataError: ``value.not_a_number``: text, a bool, a date, NaN, infinity, or a number of
            more than :data:`MAX_DIGITS` digits.
    """
    number = _maybe_exact(value)
    if number is None:
        raise DataError.of(
            "value.not_a_number", fields={"value": _shown(value), "kind": type(value).__name__}
        )
    return number


def is_number(value: object) -> bool:
    """Tell whether a value is a finite number; a bool is none."""
    return _maybe_exact(value) is not None


def as_decimal(value: object) -> Decimal:
    """Take a value as an exact Decimal, as :func:`as_number` does."""
    return Decimal(as_number(value))


def plain_number(value: Number) -> str:
    """Print a number as a document shows it: ``401``, ``12.50``, ``0.3``.

    An int prints its digits; a Decimal keeps its zeros and loses its exponent (``1E+2`` is 100);
    a float prints 15 significant digits, as Excel does (``0.1 + 0.2`` is 0.3), and a whole one
    without a point (``12.0`` is 12). Minus nought is nought.
    """
    number = as_number(value)
    if isinstance(number, int):
        return str(number)
    text = format(number, "f")
    return text.removeprefix("-") if not number else text


def thousands(value: Number) -> str:
    """Print a number with a comma for every three digits: 11,398,889. Only when asked."""
    return f"{Decimal(plain_number(value)):,f}"


def fixed(value: Number, places: int) -> str:
    """Print a number with so many decimal places, halves rounded away from nought (四舍五入)."""
    text = format(round_half_up(value, places), "f")
    return text.removeprefix("-") if not text.strip("-0.") else text


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """Round as the trade does (四舍五入): halves away from nought, on the decimal as printed."""
    return round_to(value, places, ROUND_HALF_UP)


def round_to(value: Number, places: int, mode: str) -> Decimal:
    """Round the decimal that a number prints as; ``mode`` is one of the decimal module's."""
    with localcontext(WIDE):
        return as_decimal(value).quantize(Decimal(1).scaleb(-places), mode)


def maybe_number(text: str) -> int | Decimal | None:
    """Read a number as documents write it, or return None.

    Full-width digits, the minus sign and thousands set off by commas or spaces are understood:
    ``１，２８０`` and ``1 280`` are 1280. A number with a point is a Decimal and keeps its zeros.
    Digits that begin with 0 (``0771``) are a code, not a number.
    """
    folded = " ".join(text.translate(_HALF_WIDTH).split())
    found = _WRITTEN.fullmatch(folded)
    if found is None or len(folded) > MAX_DIGITS:
        return None
    sign, whole, rest = found[1], re.sub(r"[, ]", "", found[2]), found[3] or ""
    return Decimal(sign + whole + rest) if rest else int(sign + whole)


def parse_number(text: str) -> int | Decimal:
    """Read a number as :func:`maybe_number` does.

    Raises:
        DataError: ``value.not_a_number``.
    """
    number = maybe_number(text)
    if number is None:
        raise DataError.of("value.not_a_number", fields={"value": _shown(text), "kind": "str"})
    return number


def _maybe_exact(value: object) -> int | Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = _float_as_decimal(value)
    elif not isinstance(value, (int, Decimal)):
        value = _maybe_foreign(value)
    if isinstance(value, int):
        return int(value) if abs(value) < 10**MAX_DIGITS else None
    if isinstance(value, Decimal) and value.is_finite() and _is_short(value):
        return value
    return None


def _float_as_decimal(value: float) -> int | Decimal:
    """Take a float for the decimal of at most 15 significant digits; a whole one for its int."""
    written = float.__repr__(value)  # a subclass such as numpy's would name its type
    number = Decimal(written)
    if value.is_integer():
        return int(number)
    if number.is_finite() and len(number.as_tuple().digits) > _FLOAT_DIGITS:
        number = Decimal(f"{value:.{_FLOAT_DIGITS}g}")
    return number


def _maybe_foreign(value: object) -> int | None:
    """Take an integer of another library (numpy, pandas) by ``__index__``; its bools are none."""
    if isinstance(value, (str, bytes)) or "bool" in type(value).__name__:
        return None
    index = getattr(value, "__index__", None)
    try:
        return int(index()) if callable(index) else None
    except (TypeError, ValueError):
        return None


def _is_short(number: Decimal) -> bool:
    digits, exponent = len(number.as_tuple().digits), int(number.as_tuple().exponent)
    return exponent >= -MAX_DIGITS and digits + max(exponent, 0) <= MAX_DIGITS


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        return "1" + "0" * 8 + "…"  # Python refuses to write out an int of thousands of digits
    text = str(value)
    return text if len(text) <= _GLIMPSE else text[: _GLIMPSE - 1] + "…"
