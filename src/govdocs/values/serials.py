"""Serial numbers of sheets: days since 1900 or 1904, and back to dates and times.

Source: ECMA-376 Part 1, 18.17.4 (dates as numbers). In the 1900 system 1 is 1900-01-01 and the
29 February 1900 that never was is 60 (Lotus's bug, kept by Excel); in the 1904 system 0 is
1904-01-01. Sheets resolve a thousandth of a second, and so does this module: finer parts are
rounded. A zone is dropped, the wall clock counts. This module never looks at a number format.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from govdocs.errors import DataError
from govdocs.values.numbers import Number, as_decimal

PHANTOM_DAY = 60
"""The serial of 1900-02-29 in the 1900 system."""

_BEFORE_PHANTOM = date(1899, 12, 31)  # day 0 of the serials below 60
_AFTER_PHANTOM = date(1899, 12, 30)  # day 0 of those above
_EPOCH_1904 = date(1904, 1, 1)
_DAY_MS = 86_400_000
_LAST_DAY = date.max


def serial_of(value: date | time | timedelta, *, date1904: bool = False) -> int | float:
    """Turn a date, datetime, time or timedelta into the serial of a sheet.

    A date is an int; a time is a part of a day, below 1; a timedelta is days.

    Raises:
        DataError: ``value.before_serials`` for days before 1900 (1904).
    """
    if isinstance(value, timedelta):
        return _number(_milliseconds(value))
    if isinstance(value, time):
        return _number(_milliseconds(_time_of_day(value)))
    day = value.date() if isinstance(value, datetime) else value
    serial = _serial_of_day(day, date1904=date1904)
    if isinstance(value, datetime):
        return _number(serial * _DAY_MS + _milliseconds(_time_of_day(value.timetz())))
    return serial


def datetime_of(serial: Number, *, date1904: bool = False) -> datetime:
    """Turn a serial into the moment that it stands for, to the thousandth of a second.

    Raises:
        DataError: ``value.no_such_serial`` for negative serials, those past the year 9999, 60 in
            the 1900 system (29 February 1900) and below 1 there (the day 0 January).
    """
    days, rest = split_serial(serial)
    day = _day_of_serial(days, serial, date1904=date1904)
    return datetime.combine(day, time()) + timedelta(milliseconds=rest)


def date_of(serial: Number, *, date1904: bool = False) -> date:
    """Turn a serial into its date; the time of day is left out."""
    return datetime_of(serial, date1904=date1904).date()


def time_of(serial: Number) -> time:
    """Turn the part of a serial behind the point into a time of day."""
    _, rest = split_serial(serial)
    return (datetime(1, 1, 1) + timedelta(milliseconds=rest)).time()  # noqa: DTZ001 - no zone


def timedelta_of(serial: Number) -> timedelta:
    """Turn a serial into a span of time; negative ones too."""
    days, rest = split_serial(serial)
    try:
        return timedelta(days=days, milliseconds=rest)
    except OverflowError:
        raise _no_such_serial(serial) from None


def split_serial(serial: Number, places: int = 3) -> tuple[int, int]:
    """Split a serial into whole days and the rest of the day in units of a second.

    Args:
        serial: days.
        places: decimal places of a second that count: 3 gives milliseconds. A rest that rounds
            up to midnight belongs to the next day.
    """
    units_a_day = 86400 * int("1" + "0" * places)
    exact = as_decimal(serial)
    if isinstance(serial, float):
        exact = Decimal(serial)  # every bit counts: 15 digits are too few late in the calendar
    units = int((exact * units_a_day).to_integral_value(ROUND_HALF_UP))
    return divmod(units, units_a_day)


def _time_of_day(moment: time) -> timedelta:
    return timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )


def _milliseconds(span: timedelta) -> int:
    micro = (span.days * 86400 + span.seconds) * 1_000_000 + span.microseconds
    return int((Decimal(micro) / 1000).to_integral_value(ROUND_HALF_UP))


def _number(milliseconds: int) -> int | float:
    days, rest = divmod(milliseconds, _DAY_MS)
    return milliseconds / _DAY_MS if rest else days


def _serial_of_day(day: date, *, date1904: bool) -> int:
    if date1904:
        serial = (day - _EPOCH_1904).days
    elif day < date(1900, 3, 1):
        serial = (day - _BEFORE_PHANTOM).days
    else:
        serial = (day - _AFTER_PHANTOM).days
    if serial < (0 if date1904 else 1):
        raise DataError.of(
            "value.before_serials",
            fields={"value": day.isoformat(), "year": 1904 if date1904 else 1900},
        )
    return serial


def _day_of_serial(days: int, serial: Number, *, date1904: bool) -> date:
    if date1904:
        epoch, first = _EPOCH_1904, 0
    else:
        epoch, first = (_BEFORE_PHANTOM if days < PHANTOM_DAY else _AFTER_PHANTOM), 1
    last = (_LAST_DAY - epoch).days
    if not first <= days <= last or (days == PHANTOM_DAY and not date1904):
        raise _no_such_serial(serial)
    return epoch + timedelta(days=days)


def _no_such_serial(serial: Number) -> DataError:
    return DataError.of("value.no_such_serial", fields={"value": str(serial)[:40]})
