"""The language's own filters: Chinese dates, numerals, amounts, shares, columns of charts.

Each has an English name and, where clerks have a word for it, a Chinese one. The work is done in
:mod:`govdocs.values`; here are only the names. Filters of programs come in through
``Template(..., filters=)`` and the entry-point group ``govdocs.filters``.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from typing import Any

from jinja2 import pass_environment

from govdocs.errors import DataError
from govdocs.values import amounts, dates, numbers, numerals
from govdocs.values.charts import Columns

Filter = Callable[..., Any]


def cn_date(value: Any) -> str:
    """2019-01-24 as 二〇一九年一月二十四日."""
    return dates.chinese_numeral_date(dates.as_date(value))


def date(value: Any) -> str:
    """Print a date, or a text that holds one, as 2019年1月24日."""
    return dates.chinese_date(dates.as_date(value))


def cn_number(value: Any) -> str:
    """12 as 十二."""
    return numerals.chinese_number(value)


def item_number(value: Any) -> str:
    """The number of an item in running text: 1 is 一是."""
    return numerals.item_mark(value)


def level(value: Any, depth: int = 1) -> str:
    """The number of a heading (GB/T 9704 7.3.3): 一、 then （一） then 1. then （1）."""
    return numerals.level_mark(depth, value)


def rmb(value: Any) -> str:
    """An amount in 元 in words: 壹仟贰佰元整."""
    return amounts.amount_in_words(value)


def thousands(value: Any) -> str:
    """Divide the thousands by commas."""
    return numbers.thousands(value)


def fixed(value: Any, places: int = 2) -> str:
    """Print a number with a given count of decimal places, half up."""
    return numbers.fixed(value, places)


@pass_environment
def chart(environment: Any, rows: Any, categories: str, *series: str, **named: str) -> Columns:
    """Choose the columns of a table that a chart shows.

    Args:
        environment: that looks into rows.
        rows: mappings or objects.
        categories: the column that the categories stand in.
        series: further columns, each a series of that name.
        named: column -> name of its series.
    """
    columns = {categories: "", **{one: one for one in series}, **named}
    if isinstance(rows, str) or not hasattr(rows, "__iter__"):
        raise DataError.of("data.not_a_list", fields={"kind": type(rows).__name__})
    found = (tuple(_look_up(environment, row, one) for one in columns) for row in rows)
    return Columns(tuple(columns.values()), tuple(found))


def _look_up(environment: Any, row: Any, path: str) -> Any:
    for name in path.split("."):
        row = environment.getitem(row, name)
    return row


def round_number(value: Any, precision: int = 0, method: str = "common") -> Any:
    """Round a number: 2.25 to one place is 2.3 (四舍五入), where Jinja's own ``round`` gives 2.2.

    Args:
        value: the number, or a text that holds one.
        precision: decimal places.
        method: ``common`` is half up; ``ceil`` and ``floor`` as they say.
    """
    number = numbers.parse_number(value) if isinstance(value, str) else value
    modes = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}
    if method not in modes:
        raise ValueError("the method of round is common, ceil or floor")
    return numbers.round_to(number, precision, modes[method])


OWN: Mapping[str, Filter] = {
    "round": round_number,
    "cn_date": cn_date,
    "中文日期": cn_date,
    "date": date,
    "日期": date,
    "cn_number": cn_number,
    "中文数字": cn_number,
    "item_number": item_number,
    "level": level,
    "level1": lambda value: level(value, 1),
    "level2": lambda value: level(value, 2),
    "level3": lambda value: level(value, 3),
    "level4": lambda value: level(value, 4),
    "wan": amounts.wan,
    "万元": amounts.wan,
    "yi": amounts.yi,
    "亿元": amounts.yi,
    "rmb": rmb,
    "大写": rmb,
    "share": amounts.share,
    "占比": amounts.share,
    "change": amounts.change,
    "同比": amounts.change,
    "thousands": thousands,
    "fixed": fixed,
    "chart": chart,
    "图表": chart,
}
