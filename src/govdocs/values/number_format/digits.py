"""Numbers shown by a section: placeholders, thousands, percent, exponents, fractions, General.

Source: ECMA-376 Part 1, 18.8.31. A section gets a number without its sign; the sign and the choice
of the section are made elsewhere. Digits are those of the decimal number, halves go up.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from govdocs.values.number_format.codes import Section, Token
from govdocs.values.number_format.dbnum import spell
from govdocs.values.numbers import WIDE, plain_number, round_half_up

GENERAL_WIDTH = 11
"""Characters that General has for a number, the point included and the sign not."""

_PAD = {"0": "0", "?": " ", "#": ""}
_SMALLEST = -5  # General writes 0.00001 and less with an exponent


def show_digits(section: Section, number: Decimal) -> str:
    """Show a number, not negative, by a section of kind number, scientific or fraction."""
    with localcontext(WIDE):
        if section.kind == "fraction":
            return _fraction(section, number)
        if section.kind == "scientific":
            return _scientific(section, number)
        return _fixed(section.tokens, number, section.numerals)


def general(number: Decimal) -> str:
    """Show a number, not negative, as General does: 11 characters, then an exponent."""
    size = number.adjusted() if number else 0
    if _SMALLEST < size < GENERAL_WIDTH:
        rounded = round_half_up(number, max(GENERAL_WIDTH - 2 - max(size, 0), 0))
        if not rounded or rounded.adjusted() < GENERAL_WIDTH:
            return _bare(rounded)
    else:
        rounded = round_half_up(number.scaleb(-size), 5).scaleb(size)
    size = rounded.adjusted()
    if size == _SMALLEST + 1:
        return _bare(rounded)  # 0.000099999999 rounds up to 0.0001
    mantissa = _bare(rounded.scaleb(-size))
    return f"{mantissa}E{'-' if size < 0 else '+'}{abs(size):02}"


def _bare(number: Decimal) -> str:
    """Print a number without noughts at the end."""
    text = plain_number(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(tokens: Sequence[Token], number: Decimal, numerals: int = 0) -> str:
    """Lay a number over placeholders: ``0.0,"万"`` shows 12345.6 as 12.3万."""
    point = next((i for i, token in enumerate(tokens) if token == Token("sign", ".")), len(tokens))
    before = [i for i in range(point) if tokens[i].kind == "digit"]
    behind = [i for i in range(point, len(tokens)) if tokens[i].kind == "digit"]
    grouped, scale = _commas(tokens, before, behind)
    percents = sum(token == Token("sign", "%") for token in tokens)
    rounded = round_half_up(number.scaleb(2 * percents - 3 * scale), len(behind))
    whole, _, rest = format(rounded, "f").partition(".")
    shown = _whole_digits(tokens, before, whole.lstrip("0"), grouped=grouped)
    shown |= _rest_digits(tokens, behind, rest)
    if not before:
        shown[point] = whole.lstrip("0") + ("." if point < len(tokens) else "")
    return "".join(
        _piece(token, spell(shown[i], numerals) if i in shown else None)
        for i, token in enumerate(tokens)
    )


def _piece(token: Token, shown: str | None) -> str:
    """Print a token: its digits, or itself; a comma has done its work already."""
    if shown is not None:
        return shown
    return "" if token == Token("sign", ",") else token.text


def _commas(tokens: Sequence[Token], before: list[int], behind: list[int]) -> tuple[bool, int]:
    """Tell what the commas mean: between placeholders thousands, behind the last a thousandth."""
    grouped, scale = False, 0
    for i, token in enumerate(tokens):
        if token != Token("sign", ","):
            continue
        if before and before[0] < i < before[-1]:
            grouped = True
        elif before and i > before[-1] and not (behind and behind[0] < i < behind[-1]):
            scale += 1
    return grouped, scale


def _whole_digits(
    tokens: Sequence[Token], places: list[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """Give each placeholder before the point its digit, from the right; the first gets the rest."""
    shown: dict[int, str] = {}
    for position, i in enumerate(reversed(places)):
        left = digits[: max(len(digits) - position, 0)]
        text = left[-1:] or _PAD[tokens[i].text]
        if i == places[0] and len(left) > 1:
            text = left
        shown[i] = _set_commas(text, position) if grouped else text
    return shown


def _set_commas(text: str, position: int) -> str:
    """Put a comma behind each third digit, counted from the point; ``position`` is of the last."""
    pieces = []
    for back, char in enumerate(reversed(text)):
        place = position + back
        mark = "" if place == 0 or place % 3 else ("," if char != " " else " ")
        pieces.append(char + mark)
    return "".join(reversed(pieces))


def _rest_digits(tokens: Sequence[Token], places: list[int], digits: str) -> dict[int, str]:
    """Give each placeholder behind the point its digit; # and ? drop noughts at the end."""
    shown: dict[int, str] = {}
    trailing = True
    for i, digit in zip(reversed(places), reversed(digits), strict=True):
        trailing = trailing and digit == "0" and tokens[i].text != "0"
        shown[i] = _PAD[tokens[i].text] if trailing else digit
    return shown


