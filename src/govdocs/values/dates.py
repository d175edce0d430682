"""Dates and times as official documents write them, and back.

Sources: GB/T 9704-2012 7.3.5.4 (Arabic digits, the year in full, no 虚位: 1月, not 01月);
GB/T 15835-2011 (spelt years take 〇, not 零; times are 15时30分). Nothing is set between digits
and 年月日时分秒, nor between date and time: 公文 has no spaces there. A datetime prints as its wall
clock says; zones are not shown. This module knows no language but Chinese.
"""

import re
from datetime import MAXYEAR, MINYEAR, date, datetime, time

from govdocs.errors import DataError
from govdocs.values.numbers import as_number
from govdocs.values.numerals import chinese_digits, chinese_number, maybe_chinese_number

_SPACES = re.compile(r"\s+")
_LOOK_ALIKE = str.maketrans("０１２３４５６７８９／．－–—−○◯零Ｏ：", "0123456789/.----〇〇〇〇:")
_NUMERAL = "〇一二三四五六七八九十"
_COUNT = rf"(?:[0-9]{{1,2}}|[{_NUMERAL}]{{1,3}})"
_DATE = re.compile(rf"([0-9]{{4}}|[{_NUMERAL}]{{4}})年(元|{_COUNT})月({_COUNT})[日号]")
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_TIME = re.compile(
    rf"({_COUNT})[时点](?:整|({_COUNT})分(?:({_COUNT})秒)?)?"
    r"|([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
)


def chinese_date(day: date) -> str:
    """Write a date (of a datetime: its date) as 2019年1月24日."""
    return f"{chinese_month(day)}{day.day}日"


def chinese_month(day: date) -> str:
    """Write year and month as 2019年1月."""
    return f"{chinese_year(day)}{day.month}月"


def chinese_year(year: int | date) -> str:
    """Write a year, or the year of a date, as 2019年."""
    return f"{_year(year)}年"


def chinese_numeral_date(day: date) -> str:
    """Write a date as 二〇一九年一月二十四日."""
    return f"{chinese_numeral_month(day)}{chinese_number(day.day)}日"


def chinese_numeral_month(day: date) -> str:
    """Write year and month as 二〇一九年一月."""
    return f"{chinese_numeral_year(day)}{chinese_number(day.month)}月"


def chinese_numeral_year(year: int | date) -> str:
    """Write a year, or the year of a date, as 二〇一九年."""
    return f"{chinese_digits(_year(year))}年"


def chinese_time(moment: time | datetime) -> str:
    """Write a time of day as 15时, 15时30分 or 15时30分5秒; parts of a second are left out."""
    text = f"{moment.hour}时"
    if moment.minute or moment.second:
        text += f"{moment.minute}分"
    return text + f"{moment.second}秒" if moment.second else text


def chinese_moment(moment: date | time) -> str:
    """Write a date, a datetime or a time of day: 2019年1月24日, 2019年1月24日15时30分, 15时30分.

    A datetime at midnight is its date alone: that is how spreadsheets and data frames hand over
    a date. Who means 0时 joins :func:`chinese_date` and :func:`chinese_time`.
    """
    if isinstance(moment, time):
        return chinese_time(moment)
    if isinstance(moment, datetime) and moment.time().replace(microsecond=0) != time():
        return chinese_date(moment) + chinese_time(moment)
    return chinese_date(moment)


def parse_chinese_date(text: str) -> date:
    """Read a date in any form that offices write.

    2019年1月24日 (also 01月, 24号, full-width digits, spaces), 二〇一九年一月二十四日 (also ○ and
    零 for 〇, 元月), 2019-01-24, 2019/1/24, 2019.1.24. The year has four digits.

    Raises:
        DataError: ``value.not_a_date``, or ``value.no_such_day`` for 2019年2月30日.
    """
    day = _read_date(_fold(text))
    if day is None:
        raise _not_a_date(text)
    return day


def maybe_chinese_date(text: str) -> date | None:
    """Read a date as :func:`parse_chinese_date` does, or return None."""
    try:
        return _read_date(_fold(text))
    except DataError:
        return None


def maybe_chinese_time(text: str) -> time | None:
    """Read a time of day: 15时30分, 15点, 十五时三十分, 15:30:05. None for anything else."""
    found = _TIME.fullmatch(_fold(text))
    if found is None:
        return None
    parts = found.groups()[:3] if found[1] else found.groups()[3:]
    try:
        hour, minute, second = (_count(part) if part else 0 for part in parts)
        return time(hour, minute, second)
    except ValueError:
        return None


def parse_chinese_moment(text: str) -> date | time:
    """Read what :func:`chinese_moment` wrote: a date, a datetime or a time of day.

    Raises:
        DataError: ``value.not_a_date`` or ``value.no_such_day``.
    """
    folded = _fold(text)
    alone = maybe_chinese_time(folded)
    if alone is not None:
        return alone
    head = _DATE.match(folded) or _ISO.match(folded)
    if head is None:
        raise _not_a_date(text)
    day = parse_chinese_date(head[0])
    rest = folded[head.end() :].removeprefix("T")
    moment = maybe_chinese_time(rest)
    if rest and moment is None:
        raise _not_a_date(text)
    return day if moment is None else datetime.combine(day, moment)


def as_date(value: object) -> date:
    """Take a value as a date: a date, the date of a datetime, or text in a form that is read.

    Raises:
        DataError: ``value.not_a_date`` or ``value.no_such_day``.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_chinese_date(value)
    raise _not_a_date(value)


def _year(year: int | date) -> int:
    number = year.year if isinstance(year, date) else as_number(year)
    if not isinstance(number, int) or not MINYEAR <= number <= MAXYEAR:
        raise DataError.of("value.not_a_year", fields={"value": str(number)[:40]})
    return number


def _fold(text: str) -> str:
    return _SPACES.sub("", text).translate(_LOOK_ALIKE)


def _read_date(folded: str) -> date | None:
    found = _DATE.fullmatch(folded)
    if found:
        parts = found[1], "1" if found[2] == "元" else found[2], found[3]
    else:
        found = _ISO.fullmatch(folded)
        if found is None:
            return None
        parts = found[1], found[3], found[4]
    try:
        year, month, day = map(_count, parts)
        return date(year, month, day)
    except ValueError:
        raise DataError.of("value.no_such_day", fields={"value": folded[:40]}) from None


def _count(text: str) -> int:
    """Read Arabic or Chinese digits.

    Raises:
        ValueError: for what is neither.
    """
    if text.isdigit():
        return int(text)
    number = maybe_chinese_number(text)
    if number is None:
        raise ValueError(text)
    return number


def _not_a_date(value: object) -> DataError:
    return DataError.of(
        "value.not_a_date", fields={"value": str(value)[:40], "kind": type(value).__name__}
    )
