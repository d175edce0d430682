"""How a value is printed, seen from behind: which texts it can be, and which value a text is.

The forms are the filters that have an inverse. A form that has lost something (rounding) says so:
what it gives is taken only where nothing better is found. This module looks at single texts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govdocs.errors import DataError
from govdocs.values.amounts import amount_in_words, from_wan
from govdocs.values.dates import maybe_chinese_date
from govdocs.values.numbers import as_number, maybe_number
from govdocs.values.numerals import chinese_number, maybe_chinese_number

Read = Callable[[str], Any]

_DIGITS = "零一二三四五六七八九"
_COUNTED = "[〇零一二两三四五六七八九十百千万亿]+"
_NUMBER = r"-?\d+(?:\.\d+)?"
_FORMAL = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_AMOUNT = re.compile(r"(负?)(?:([^元]+)元)?(?:零)?(?:([^角分整]+)角)?(?:([^角分整]+)分)?整?")


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A way of printing.

    Attributes:
        name: of the filter; ``plain`` for none.
        pattern: which texts it can be; None for any.
        read: turns a text into the value, None for what it cannot be.
        is_exact: whether nothing was lost in printing.
    """

    name: str
    pattern: re.Pattern[str] | None = None
    read: Read = str
    is_exact: bool = True


PLAIN = Form("plain")
COMPUTED = Form("computed")


def _number(text: str) -> int | Decimal | None:
    return maybe_number(text)


def _counted(text: str) -> int | Decimal | None:
    whole, point, rest = text.partition("点")
    number = maybe_chinese_number(whole)
    if whole == "负零":
        number = 0
    if number is None or not point:
        return number
    digits = "".join(str(_DIGITS.find(char)) for char in rest)
    value = Decimal(f"{abs(number)}.{digits}")
    value = -value if whole.startswith("负") else value
    return value if chinese_number(value) == text else None


def _marked(opening: str, closing: str, read: Read) -> Read:
    def take(text: str) -> Any:
        if text.startswith(opening) and text.endswith(closing):
            return read(text[len(opening) : len(text) - len(closing)])
        return None

    return take


def _shifted(places: int) -> Read:
    def take(text: str) -> int | Decimal | None:
        number = maybe_number(text)
        if number is None:
            return None
        moved = from_wan(number) if places == 4 else from_wan(from_wan(number))  # noqa: PLR2004
        return as_number(moved) if moved != int(moved) else int(moved)

    return take


def _amount(text: str) -> int | Decimal | None:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    yuan = maybe_chinese_number(found[2]) if found[2] else 0
    jiao, fen = (_FORMAL.get(found[at] or "零") for at in (3, 4))
    if yuan is None or jiao is None or fen is None:
        return None
    cents = jiao * 10 + fen
    value: int | Decimal = yuan if not cents else yuan + Decimal(cents) / 100
    value = -value if found[1] else value
    return value if _same(amount_in_words, value, text) else None


def _same(write: Callable[[Any], str], value: Any, text: str) -> bool:
    try:
        return write(value) == text
    except DataError:
        return False


_DATE = Form(
    "date",
    re.compile(
        r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
        r"|[〇○零一二三四五六七八九]{4}年(?:元|[一二三四五六七八九十]{1,2})月"
        r"[一二三四五六七八九十]{1,3}日|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    ),
    maybe_chinese_date,
)
_CN_NUMBER = Form("cn_number", re.compile(rf"负?{_COUNTED}(?:点[{_DIGITS}]+)?"), _counted)
_ITEM = Form("item_number", re.compile(f"{_COUNTED}是"), _marked("", "是", _counted))
_LEVELS = {
    1: Form("level1", re.compile(f"{_COUNTED}、"), _marked("", "、", _counted)),
    2: Form("level2", re.compile(f"（{_COUNTED}）"), _marked("（", "）", _counted)),
    3: Form("level3", re.compile(r"\d+\."), _marked("", ".", _number)),
    4: Form("level4", re.compile(r"（\d+）"), _marked("（", "）", _number)),
}
_RMB = Form("rmb", re.compile("负?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+"), _amount)
_THOUSANDS = Form("thousands", re.compile(r"-?[0-9][0-9,]*(?:\.\d+)?"), _number)
_SHARE = Form("share", re.compile(rf"{_NUMBER}%"), is_exact=False)
_CHANGE = Form("change", re.compile(r"持平|基本持平|(?:增长|下降)\d+(?:\.\d+)?%"), is_exact=False)
ARITHMETIC = Form("number", re.compile(_NUMBER), _number)

_BY_NAME = {
    **dict.fromkeys(("date", "日期", "cn_date", "中文日期"), _DATE),
    **dict.fromkeys(("cn_number", "中文数字"), _CN_NUMBER),
    "item_number": _ITEM,
    **{f"level{depth}": form for depth, form in _LEVELS.items()},
    **dict.fromkeys(("rmb", "大写"), _RMB),
    "thousands": _THOUSANDS,
    **dict.fromkeys(("string", "safe", "e", "escape", "forceescape", "trim"), PLAIN),
}
_COMPUTED = {
    **dict.fromkeys(("share", "占比"), _SHARE),
    **dict.fromkeys(("change", "同比"), _CHANGE),
    **dict.fromkeys(("sum", "length", "count", "abs", "int", "round"), ARITHMETIC),
}


def form_of(filter_name: str, arguments: list[Any]) -> Form | None:
    """Return the form of a filter that has an inverse; None if it has none.

    Args:
        filter_name: as written in the tag.
        arguments: those that are constants.
    """
    if filter_name == "level":
        depth = arguments[0] if arguments else 1
        return _LEVELS.get(depth) if isinstance(depth, int) else None
    if filter_name in ("wan", "万元", "yi", "亿元"):
        places = 4 if filter_name in ("wan", "万元") else 8
        is_exact = not arguments or arguments[0] is None
        return Form(filter_name, re.compile(_NUMBER), _shifted(places), is_exact)
    if filter_name == "fixed":
        places = arguments[0] if arguments else 2
        return _fixed(places) if isinstance(places, int) and 0 <= places < 100 else None  # noqa: PLR2004
    return _BY_NAME.get(filter_name)


def _fixed(places: int) -> Form:
    rest = rf"\.\d{{{places}}}" if places else ""
    return Form("fixed", re.compile(rf"-?\d+{rest}"), _number, is_exact=False)


def outcome_of(filter_name: str) -> Form:
    """Return the form of what a filter without an inverse prints."""
    return _COMPUTED.get(filter_name, COMPUTED)


def joined(separator: str) -> Form:
    """Return the form of a list printed with ``join``."""

    def take(text: str) -> list[str]:
        return text.split(separator) if text else []

    return Form("join", None, take)