def _scientific(section: Section, number: Decimal) -> str:
    """Show a mantissa and an exponent; ``##0.0E+0`` has exponents by threes."""
    cut = next(i for i, token in enumerate(section.tokens) if token.kind == "exponent")
    head, tail = section.tokens[:cut], section.tokens[cut + 1 :]
    point = next((i for i, token in enumerate(head) if token == Token("sign", ".")), cut)
    step = max(sum(token.kind == "digit" for token in head[:point]), 1)
    places = sum(token.kind == "digit" for token in head[point:])
    exponent = number.adjusted() // step * step if number else 0
    if round_half_up(number.scaleb(-exponent), places) >= 10**step:
        exponent += step
    sign = "-" if exponent < 0 else section.tokens[cut].text[1].replace("-", "")
    mantissa = _fixed(head, number.scaleb(-exponent), section.numerals)
    return f"{mantissa}E{sign}{_fixed(tail, Decimal(abs(exponent)), section.numerals)}"


def _fraction(section: Section, number: Decimal) -> str:
    """Show a whole part, if there is a place for it, and a fraction: ``# ?/?`` is 5 1/4."""
    tokens = section.tokens
    slash = tokens.index(Token("sign", "/"))
    first = slash
    while first and tokens[first - 1].kind == "digit":
        first -= 1
    last = slash + 1
    while last < len(tokens) and tokens[last].text in "0123456789#?":
        last += 1
    upper, lower = tokens[first:slash], tokens[slash + 1 : last]
    has_whole = any(token.kind == "digit" for token in tokens[:first])
    whole, top, bottom = _ratio(number, lower, has_whole=has_whole)
    if has_whole and not top and all(token.text != "0" for token in upper):
        middle = " " * (last - first)
    else:
        middle = f"{_aligned(upper, top)}/{_aligned_left(lower, bottom)}"
    return (
        _fixed_whole(tokens[:first], whole, bare=not top)
        + spell(middle, section.numerals)
        + "".join(token.text for token in tokens[last:])
    )


def _ratio(number: Decimal, lower: Sequence[Token], *, has_whole: bool) -> tuple[int, int, int]:
    """Split a number into whole, numerator and denominator, the denominator as wide as asked."""
    written = "".join(token.text for token in lower)
    whole = int(number) if has_whole else 0
    rest = Fraction(number) - whole
    if written.isdigit() and written.strip("0"):
        bottom = int(written)
        top = int((number - whole) * bottom + Decimal("0.5"))
    else:
        top, bottom = rest.limit_denominator(max(10 ** len(written) - 1, 1)).as_integer_ratio()
    if has_whole and top == bottom:
        return whole + 1, 0, bottom
    return whole, top, bottom


def _fixed_whole(tokens: Sequence[Token], whole: int, *, bare: bool) -> str:
    """Show the whole part of a mixed fraction; a nought only where no fraction follows."""
    if not whole and bare and any(token.kind == "digit" for token in tokens):
        last = max(i for i, token in enumerate(tokens) if token.kind == "digit")
        tokens = [Token("digit", "0") if i == last else token for i, token in enumerate(tokens)]
    return _fixed(tokens, Decimal(whole))


def _aligned(places: Sequence[Token], number: int) -> str:
    digits = str(number)
    pads = [_PAD[token.text] for token in places[: max(len(places) - len(digits), 0)]]
    return "".join(pads) + digits


def _aligned_left(places: Sequence[Token], number: int) -> str:
    digits = str(number)
    pads = [" " if token.text == "?" else "" for token in places[len(digits) :]]
    return digits + "".join(pads)
