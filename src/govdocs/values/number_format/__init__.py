"""Show a value as a sheet does, by its number format code; and tell what a code makes of a number.

Source: ECMA-376 Part 1, 18.8.30 and 18.8.31. Colours and fills are left out, ``_x`` is a space. A
number is shown from its decimal digits (a float from 15 of them, as in Excel). A bool is TRUE or
FALSE. This room reads codes; which cell has which code is the business of others.

- ``codes`` reads a code into sections of tokens
- ``digits`` shows numbers, ``moments`` dates and times, ``dbnum`` has the Chinese digits
- ``builtin`` has the formats that files name by number
"""

import operator
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal, TypeAlias

from govdocs.errors import DataError
from govdocs.values.number_format.builtin import builtin_code, code_for
from govdocs.values.number_format.codes import Code, Section, is_field, parse_code
from govdocs.values.number_format.dbnum import count
from govdocs.values.number_format.digits import general, show_digits
from govdocs.values.number_format.moments import show_moment
from govdocs.values.numbers import Number, as_decimal, plain_number
from govdocs.values.serials import date_of, datetime_of, serial_of, time_of, timedelta_of

__all__ = ["builtin_code", "code_for", "format_kind", "is_date_format", "show", "typed_value"]

Shown: TypeAlias = Number | str | date | time | timedelta | None
Kind = Literal["general", "number", "text", "date", "time", "datetime", "span"]

NOTHING_FITS = "########"
"""What Excel shows where no section takes the number."""

_TESTS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def show(value: Shown, code: str, *, date1904: bool = False) -> str:
    """Show a value as Excel shows it in a cell with this number format code.

    Raises:
        DataError: ``value.number_format`` for a code of more than four sections,
            ``value.no_such_serial`` or ``value.before_serials`` for dates that sheets have not.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    parsed = parse_code(code)
    if isinstance(value, str):
        return _show_text(parsed, value)
    if isinstance(value, (date, time, timedelta)):
        value = serial_of(value, date1904=date1904)
        # a float from a moment of ours is exact in all of its digits
        number = Decimal(value)
    else:
        number = as_decimal(value)
    return _show_number(parsed, number, date1904=date1904)


def is_date_format(code: str) -> bool:
    """Tell whether a code shows numbers as dates, times or spans of time."""
    return any(section.kind == "date" for section in parse_code(code).numbers)


def format_kind(code: str) -> Kind:
    """Tell what a code makes of a number; its first section decides."""
    section = parse_code(code).numbers[0]
    if section.kind == "text":
        return "text"
    if section.kind != "date":
        return "general" if section.kind == "general" else "number"
    kinds = {token.kind for token in section.tokens if is_field(token)}
    if "elapsed" in kinds:
        return "span"
    if "date" not in kinds:
        return "time"
    return "datetime" if kinds - {"date"} else "date"


def typed_value(
    number: Number, code: str, *, date1904: bool = False
) -> Number | date | time | timedelta:
    """Turn the number of a cell into the value that its format says: a date, a time, a span.

    A date that has a time of day is a datetime, a time that has days too. What no calendar has
    (a negative serial, 29 February 1900) stays the number that it is.
    """
    kind = format_kind(code)
    try:
        return _typed(number, kind, date1904=date1904)
    except DataError:
        return number


def _typed(number: Number, kind: Kind, *, date1904: bool) -> Number | date | time | timedelta:
    if kind == "span":
        return timedelta_of(number)
    if kind == "time" and 0 <= number < 1:
        return time_of(number)
    if kind == "date" and number == int(number):
        return date_of(number, date1904=date1904)
    if kind in ("date", "time", "datetime"):
        return datetime_of(number, date1904=date1904)
    return number


def _show_text(code: Code, text: str) -> str:
    if code.text is None:
        return text
    return "".join(text if token.kind == "at" else token.text for token in code.text.tokens)


def _show_number(code: Code, number: Decimal, *, date1904: bool) -> str:
    chosen = _choose(code.numbers, number)
    if chosen is None and len(code.numbers) > 1:
        return NOTHING_FITS
    section = code.numbers[chosen or 0]
    signless = number < 0 and chosen is not None and _says_minus(code.numbers, chosen)
    if section.kind == "date":
        return show_moment(section, -number if signless else number, date1904=date1904)
    text = _show_section(section, abs(number))
    return f"-{text}" if number < 0 and not signless and text else text


def _show_section(section: Section, number: Decimal) -> str:
    if section.kind in ("general", "text", "literal"):
        is_counted = section.numerals and number == number.to_integral_value()
        plain = plain_number(int(number)) if is_counted else general(number)
        shown = count(plain, section.numerals)
        return "".join(
            shown if token.kind in ("general", "at") else token.text for token in section.tokens
        )
    return show_digits(section, number)


def _choose(sections: tuple[Section, ...], number: Decimal) -> int | None:
    """Choose the section of a number.

    Without conditions: positive and nought; negative; nought. A condition stands for the
    section's own; the last section takes the rest.
    """
    for i, section in enumerate(sections):
        condition = section.condition or _default_condition(sections, i)
        if condition is None or _TESTS[condition[0]](number, condition[1]):
            return i
    return None


def _default_condition(sections: tuple[Section, ...], i: int) -> tuple[str, Decimal] | None:
    if i == len(sections) - 1:
        return None
    if i == 0:
        return (">" if len(sections) > 2 else ">="), Decimal(0)  # noqa: PLR2004 - three sections
    return "<", Decimal(0)


def _says_minus(sections: tuple[Section, ...], i: int) -> bool:
    """Tell whether a section is never chosen for positive numbers, and so prints no minus itself.

    ``[>=-1]0;0`` shows -2 as 2, ``[>=1]0;0`` as -2. One number between and beyond the limits of
    the conditions speaks for all.
    """
    limits = {section.condition[1] for section in sections if section.condition}
    ordered = [Decimal(0), *sorted(limit for limit in limits if limit > 0)]
    between = [(low + high) / 2 for low, high in pairwise(ordered)]
    probes = [*ordered[1:], *between, ordered[-1] + 1]
    return all(_choose(sections, probe) != i for probe in probes)
