"""A formula as tokens: the text cut where a reference may stand, and put together again.

The scanner knows strings, quoted and bracketed names, references, calls and constants; what else
there is goes through as it is, so that any formula comes out again letter by letter. It never
fails and never judges a formula. Why it is our own: ``docs/decisions/0006-formula-scanner.md``.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from govdocs.xlsx.grid.address import Ref, Scope, maybe_ref, read_scope

TokenKind = Literal[
    "ref",  # a reference to cells, with or without a sheet
    "name",  # a defined name, a parameter of LET or LAMBDA, a logical value
    "table",  # a structured reference: 表1[[#This Row],[数量]]
    "call",  # a function's name and its opening parenthesis
    "open",  # a parenthesis of its own
    "close",
    "comma",
    "operator",
    "space",
    "string",
    "number",
    "error",
    "array",  # {1,2;3,4}: constants only, so never taken apart
]


class Token(NamedTuple):
    """A piece of a formula. ``ref`` is given for references, ``scope`` where a sheet is named."""

    kind: TokenKind
    text: str
    ref: Ref | None = None
    scope: Scope | None = None


_WORD: Final = r"[^\s\x00-\-/:->@\[\]^`{-\x7f]"  # . ? _ \ letters, digits and all beyond ASCII
_SHEET: Final = rf"(?:\[[^\[\]]*\])?{_WORD}*"
_PREFIX: Final = rf"""
    '(?:[^']|'')+'!
  | (?!\$?[A-Za-z]{{1,3}}\$?\d+:) {_SHEET}{_WORD}:{_WORD}+!
  | (?!!){_SHEET}!
"""
_CELL: Final = r"\$?[A-Za-z]{1,3}\$?[0-9]+"
_END: Final = rf"(?!{_WORD}|[(!\[])"
_IN_BRACKETS: Final = r"(?:[^\[\]']|'.)*"
_TOKEN: Final = re.compile(
    rf"""
    (?P<string> "(?:[^"]|"")*"? )
  | (?P<array> \{{ (?:[^{{}}"]|"(?:[^"]|"")*")* \}} )
  | (?P<gone> \#REF!{_CELL}(?::{_CELL})?{_END} )
  | (?P<number> (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][-+]?[0-9]+)?(?!{_WORD}|[:!\[]) )
  | (?P<prefix>{_PREFIX})?
    (?:
        (?P<call> {_WORD}+\( )
      | (?P<ref> (?:{_CELL}(?::{_CELL})?
                 | \$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}
                 | \$?[0-9]+:\$?[0-9]+){_END} )
      | (?P<error> \#(?:N/A|DIV/0!|NAME\?|GETTING_DATA|[A-Z_]+!) )
      | (?P<table> {_WORD}*\[{_IN_BRACKETS}(?:\[{_IN_BRACKETS}\]{_IN_BRACKETS})*\](?!{_WORD}|!) )
      | (?P<name> {_WORD}+ )
    )
  | (?P<space> \s+ )
  | (?P<operator> <=|>=|<>|[-+*/^&=<>%:@\#] )
  | (?P<open> \( )
  | (?P<close> \) )
  | (?P<comma> , )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=4096)
def scan(formula: str) -> tuple[Token, ...]:
    """Cut a formula into tokens; their texts joined are the formula again."""
    return tuple(_tokens(formula))


def join(tokens: tuple[Token, ...]) -> str:
    """Put tokens together again."""
    return "".join([token.text for token in tokens])


def ref_token(ref: Ref) -> Token:
    """Make the token of a reference."""
    return Token("ref", str(ref), ref, ref.scope)


def _tokens(formula: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(formula):
        kind, text = match.lastgroup, match[0]
        match kind:
            case "operator" | "comma" | "close":
                yield _mark(kind, text)
            case "ref":
                yield _ref_token(match)
            case "gone":
                yield Token("error", text)
            case "name" | "error":
                yield Token(kind, text, scope=_maybe_scope(match))
            case "other":
                yield Token("operator", text)
            case _:
                yield Token(kind, text)  # type: ignore[arg-type]  # the groups are the kinds


@lru_cache(maxsize=64)
def _mark(kind: TokenKind, text: str) -> Token:
    return Token(kind, text)


def _ref_token(match: re.Match[str]) -> Token:
    scope = _maybe_scope(match)
    ref = maybe_ref(match["ref"], scope)
    if ref is None:  # XFE1 and A1048577 are names
        return Token("name", match[0], scope=scope)
    return Token("ref", match[0], ref, scope)


def _maybe_scope(match: re.Match[str]) -> Scope | None:
    prefix = match["prefix"]
    return read_scope(prefix) if prefix else None
