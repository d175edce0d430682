"""What a bare word of a YAML file means. A quoted one is always text.

Source: the core schema of YAML 1.2.2, 10.3, made narrower where a clerk's meaning would be lost:
``+86`` and ``12E3`` stay text, ``0x1F``, ``1_000`` and ``12:30`` too; and wider by dates, as in
YAML 1.1. A decimal is a Decimal. The way back, from a value to a word, is here as well.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from govdocs.values.numbers import MAX_DIGITS

Plain = str | int | Decimal | bool | date | None

_WORDS: dict[str, bool | None] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)

_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]|[ \t]+)([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)"
    r"[ \t]*(Z|[-+][0-9]{2}:?[0-9]{2})?"
)
_SPAN = re.compile(r"(-?)([0-9]+):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,6}))?")


class ScalarError(ValueError):
    """A word that would be misread: ``code`` is the second half of the problem's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def plain_value(word: str) -> Plain:
    """Tell what a bare word means.

    Raises:
        ScalarError: ``no_such_day`` (2019-02-30) or ``not_finite`` (.inf, .nan).
    """
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word) if len(word) <= MAX_DIGITS else word
    if _DECIMAL.fullmatch(word):
        return Decimal(word)
    if _DATE.fullmatch(word):
        return _calendar(date.fromisoformat, word)
    if found := _DATETIME.fullmatch(word):
        day, hour, rest, zone = found.groups(default="")
        return _calendar(datetime.fromisoformat, f"{day}T{int(hour):02}{rest}{zone}")
    if _NOT_FINITE.fullmatch(word):
        raise ScalarError("not_finite")
    return word


def is_text(word: str) -> bool:
    """Tell whether a bare word means itself."""
    try:
        return isinstance(plain_value(word), str)
    except ScalarError:
        return False


def parse_time(text: str) -> time:
    """Read the time behind a ``!time`` tag.

    Raises:
        ScalarError: ``not_a_time``.
    """
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ScalarError("not_a_time") from None


def parse_span(text: str) -> timedelta:
    """Read the span behind a ``!duration`` tag: 36:15:00.

    Raises:
        ScalarError: ``not_a_time``.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ScalarError("not_a_time")
    sign, hours, minutes, seconds, parts = found.groups(default="")
    try:
        span = timedelta(
            hours=int(hours),
            minutes=int(minutes),
            seconds=int(seconds),
            microseconds=int(parts.ljust(6, "0") or 0),
        )
    except OverflowError:
        raise ScalarError("not_a_time") from None
    return -span if sign else span


def write_span(span: timedelta) -> str:
    """Write a span as hours, minutes, seconds: 36:15:00."""
    seconds, parts = divmod(abs(span) // timedelta(microseconds=1), 1_000_000)
    text = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return ("-" if span < timedelta() else "") + text + (f".{parts:06}" if parts else "")


def write_number(number: float | Decimal) -> str:
    """Write a number in full, without exponent, with a point where it is no int."""
    if isinstance(number, int):
        return str(int(number))
    exact = number if isinstance(number, Decimal) else Decimal(float.__repr__(number))
    return format(exact, "f")


def _calendar(read: Callable[[str], date], text: str) -> date:
    try:
        return read(text)
    except ValueError:
        raise ScalarError("no_such_day") from None
