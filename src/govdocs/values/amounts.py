"""Amounts of money, shares and changes: 大写金额, 万元 and 亿元, 33.9%, 增长12.5%.

Sources: 《会计基础工作规范》第五十二条 and 《正确填写票据和结算凭证的基本规定》 (大写: 整 after 元
and 角, none after 分; 零 for gaps); GB/T 15835-2011 4.1.1 (figures that count are Arabic). All
sums are exact; a figure is rounded only to places that the caller names, and halves go up
(四舍五入). Nothing here sets thousands separators.
"""

from decimal import Decimal, localcontext
from fractions import Fraction

from govdocs.errors import DataError
from govdocs.values.numbers import WIDE, Number, as_decimal, fixed, plain_number, round_half_up
from govdocs.values.numerals import chinese_number

_FEN = 2  # decimal places of a yuan
_HUNDRED = Decimal(100)


def amount_in_words(yuan: Number, *, rounding: bool = False) -> str:
    """Write an amount in 人民币大写: 1234.56 is 壹仟贰佰叁拾肆元伍角陆分, 100 is 壹佰元整.

    Args:
        yuan: the amount in 元.
        rounding: round to 分 (四舍五入); without it, an amount finer than 分 is refused.

    Raises:
        DataError: ``value.finer_than_fen``, ``value.not_a_number``, ``value.numeral_too_large``.
    """
    exact = as_decimal(yuan)
    rounded = round_half_up(exact, _FEN)
    if rounded != exact and not rounding:
        raise DataError.of("value.finer_than_fen", fields={"value": plain_number(exact)})
    whole, cents = divmod(int(abs(rounded) * _HUNDRED), 100)
    return ("负" if rounded < 0 else "") + _words(whole, *divmod(cents, 10))


def to_wan(yuan: Number) -> Decimal:
    """Turn 元 into 万元, exactly."""
    return _moved(yuan, -4)


def to_yi(yuan: Number) -> Decimal:
    """Turn 元 into 亿元, exactly."""
    return _moved(yuan, -8)


def from_wan(wan: Number) -> Decimal:
    """Turn 万元 into 元, exactly."""
    return _moved(wan, 4)


def wan(yuan: Number, places: int | None = None) -> str:
    """Print 元 as 万元 without the unit: 12345678 is 1234.5678, with 2 places 1234.57."""
    return _printed(to_wan(yuan), places)


def yi(yuan: Number, places: int | None = None) -> str:
    """Print 元 as 亿元 without the unit: 1234567890 with 2 places is 12.35."""
    return _printed(to_yi(yuan), places)


def share(part: Number, whole: Number, places: int = 1) -> str:
    """Print the share of a part in the whole: 19 of 56 is 33.9%.

    Raises:
        DataError: ``value.share_of_nothing`` where the whole is nought.
    """
    if not as_decimal(whole):
        raise DataError.of("value.share_of_nothing", fields={"part": plain_number(part)})
    return _percent(as_decimal(part), as_decimal(whole), places)


def change(now: Number, before: Number, places: int = 1) -> str:
    """Print the change against the year before (同比): 增长12.5%, 下降3.0%, 持平.

    A change that rounds to nought is 基本持平.

    Raises:
        DataError: ``value.change_from_nothing`` where the figure before is nought and that of
            now is not, ``value.change_from_debt`` where it is negative: neither has a percent.
    """
    new, old = as_decimal(now), as_decimal(before)
    if new == old:
        return "持平"
    if old <= 0:
        name = "change_from_debt" if old else "change_from_nothing"
        raise DataError.of(
            f"value.{name}", fields={"now": plain_number(new), "before": plain_number(old)}
        )
    with localcontext(WIDE):
        percent = _percent(abs(new - old), old, places)
    if not percent.strip("0.%"):
        return "基本持平"
    return ("增长" if new > old else "下降") + percent


def _words(whole: int, jiao: int, fen: int) -> str:
    """Join 元, 角 and 分: 零 stands for a missing 角 between 元 and 分; nought is 零元整."""
    text = chinese_number(whole, formal=True) + "元" if whole or not (jiao or fen) else ""
    if jiao:
        text += chinese_number(jiao, formal=True) + "角"
    elif fen and whole:
        text += "零"
    return text + (chinese_number(fen, formal=True) + "分" if fen else "整")


def _moved(value: Number, places: int) -> Decimal:
    """Move the decimal point; no digit is lost and no zeros are left behind the last one."""
    with localcontext(WIDE):
        return Decimal(format(as_decimal(value).scaleb(places).normalize(), "f"))


def _printed(value: Decimal, places: int | None) -> str:
    return plain_number(value) if places is None else fixed(value, places)


def _percent(part: Decimal, whole: Decimal, places: int) -> str:
    """Divide exactly and round once: a quotient cut to many digits first could tip a half."""
    steps = abs(Fraction(part) / Fraction(whole)) * 100 * 10**places
    size = Decimal(int(steps + Fraction(1, 2))).scaleb(-places)
    sign = "-" if size and (part < 0) != (whole < 0) else ""
    return f"{sign}{fixed(size, places)}%"
