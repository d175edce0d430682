"""The digits of ``[DBNum1]``, ``[DBNum2]`` and ``[DBNum3]``.

Source: what Excel and WPS show: 0 spells digit by digit (二〇一九), General counts
(一千二百三十四), with the 一 before 十 kept. 1 is small, 2 is 大写, 3 is full-width Arabic.
"""

from govdocs.values.numerals import LIMIT, chinese_number

_ARABIC = "0123456789"
_SPELT = {
    1: str.maketrans(_ARABIC, "〇一二三四五六七八九"),
    2: str.maketrans(_ARABIC, "零壹贰叁肆伍陆柒捌玖"),
    3: str.maketrans(_ARABIC, "０１２３４５６７８９"),
}
_WIDE = str.maketrans("零一二三四五六七八九", "０１２３４５６７８９")


def spell(text: str, numerals: int) -> str:
    """Spell the digits of a text one by one."""
    return text.translate(_SPELT[numerals]) if numerals else text


def count(text: str, numerals: int) -> str:
    """Count out what General shows: 101 is 一百〇一, 壹佰零壹 or １百０１; decimals are spelt."""
    whole, point, rest = text.partition(".")
    if not numerals or not whole.isdigit() or int(whole) >= LIMIT:
        return spell(text, numerals)
    return _counted(int(whole), numerals) + point + spell(rest, numerals)


def count_field(number: int, width: int, numerals: int) -> str:
    """Show a field of a date: padded in Arabic, counted in Chinese (24 is 二十四, 10 is 十)."""
    if not numerals:
        return f"{number:0{width}}"
    text = _counted(number, numerals)
    if numerals != 2:  # noqa: PLR2004 - 大写 keeps its 壹
        text = text.removeprefix("一") if text.startswith("一十") else text
        text = text.removeprefix("１") if text.startswith("１十") else text
    return spell("0", numerals) + text if width > 1 and 0 < number < 10 else text  # noqa: PLR2004


def _counted(number: int, numerals: int) -> str:
    if numerals == 2:  # noqa: PLR2004 - 大写
        return chinese_number(number, formal=True)
    text = chinese_number(number)
    text = "一" + text if text.startswith("十") else text
    return text.translate(_WIDE) if numerals == 3 else text.replace("零", "〇")  # noqa: PLR2004
