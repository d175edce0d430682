"""The calls of a formula: its tokens as a tree of calls and groups.

Only what mapping needs is told apart: which arguments a call has and what stands in them; operators
stay in a row as they are written. This module never changes a token.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from govdocs.xlsx.grid.formula import Token, scan

MAX_DEPTH: Final = 128
"""Excel nests 64 calls; what is nested deeper than this is not taken apart."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call, a group in parentheses, or the formula itself.

    ``opening`` is the token ``SUM(`` or ``(``, None for the whole formula; ``closing`` is None
    where the text ends too early.
    """

    opening: Token | None
    arguments: "tuple[Items, ...]"
    closing: Token | None = None

    @property
    def is_group(self) -> bool:
        """Tell a group from a call."""
        return self.opening is not None and self.opening.kind == "open"


Items = tuple[Token | Call, ...]


@lru_cache(maxsize=4096)
def parse_calls(formula: str) -> Call:
    """Read a formula as a tree."""
    stack: list[_Open] = [_Open(None)]
    for token in scan(formula):
        if token.kind in {"call", "open"} and len(stack) < MAX_DEPTH:
            stack.append(_Open(token))
        elif token.kind == "close" and len(stack) > 1:
            call = stack.pop().close(token)
            stack[-1].items.append(call)
        elif token.kind == "comma":
            stack[-1].next_argument()
        else:
            stack[-1].items.append(token)
    while len(stack) > 1:
        call = stack.pop().close(None)
        stack[-1].items.append(call)
    return stack[0].close(None)


def alone(items: Items) -> Token | Call | None:
    """Give the only item of an argument, spaces apart; None if there are more or none."""
    solid = [item for item in items if not (isinstance(item, Token) and item.kind == "space")]
    return solid[0] if len(solid) == 1 else None


def text_of(items: Items) -> str:
    """Write items as they stand in the formula."""
    return "".join(item.text if isinstance(item, Token) else _call_text(item) for item in items)


class _Open:
    """A call that is being read."""

    __slots__ = ("done", "items", "opening")

    def __init__(self, opening: Token | None) -> None:
        self.opening = opening
        self.done: list[Items] = []
        self.items: list[Token | Call] = []

    def next_argument(self) -> None:
        self.done.append(tuple(self.items))
        self.items = []

    def close(self, closing: Token | None) -> Call:
        self.next_argument()
        return Call(self.opening, tuple(self.done), closing)


def _call_text(call: Call) -> str:
    opening = call.opening.text if call.opening else ""
    closing = call.closing.text if call.closing else ""
    return opening + ",".join(map(text_of, call.arguments)) + closing
