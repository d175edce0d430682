"""How a content control takes a value: dates, drop-down lists, check boxes, pictures, charts.

Each function makes a filter for the tag of one control; what a control cannot hold is an error.
A null goes through as it is, so that it is told as missing.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from govdocs.errors import DataError
from govdocs.values.charts import Described
from govdocs.values.numerals import chinese_digits, chinese_number
from govdocs.values.pictures import Image, Seal
from govdocs.values.printing import print_value

Filter = Callable[[Any], Any]
Item = tuple[str, str]
"""What a drop-down list shows, and what it stores."""

_TRUTHS: Mapping[object, bool] = {True: True, False: False}
_PICTURE = re.compile(
    r"'([^']*)'|(yyyy|yy|MM?|dd?|HH?|mm?|ss?|EEEE|O|A)(?![A-Za-z])|([A-Za-z]+)|(.)"
)


def write_date(pattern: str) -> Filter:
    """Make the filter that writes a date as the control's own pattern says: ``yyyy-MM-dd``."""

    def write(value: Any) -> Any:
        if not isinstance(value, dt.date):
            return value
        return _write_pattern(value, pattern) or print_value(value)

    return write


def store_date(kind: str) -> Filter:
    """Make the filter that writes a date as the bound data hold it: ``date`` or ``dateTime``."""

    def write(value: Any) -> Any:
        if not isinstance(value, dt.date):
            return value
        if kind == "date" and isinstance(value, dt.datetime):
            return value.date().isoformat()
        if kind == "date" or isinstance(value, dt.datetime):
            return value.isoformat()
        return f"{value.isoformat()}T00:00:00"

    return write


def _write_pattern(value: dt.date, pattern: str) -> str:
    """Write a date; an empty text where the pattern asks for words of some language."""
    pieces = []
    for literal, code, words, char in _PICTURE.findall(pattern):
        if words:
            return ""
        pieces.append(_write_code(value, code) if code else literal or char)
    return "".join(pieces)


def _write_code(value: dt.date, code: str) -> str:
    clock = {"H": "hour", "m": "minute", "s": "second"}
    match code:
        case "yyyy":
            return f"{value.year:04}"
        case "yy":
            return f"{value.year % 100:02}"
        case "EEEE":
            return chinese_digits(value.year)
        case "O" | "A":
            return chinese_number(value.month if code == "O" else value.day)
    number = {"M": value.month, "d": value.day}.get(code[0])
    if number is None:
        number = getattr(value, clock[code[0]], 0)
    return f"{number:0{len(code)}}"


def choose(items: Sequence[Item], *, is_free: bool, stored: bool = False) -> Filter:
    """Make the filter of a drop-down list; it takes what an item shows or stores.

    Args:
        items: of the list.
        is_free: whether other texts may be typed.
        stored: give what the item stores, not what it shows.
    """

    def write(value: Any) -> Any:
        if value is None:
            return None
        text = print_value(value)
        for wanted in (0, 1):
            for item in items:
                if item[wanted] == text:
                    return item[stored]
        if is_free or not text:
            return text
        known = [shown for shown, _ in items]
        raise DataError.of("bind.not_in_list", fields={"value": text, "known": known})

    return write


def check(checked: str, unchecked: str) -> Filter:
    """Make the filter of a check box: its sign for true and for false."""

    def write(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, (bool, int)) or value not in _TRUTHS:
            raise DataError.of("bind.not_a_truth", fields={"value": print_value(value)})
        return checked if value else unchecked

    return write


def show_chart(alt: str) -> Filter:
    """Make the filter of a chart: one without a description of its own keeps the template's."""

    def write(value: Any) -> Any:
        return None if value is None else Described(value, alt)

    return write


def show_picture(alt: str) -> Filter:
    """Make the filter of a picture: one without a description of its own keeps the template's."""

    def write(value: Any) -> Any:
        if value is None or isinstance(value, Seal):
            return value
        if not isinstance(value, Image):
            raise DataError.of("bind.not_a_picture", fields={"value": print_value(value)})
        return value if value.alt else replace(value, alt=alt)

    return write
