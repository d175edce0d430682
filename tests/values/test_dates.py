"""Dates as documents write them, and back."""

# ruff: noqa: DTZ001 - documents and sheets have no zones

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.errors import DataError
from govdocs.values.dates import (
    as_date,
    chinese_date,
    chinese_moment,
    chinese_month,
    chinese_numeral_date,
    chinese_numeral_month,
    chinese_numeral_year,
    chinese_time,
    chinese_year,
    maybe_chinese_date,
    maybe_chinese_time,
    parse_chinese_date,
    parse_chinese_moment,
)

DAY = date(2019, 1, 24)
DAYS = st.dates(min_value=date(1000, 1, 1))
TIMES = st.times().map(lambda moment: moment.replace(microsecond=0, fold=0))


def test_date_is_written_without_padding() -> None:
    """GB/T 9704 7.3.5.4: the year in full, no 01月."""
    assert chinese_date(DAY) == "2019年1月24日"
    assert chinese_month(DAY) == "2019年1月"
    assert chinese_year(DAY) == "2019年"
    assert chinese_year(2018) == "2018年"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (DAY, "二〇一九年一月二十四日"),
        (date(2010, 10, 10), "二〇一〇年十月十日"),
        (date(2000, 12, 31), "二〇〇〇年十二月三十一日"),
        (date(2021, 11, 20), "二〇二一年十一月二十日"),
    ],
)
def test_date_is_written_in_numerals(day: date, written: str) -> None:
    """〇 in the year, 十 二十 三十一 in month and day."""
    assert chinese_numeral_date(day) == written
    assert chinese_numeral_month(day) == written.partition("月")[0] + "月"
    assert chinese_numeral_year(day) == written.partition("年")[0] + "年"
    assert chinese_numeral_year(day.year) == written.partition("年")[0] + "年"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (time(15, 30), "15时30分"),
        (time(15, 5, 9), "15时5分9秒"),
        (time(15), "15时"),
        (time(0, 0, 5), "0时0分5秒"),
        (datetime(2019, 1, 24, 15, 30), "2019年1月24日15时30分"),
        (datetime(2019, 1, 24), "2019年1月24日"),
        (datetime(2019, 1, 24, 15, 30, tzinfo=UTC), "2019年1月24日15时30分"),
        (DAY, "2019年1月24日"),
    ],
)
def test_moment_is_written_without_spaces(moment: date | time, written: str) -> None:
    """A datetime at midnight is its date; a zone is not shown."""
    assert chinese_moment(moment) == written


def test_midnight_is_said_where_the_time_is_asked_for() -> None:
    """Who means 0时 asks for the time alone."""
    assert chinese_time(datetime(2019, 1, 24)) == "0时"


@given(DAYS)
def test_written_dates_read_back(day: date) -> None:
    """Both forms, and ISO, give the same day again."""
    for written in (chinese_date(day), chinese_numeral_date(day), day.isoformat()):
        assert parse_chinese_date(written) == day


@given(st.datetimes(min_value=datetime(1000, 1, 1)))
def test_written_moments_read_back_to_the_second(moment: datetime) -> None:
    """Midnight comes back as the date that it was printed as."""
    seconds = moment.replace(microsecond=0, fold=0)
    expected = seconds if seconds.time() != time() else seconds.date()
    assert parse_chinese_moment(chinese_moment(moment)) == expected


@given(TIMES)
def test_written_times_read_back(moment: time) -> None:
    """To the second."""
    assert maybe_chinese_time(chinese_time(moment)) == moment
    assert parse_chinese_moment(chinese_time(moment)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2019年1月24日",
        "2019年01月24日",
        "2019 年 1 月 24 日",
        "２０１９年１月２４日",
        "2019年1月24号",
        "二〇一九年一月二十四日",
        "二○一九年一月二十四日",
        "二零一九年一月二十四日",
        "二〇一九年元月二十四日",
        "2019-01-24",
        "2019-1-24",
        "2019/1/24",
        "2019.1.24",
        "２０１９－０１－２４",
        "2019—1—24",
        "2019年\n1月24日",
    ],
)
def test_date_is_read_in_every_form_that_offices_write(text: str) -> None:
    """Width, spaces, padding, dashes and the noughts that look alike are folded."""
    assert parse_chinese_date(text) == DAY
    assert maybe_chinese_date(text) == DAY
    assert as_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19年1月24日",
        "2019年1月",
        "2019-1/24",
        "1月24日",
        "2019年1月24日印发",
        "20190124",
        "今天",
    ],
)
def test_text_that_is_no_full_date_is_refused(text: str) -> None:
    """A short year (19年) would be the year 19: nothing is guessed."""
    assert maybe_chinese_date(text) is None
    with pytest.raises(DataError) as caught:
        parse_chinese_date(text)
    assert caught.value.problems[0].code == "value.not_a_date"


@pytest.mark.parametrize(
    "text", ["2019年2月29日", "2019-13-01", "二〇一九年四月三十一日", "2019年1月0日"]
)
def test_day_that_the_calendar_has_not_is_named(text: str) -> None:
    """It looks like a date, so the sentence says what is wrong with it."""
    assert maybe_chinese_date(text) is None
    with pytest.raises(DataError) as caught:
        parse_chinese_date(text)
    assert caught.value.message("zh").startswith("[value.no_such_day] 日历上没有")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("15时30分", time(15, 30)),
        ("15点", time(15)),
        ("15点整", time(15)),
        ("十五时三十分", time(15, 30)),
        ("15：30", time(15, 30)),
        ("15:30:05", time(15, 30, 5)),
    ],
)
def test_time_is_read_in_other_forms(text: str, moment: time) -> None:
    """Clock and words."""
    assert maybe_chinese_time(text) == moment


@pytest.mark.parametrize("text", ["25时", "15时61分", "15", "下午3时"])
def test_what_is_no_time_of_day_is_not_read(text: str) -> None:
    """下午 would need a rule for 12; it is left to people."""
    assert maybe_chinese_time(text) is None


def test_moments_are_read_from_iso_too() -> None:
    """With T, with a space, with a Chinese date before a clock."""
    moment = datetime(2019, 1, 24, 15, 30)
    for text in ("2019-01-24T15:30", "2019-01-24 15:30", "2019年1月24日 15:30"):
        assert parse_chinese_moment(text) == moment


@pytest.mark.parametrize("text", ["2019年1月24日晚", "十五", "2019年1月24日25时"])
def test_broken_moment_is_refused(text: str) -> None:
    """Half understood is not understood."""
    with pytest.raises(DataError):
        parse_chinese_moment(text)


@pytest.mark.parametrize("value", [20190124, None, 43489.5, time(1), True])
def test_value_of_another_kind_is_no_date(value: Any) -> None:
    """A serial of a sheet is a number until its format says otherwise."""
    with pytest.raises(DataError) as caught:
        as_date(value)
    assert caught.value.problems[0].code == "value.not_a_date"


def test_datetime_is_taken_for_its_date() -> None:
    """The time of day is left out."""
    assert as_date(datetime(2019, 1, 24, 23, 59)) == DAY
    assert type(as_date(datetime(2019, 1, 24))) is date


@pytest.mark.parametrize("year", [0, 10000, 2018.5, True])
def test_year_is_a_whole_number_of_the_calendar(year: Any) -> None:
    """A wrong year is said, not printed."""
    with pytest.raises(DataError) as caught:
        chinese_year(year)
    assert "value.not" in caught.value.problems[0].code
