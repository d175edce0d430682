"""Chinese numerals of numbers, and the numbering marks of official documents.

Sources: GB/T 15835-2011 (Chinese digits; 〇 where a number is spelt digit by digit, 零 where it
is counted); GB/T 9704-2012 7.3.3 (levels 「一、」「（一）」「1.」「（1）」). Why this is not left
to cn2an: docs/decisions/0003-numerals.md. Nothing here knows of dates or money.
"""

import re

from govdocs.errors import DataError
from govdocs.values.numbers import Number, as_number, plain_number

LIMIT = 10**16
"""Numbers of this size and more have no settled reading (京, 万亿亿) and are refused."""

_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SPELT = str.maketrans("0123456789", "〇一二三四五六七八九")
_PLACES = ("", "十", "百", "千")
_FORMAL_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_GROUP = 10**4

_VALUES = {char: value for value, char in enumerate(_DIGITS)}
_VALUES |= {char: value for value, char in enumerate(_FORMAL_DIGITS)}
_VALUES |= {"〇": 0, "○": 0, "两": 2, "弍": 2, "贰": 2}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LEVELS = ("{}、", "（{}）", "{}.", "（{}）")


def chinese_number(value: Number, *, formal: bool = False) -> str:
    """Write a number in Chinese: 12 is 十二, 108 is 一百零八, -2.5 is 负二点五.

    Args:
        value: smaller than 10**16 in size.
        formal: write 大写 (壹拾贰), which keeps the 壹 before 拾.

    Raises:
        DataError: ``value.not_a_number`` or ``value.numeral_too_large``.
    """
    number = as_number(value)
    size = -number if number < 0 else number
    if size >= LIMIT:
        raise DataError.of("value.numeral_too_large", fields={"value": plain_number(number)})
    whole, _, rest = plain_number(size).partition(".")
    text = _counted(int(whole), formal=formal)
    if rest:
        text += "点" + "".join(
            (_FORMAL_DIGITS if formal else _DIGITS)[int(digit)] for digit in rest
        )
    return ("负" if number < 0 else "") + text


def chinese_digits(value: int | str) -> str:
    """Spell digits one by one, with 〇: 2019 is 二〇一九. Other characters stay."""
    return str(value).translate(_SPELT)


def parse_chinese_number(text: str) -> int:
    """Read a Chinese whole number, counted (一百零八, 壹佰零捌) or spelt (二〇一九).

    Raises:
        DataError: ``value.not_a_numeral``, also for what only looks like a number (二十三十).
    """
    number = maybe_chinese_number(text)
    if number is None:
        raise DataError.of("value.not_a_numeral", fields={"value": text[:40]})
    return number


def maybe_chinese_number(text: str) -> int | None:
    """Read a Chinese whole number as :func:`parse_chinese_number` does, or return None."""
    bare = "".join(text.split())
    digits = bare.removeprefix("负")
    if len(digits) > 1 and all(char in _VALUES for char in digits):
        number = _maybe_spelt(digits)
    else:
        number = _maybe_counted(digits)
    return -number if number and bare != digits else number


def item_mark(number: int) -> str:
    """Write the lead of a list item in running text: 1 is 一是, 12 is 十二是."""
    return f"{_ordinal(number)}是"


def level_mark(level: int, number: int) -> str:
    """Write the number of a heading: levels 1 to 4 are 「一、」「（一）」「1.」「（1）」.

    Raises:
        DataError: ``value.not_an_ordinal`` for numbers below 1, ``value.no_such_level``.
    """
    if level not in range(1, len(_LEVELS) + 1):
        raise DataError.of("value.no_such_level", fields={"level": level})
    ordinal = _ordinal(number)
    return _LEVELS[level - 1].format(ordinal if level <= 2 else number)  # noqa: PLR2004 - 一、（一）


def _ordinal(number: int) -> str:
    exact = as_number(number)
    if not isinstance(exact, int) or exact < 1:
        raise DataError.of("value.not_an_ordinal", fields={"value": plain_number(exact)})
    return chinese_number(exact)


def _counted(number: int, *, formal: bool) -> str:
    """Write a whole number by groups of four places.

    零 stands once for any gap: where a group lacks its thousands after a higher group, or where
    whole groups are empty between.
    """
    if not number:
        return "零"
    pieces: list[str] = []
    gap = False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // _GROUP**power % _GROUP
        if not group:
            gap = bool(pieces)
            continue
        if pieces and (gap or group < _GROUP // 10):
            pieces.append("零")
        pieces.append(_group(group, formal=formal) + _group_name(number, power))
        gap = False
    text = "".join(pieces)
    return text if formal or not text.startswith("一十") else text[1:]


def _group_name(number: int, power: int) -> str:
    """Name a group: 万亿 loses its 亿 where the group of 亿 follows and says it (三万四千亿)."""
    if power == len(_GROUPS) - 1 and number // _GROUP ** (power - 1) % _GROUP:
        return "万"
    return _GROUPS[power]


def _group(group: int, *, formal: bool) -> str:
    digits, places = (_FORMAL_DIGITS, _FORMAL_PLACES) if formal else (_DIGITS, _PLACES)
    text = ""
    for place, digit in zip(reversed(places), map(int, f"{group:04}"), strict=True):
        text += digits[digit] + place if digit else "零"
    return re.sub("零+", "零", text).strip("零")


def _maybe_spelt(digits: str) -> int | None:
    """Read digits set one by one; those that begin with nought are a code, not a number."""
    text = "".join(str(_VALUES[char]) for char in digits)
    return None if text.startswith("0") or int(text) >= LIMIT else int(text)


def _maybe_counted(text: str) -> int | None:
    """Add a counted number up, and believe it only if it is written as that number is."""
    body = "一" + text if text[:1] in ("十", "拾") else text
    total, section, digit = 0, 0, 0
    for char in body:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _UNITS:
            section += digit * _UNITS[char]
            digit = 0
        elif char in "万亿":
            size = _GROUP if char == "万" else _GROUP**2
            total, section, digit = _close_group(total, section + digit, size), 0, 0
        else:
            return None
    number = total + section + digit
    return number if body and _same_reading(body, number) else None


def _close_group(total: int, section: int, size: int) -> int:
    """Multiply what 万 or 亿 counts: 亿 takes all before it (三万亿), 万 what is its own."""
    return (total + section) * size if size > _GROUP and total < size else total + section * size


def _same_reading(text: str, number: int) -> bool:
    """Hold a text against the writing of its number, so that nothing is read by guess.

    一百八 and 五亿五千 mean 180 and 5.5 亿 to some and are refused. A 零 too many before
    thousands (十万零三千) is what many write, and is let pass.
    """
    plain = "".join(_plain(char) for char in text)
    if number >= LIMIT:
        return False
    written = _counted(number, formal=False)
    written = "一" + written if written.startswith("十") else written
    return written in (plain, re.sub("([万亿])零(?=.千)", r"\1", plain))


def _plain(char: str) -> str:
    if char in _VALUES:
        return _DIGITS[_VALUES[char]]
    return _PLACES[len(str(_UNITS[char])) - 1] if char in _UNITS else char
