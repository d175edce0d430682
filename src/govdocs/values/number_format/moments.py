"""Dates and times shown by a section: years to parts of a second, weekdays, elapsed hours.

Source: ECMA-376 Part 1, 18.8.31, 18.17.4. Times are rounded to what the section shows of a second,
once, so that 23:59:59.9 turns the day; minutes and hours are then cut, not rounded. The 1900 system
has its 0 January and its 29 February 1900 here, as Excel shows them.
"""

from dataclasses import dataclass
from decimal import Decimal

from govdocs.errors import DataError
from govdocs.values.number_format.codes import Section, Token
from govdocs.values.number_format.dbnum import count_field, spell
from govdocs.values.numbers import plain_number
from govdocs.values.serials import PHANTOM_DAY, date_of, split_serial

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHINESE_WEEKDAYS = "日一二三四五六"
_BUDDHIST = 543
_NOON = 12


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the fields of a section print; ``weekday`` counts from Sunday, 0."""

    year: int
    month: int
    day: int
    weekday: int
    seconds: int
    fraction: str
    elapsed: int


def show_moment(section: Section, serial: Decimal, *, date1904: bool) -> str:
    """Show a serial by a section of kind date.

    Raises:
        DataError: ``value.no_such_serial`` where the calendar does not have it.
    """
    places = max((len(t.text) - 1 for t in section.tokens if t.kind == "decimals"), default=0)
    only_spans = not any(t.kind in {"date", "ampm"} for t in section.tokens)
    if serial < 0 and not (only_spans and any(t.kind == "elapsed" for t in section.tokens)):
        raise DataError.of("value.no_such_serial", fields={"value": plain_number(serial)})
    moment = _moment(abs(serial), places, with_day=not only_spans, date1904=date1904)
    half_day = any(t.kind == "ampm" for t in section.tokens)
    text = "".join(_field(t, moment, section, half_day=half_day) for t in section.tokens)
    return f"-{text}" if serial < 0 else text


def _moment(serial: Decimal, places: int, *, with_day: bool, date1904: bool) -> _Moment:
    days, rest = split_serial(serial, places)
    seconds, parts = divmod(rest, 10**places)
    year, month, day = _calendar(days, date1904=date1904) if with_day else (1900, 1, 0)
    return _Moment(
        year=year,
        month=month,
        day=day,
        # Excel counts weekdays as if 29 February 1900 had been: its 1 January 1900 is a Sunday
        weekday=(days + 5 if date1904 else days - 1) % 7,
        seconds=seconds,
        fraction=f"{parts:0{places}}",
        elapsed=days * 86400 + seconds,
    )


def _calendar(days: int, *, date1904: bool) -> tuple[int, int, int]:
    if not date1904 and days in (0, PHANTOM_DAY):
        return (1900, 2, 29) if days else (1900, 1, 0)
    day = date_of(days, date1904=date1904)
    return day.year, day.month, day.day


def _field(token: Token, moment: _Moment, section: Section, *, half_day: bool) -> str:
    written = token.text.lower()
    if token.kind == "date":
        return _day_field(written, moment, section)
    if token.kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[written[0]]
        return count_field(moment.elapsed // unit, len(written), section.numerals)
    if token.kind == "ampm":
        return _half_day(token.text, moment, chinese=section.chinese)
    if token.kind == "decimals":
        return "." + spell(moment.fraction[: len(token.text) - 1], section.numerals)
    if token.kind in ("time", "minute"):
        clock = _clock(written, moment, half_day=half_day)
        return count_field(clock, min(len(written), 2), section.numerals)
    return token.text


def _clock(written: str, moment: _Moment, *, half_day: bool) -> int:
    if written[0] == "h":
        hour = moment.seconds // 3600
        return (hour % _NOON or _NOON) if half_day else hour
    return moment.seconds // 60 % 60 if written[0] == "m" else moment.seconds % 60


def _day_field(written: str, moment: _Moment, section: Section) -> str:
    letter, width = written[0], len(written)
    if letter in "yeb":
        year = moment.year + (_BUDDHIST if letter == "b" else 0)
        short = letter != "e" and width < 3  # noqa: PLR2004 - yy and bb show two digits
        return spell(f"{year % 100:02}" if short else f"{year:04}", section.numerals)
    if letter == "a":
        return ("星期" if width > 3 else "") + _CHINESE_WEEKDAYS[moment.weekday]  # noqa: PLR2004
    if letter == "g":
        return ""
    if width > 2:  # noqa: PLR2004 - three letters and more show a name
        return _name(letter, width, moment, chinese=section.chinese)
    return count_field(moment.month if letter == "m" else moment.day, width, section.numerals)


def _name(letter: str, width: int, moment: _Moment, *, chinese: bool) -> str:
    """Name the month or the weekday: mmm Jan, mmmm January, mmmmm J; 1月, 一月, 一."""
    if letter == "m":
        month = moment.month - 1
        full = f"{_CHINESE_MONTHS[month]}月" if chinese else _MONTHS[month]
        short = f"{month + 1}月" if chinese else full[:3]
        return {3: short, 5: full[0]}.get(width, full)
    full = f"星期{_CHINESE_WEEKDAYS[moment.weekday]}" if chinese else _WEEKDAYS[moment.weekday]
    return full if width > 3 else ("周" + full[-1] if chinese else full[:3])  # noqa: PLR2004


def _half_day(written: str, moment: _Moment, *, chinese: bool) -> str:
    late = moment.seconds // 3600 >= _NOON
    if written == "上午/下午" or (chinese and written.upper() == "AM/PM"):
        return "下午" if late else "上午"
    morning, evening = written.split("/")
    return evening if late else morning
