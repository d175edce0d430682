"""What stands in a cell: a number, one of the four ways to write nothing, or something unusable.

``0`` is a number. Nothing at all (absent or None), a blank, ``/`` and ``——`` are four more things,
and are told apart. Money is never held as a float: a float is read by its shortest decimal form.
No value makes this module raise.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from govdocs.forms.figures import Figure, FigureType
from govdocs.values.numbers import as_number, is_number, maybe_number

Number = int | Decimal
Mark = Literal["", "absent", "blank", "slash", "dash"]
Fault = Literal["", "unreadable", "negative", "fraction", "blank_unwanted"]

_DASHES = re.compile(r"[-－–—―─﹣]{1,4}")
_IN_CELL = re.compile(r"(.*?\d)\s*(万元|元)", re.DOTALL)
_LARGEST = 10**15
_FINEST = -10
"""Whole digits and decimals beyond which a value is no figure of an office; within them every sum
of a sheet is exact in Decimal's 28 digits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as read.

    Attributes:
        number: None when the value is no number.
        mark: which way of writing nothing it is; empty for a number.
        fault: what is wrong with it as a figure.
        as_text: whether the number was text.
    """

    number: Number | None = None
    mark: Mark = ""
    fault: Fault = ""
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The figures of one dict as read.

    Attributes:
        numbers: key to number; a blank that the form allows counts as 0.
        odd: key to reading, for every value that is not simply a right number.
        raw: key to value as given, for the same keys.
    """

    numbers: dict[str, Number] = field(default_factory=dict)
    odd: dict[str, Reading] = field(default_factory=dict)
    raw: dict[str, object] = field(default_factory=dict)


def open_book(figures: Iterable[Figure], stats: object) -> Book:
    """Read every figure out of ``stats``."""
    book = Book()
    for figure in figures:
        value = find_value(stats, figure.steps)
        if type(value) is int and 0 <= value < _LARGEST:  # nine of ten figures, at once
            book.numbers[figure.key] = value
            continue
        reading = read_figure(value, figure)
        if reading.number is not None:
            book.numbers[figure.key] = reading.number
        if reading.mark or reading.fault or reading.as_text:
            book.odd[figure.key] = reading
            book.raw[figure.key] = value
    return book


def find_value(data: object, steps: Iterable[str]) -> object:
    """Go down ``steps`` in nested mappings; None where the way ends."""
    for step in steps:
        if type(data) is not dict and not isinstance(data, Mapping):
            return None
        data = data.get(step)
    return data


def read_figure(value: object, figure: Figure) -> Reading:
    """Read a value as ``figure``: its number, and what is wrong with it."""
    reading = read_value(value, unit_in_cell=figure.unit_in_cell)
    if reading.mark:
        return _judge_blank(reading, figure.blanks)
    if reading.number is None:
        return reading
    number = reading.number
    if figure.type != "amount" and number == int(number):
        number = int(number)
    return Reading(number, "", _find_fault(number, figure.type), reading.as_text)


def clean_value(value: object, figure: Figure) -> object:
    """Turn what stands in a cell into what a dict holds for it.

    A number in text becomes a number, a blank ``""``, a slash ``"/"`` and a dash ``"——"``, however
    they are typed; a blank cell may come as None. What is no figure stays as it is, for the check
    to say.
    """
    reading = read_figure("" if value is None else value, figure)
    if reading.mark:
        return {"blank": "", "slash": "/", "dash": "——"}[reading.mark]
    return value if reading.number is None else reading.number


def read_value(value: object, *, unit_in_cell: bool = False) -> Reading:
    """Read any value: a number, a mark for nothing, or an unreadable thing."""
    if value is None:
        return Reading(mark="absent")
    if isinstance(value, str):
        return _read_text(value, unit_in_cell=unit_in_cell)
    number = _within_limits(as_number(value)) if is_number(value) else None
    return Reading(fault="unreadable") if number is None else Reading(number)


def _within_limits(number: Number) -> Number | None:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    fine = isinstance(exponent, int) and exponent >= _FINEST
    return number if fine and size_of(number) < _LARGEST else None


def size_of(number: Number) -> Number:
    """Return a number without its sign."""
    return -number if number < 0 else number


def _read_text(text: str, *, unit_in_cell: bool) -> Reading:
    if mark := mark_of(text):
        return Reading(mark=mark)
    scale = 1
    if unit_in_cell and (match := _IN_CELL.fullmatch(text.strip())):
        text, scale = match[1], 10_000 if match[2] == "万元" else 1
    number = maybe_number(text.strip())
    number = None if number is None else _within_limits(number * scale)
    if number is None:
        return Reading(fault="unreadable")
    return Reading(number, as_text=not unit_in_cell)


def mark_of(text: str) -> Mark:
    """Tell which way of writing nothing a text is: blank, slash, dash, or none of them."""
    text = text.strip()
    if not text:
        return "blank"
    if text in {"/", "／"}:
        return "slash"
    return "dash" if _DASHES.fullmatch(text) else ""


def _judge_blank(reading: Reading, blanks: tuple[str, ...]) -> Reading:
    if reading.mark == "absent":
        return reading
    if reading.mark in {mark_of(one) for one in blanks}:
        return Reading(0, reading.mark)
    return Reading(None, reading.mark, "blank_unwanted")


def _find_fault(number: Number, kind: FigureType) -> Fault:
    if number < 0 and kind != "change":
        return "negative"
    if kind != "amount" and not isinstance(number, int):
        return "fraction"
    return ""
