"""Number format codes, read into sections of tokens.

Source: ECMA-376 Part 1, 18.8.31; MS-OE376 2.1.739 on what Excel does. East Asian Excel and WPS
also write ``!`` for the backslash, ``aaa`` for weekdays, ``上午/下午``, ``G/通用格式`` and Chinese
colours. This module only reads a code: it shows no value.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from govdocs.errors import DataError

TokenKind = Literal[
    "text",  # printed as it is
    "digit",  # 0 # ?
    "sign",  # . , % /
    "exponent",  # E+ E-
    "at",  # @: the text of the cell
    "general",
    "date",  # y m d a e g b
    "time",  # h s
    "minute",  # an m that stands beside h or s
    "elapsed",  # [h] [mm] [ss]
    "ampm",
    "decimals",  # .000 behind seconds
]
SectionKind = Literal["general", "number", "scientific", "fraction", "date", "text", "literal"]

MAX_SECTIONS = 4

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.?)
    | _(?P<blank>.?)
    | \*(?P<fill>.?)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<ampm>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|a{3,}|e+|g+|b{4}|b{2})
    | (?P<time>h+|s+)
    | (?P<digit>[0\#?])
    | (?P<sign>[.,%/])
    | (?P<at>@)
    | (?P<end>;)
    | (?P<text>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-(.*))?", re.DOTALL)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DATE_KINDS = frozenset({"date", "time", "minute", "elapsed", "ampm"})
_TELLING: tuple[tuple[TokenKind, SectionKind], ...] = (
    ("at", "text"),
    ("general", "general"),
    ("exponent", "scientific"),
)
_CHINESE = 0x04  # the primary language of 0804, 0404, 0C04 ...
_SYSTEM_DATE = 'yyyy"年"m"月"d"日"'
_SYSTEM_TIME = "h:mm:ss"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a section: ``text`` is what it prints or, for fields, how it is written."""

    kind: TokenKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a code: what is between semicolons.

    Attributes:
        kind: what values it shows.
        tokens: its pieces, in order; brackets are taken out.
        condition: operator and limit of ``[>=100]``.
        numerals: 1, 2 or 3 for ``[DBNum1]`` ...; 0 for Arabic digits.
        chinese: month and day names are Chinese (``[$-804]``).
    """

    kind: SectionKind
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    chinese: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A number format code: sections for numbers, at most three, and one for text."""

    numbers: tuple[Section, ...]
    text: Section | None


@dataclass(frozen=True, slots=True)
class _Brackets:
    """What the brackets of a section say."""

    condition: tuple[str, Decimal] | None
    numerals: int
    chinese: bool
    system: str


@lru_cache(maxsize=1024)
def parse_code(code: str) -> Code:
    """Read a number format code.

    Raises:
        DataError: ``value.number_format`` for more than four sections.
    """
    sections = [_section(piece) for piece in _split(code or "General")]
    if len(sections) > MAX_SECTIONS:
        raise DataError.of("value.number_format", fields={"code": code})
    if len(sections) == MAX_SECTIONS or (len(sections) > 1 and sections[-1].kind == "text"):
        return Code(tuple(sections[:-1]), sections[-1])
    return Code(tuple(sections), sections[0] if sections[0].kind == "text" else None)


def is_field(token: Token) -> bool:
    """Tell whether a token stands for a part of a date or time."""
    return token.kind in _DATE_KINDS


def _split(code: str) -> list[list[re.Match[str]]]:
    pieces: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found.lastgroup == "end":
            pieces.append([])
        else:
            pieces[-1].append(found)
    return pieces


def _section(piece: list[re.Match[str]]) -> Section:
    brackets = _read_brackets([found["bracket"] for found in piece if found.lastgroup == "bracket"])
    if brackets.system:
        return _section(_split(brackets.system)[0])
    tokens = [token for found in piece if (token := _token(found))]
    if piece and not tokens and all(found.lastgroup == "bracket" for found in piece):
        tokens = [Token("general", "General")]  # "[DBNum2]" alone
    if any(map(is_field, tokens)):
        tokens = _date_tokens(tokens)
    return Section(
        _kind(tokens), tuple(tokens), brackets.condition, brackets.numerals, brackets.chinese
    )


