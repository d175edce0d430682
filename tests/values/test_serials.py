"""Serials of sheets, in both date systems, held against openpyxl."""

# ruff: noqa: DTZ001 - documents and sheets have no zones

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, to_excel

from govdocs.errors import DataError
from govdocs.values.serials import (
    date_of,
    datetime_of,
    serial_of,
    split_serial,
    time_of,
    timedelta_of,
)

MOMENTS = st.datetimes(min_value=datetime(1904, 1, 1)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, fold=0)
)
SPANS = st.timedeltas(timedelta(days=-9999), timedelta(days=9999)).map(
    lambda span: timedelta(milliseconds=span // timedelta(milliseconds=1))
)


@pytest.mark.parametrize(
    ("value", "serial", "serial_1904"),
    [
        (date(1900, 1, 1), 1, None),
        (date(1900, 2, 28), 59, None),
        (date(1900, 3, 1), 61, None),
        (date(1904, 1, 1), 1462, 0),
        (date(2019, 1, 24), 43489, 42027),
        (datetime(2019, 1, 24), 43489, 42027),
        (datetime(2019, 1, 24, 12), 43489.5, 42027.5),
        (datetime(2019, 1, 24, 12, tzinfo=UTC), 43489.5, 42027.5),
        (date(9999, 12, 31), 2958465, 2957003),
        (time(6), 0.25, 0.25),
        (timedelta(hours=36), 1.5, 1.5),
        (timedelta(days=2), 2, 2),
    ],
)
def test_values_have_the_serials_of_the_standard(
    value: Any, serial: float, serial_1904: float | None
) -> None:
    """ECMA-376 18.17.4.1; whole days are ints."""
    assert serial_of(value) == serial
    assert isinstance(serial_of(value), int) == (serial == int(serial))
    if serial_1904 is not None:
        assert serial_of(value, date1904=True) == serial_1904


@given(MOMENTS, st.booleans())
def test_moment_survives_its_serial_to_the_millisecond(moment: datetime, date1904: bool) -> None:
    """Over the whole calendar, though a float has few bits for the time of day of the year 9999."""
    assert datetime_of(serial_of(moment, date1904=date1904), date1904=date1904) == moment


@given(st.dates(min_value=date(1900, 1, 1)))
def test_date_survives_its_serial(day: date) -> None:
    """January and February 1900 included."""
    assert date_of(serial_of(day)) == day


@given(SPANS)
def test_span_survives_its_serial(span: timedelta) -> None:
    """Negative ones too."""
    assert timedelta_of(serial_of(span)) == span


@given(MOMENTS)
def test_time_survives_its_serial(moment: datetime) -> None:
    """A time of day is the part of a day, also behind the days of a date."""
    assert time_of(serial_of(moment.time())) == moment.time()
    assert time_of(serial_of(moment)) == moment.time()


@given(MOMENTS, st.booleans())
def test_serials_agree_with_openpyxl(moment: datetime, date1904: bool) -> None:
    """A second implementation gives the same number and reads it alike."""
    epoch = CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900
    ours = serial_of(moment, date1904=date1904)
    assert ours == pytest.approx(to_excel(moment, epoch), abs=1e-9)  # type: ignore[no-untyped-call]
    theirs = from_excel(ours, epoch)
    assert datetime_of(ours, date1904=date1904) == theirs


def test_noise_of_fifteen_digits_does_not_show() -> None:
    """Files hold 43489.6458333333 for half past three."""
    assert datetime_of(43489.6458333333) == datetime(2019, 1, 24, 15, 30)
    assert datetime_of(43489.999999999) == datetime(2019, 1, 25)


@pytest.mark.parametrize("serial", [0, 0.5, 60, 60.5, -1, 2958466, 1e300])
def test_serial_that_no_calendar_has_is_refused(serial: float) -> None:
    """0 January 1900 and 29 February 1900 never were."""
    with pytest.raises(DataError) as caught:
        datetime_of(serial)
    assert caught.value.problems[0].code == "value.no_such_serial"


def test_serial_60_is_a_day_in_the_1904_system() -> None:
    """Only the 1900 system has Lotus's bug."""
    assert date_of(60, date1904=True) == date(1904, 3, 1)
    assert date_of(0, date1904=True) == date(1904, 1, 1)


def test_span_beyond_all_calendars_is_refused() -> None:
    """Said, not crashed."""
    with pytest.raises(DataError):
        timedelta_of(1e18)


@pytest.mark.parametrize(
    ("day", "date1904", "year"),
    [(date(1899, 12, 31), False, 1900), (date(1903, 12, 31), True, 1904)],
)
def test_day_before_the_first_serial_is_refused(day: date, date1904: bool, year: int) -> None:
    """The sentence names the system's first day."""
    with pytest.raises(DataError) as caught:
        serial_of(day, date1904=date1904)
    assert caught.value.message("en") == (
        f"[value.before_serials] {day} is before the first day of the sheet's calendar"
        f" (1 January {year})\n  mend: fill this date as text"
    )


def test_rest_that_rounds_to_midnight_belongs_to_the_next_day() -> None:
    """Places count parts of a second."""
    assert split_serial(1.9999999, 0) == (2, 0)
    assert split_serial(1.5, 0) == (1, 43200)
    assert split_serial(-0.25, 3) == (-1, 64_800_000)