def _token(found: re.Match[str]) -> Token | None:
    """Make a token of a match; brackets that print nothing and fills make none."""
    name, text = found.lastgroup, found[0]
    if name == "bracket":
        return _bracket_token(found["bracket"])
    if name in ("quoted", "escaped"):
        return Token("text", found[name]) if found[name] else None
    if name == "blank":
        return Token("text", " ")
    if name == "fill":
        return None
    return Token(name, text)  # type: ignore[arg-type]  # the other groups are named by kind


def _bracket_token(inside: str) -> Token | None:
    if _ELAPSED.fullmatch(inside):
        return Token("elapsed", inside.lower())
    currency = _CURRENCY.fullmatch(inside)
    return Token("text", currency[1]) if currency and currency[1] else None


def _read_brackets(brackets: list[str]) -> _Brackets:
    condition, numerals, chinese, system = None, 0, False, ""
    for inside in brackets:
        if found := _CONDITION.fullmatch(inside.strip()):
            condition = found[1], Decimal(found[2])
        elif inside.lower() in ("dbnum1", "dbnum2", "dbnum3"):
            numerals = int(inside[-1])
        elif (found := _CURRENCY.fullmatch(inside)) and found[2]:
            chinese = chinese or _is_chinese(found[2])
            system = system or _system_code(found[2])
    return _Brackets(condition, numerals, chinese, system)


def _is_chinese(locale: str) -> bool:
    if locale.lower().startswith("zh"):
        return True
    try:
        return int(locale, 16) & 0x3FF == _CHINESE
    except ValueError:
        return False


def _system_code(locale: str) -> str:
    """Name the code of ``[$-F800]`` and ``[$-F400]``: the long date and time of the system."""
    return {"F800": _SYSTEM_DATE, "F400": _SYSTEM_TIME}.get(locale.upper(), "")


def _kind(tokens: list[Token]) -> SectionKind:
    kinds = {token.kind for token in tokens}
    if kinds & _DATE_KINDS:
        return "date"
    for kind, section in _TELLING:
        if kind in kinds:
            return section
    if "digit" not in kinds:
        return "literal"
    slash = next((i for i, token in enumerate(tokens) if token == Token("sign", "/")), 0)
    is_fraction = slash and tokens[slash - 1].kind == "digit"
    return "fraction" if is_fraction else "number"


def _date_tokens(tokens: list[Token]) -> list[Token]:
    """Set a date section right: m beside h or s is a minute, .0 behind s are its decimals."""
    fields = [i for i, token in enumerate(tokens) if token.kind in ("date", "time", "elapsed")]
    minutes = set()
    for before, here, after in zip([None, *fields], fields, [*fields[1:], None], strict=False):
        is_m = tokens[here].kind == "date" and tokens[here].text.lower() in ("m", "mm")
        after_hour = before is not None and "h" in tokens[before].text.lower()
        before_second = after is not None and "s" in tokens[after].text.lower()
        if is_m and (after_hour or before_second):
            minutes.add(here)
    made = [
        Token("minute", token.text) if i in minutes else token for i, token in enumerate(tokens)
    ]
    return _join_decimals(made)


def _join_decimals(tokens: list[Token]) -> list[Token]:
    """Join ``.`` and the noughts behind it into one token; other signs become text."""
    made: list[Token] = []
    for token in tokens:
        if token == Token("sign", "."):
            made.append(Token("decimals", "."))
        elif token == Token("digit", "0") and made and made[-1].kind == "decimals":
            made[-1] = Token("decimals", made[-1].text + "0")
        elif token.kind in ("sign", "digit", "at", "general", "exponent"):
            made.append(Token("text", token.text))
        else:
            made.append(token)
    return [Token("text", ".") if token == Token("decimals", ".") else token for token in made]
