"""What a rendered sheet holds in place of what is not known while it is rendered.

Formulas and areas can be written only when it is known where every row has come out, and rows
without tags are not rendered at all. A token stands for them between control characters, which XML
cannot hold, so nothing else can be taken for one.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

OPEN, CLOSE = "\x0e", "\x0f"
COLUMN = "\x10"
"""Stands in a cell for the letters of its column where these are not known yet."""
Kind = Literal["S", "F", "P", "H", "E", "C", "R", "N", "B", "W", "M"]
"""What a token stands for, or what begins with it.

``S``: a stretch of rows as they are in the part; ``F``: the cell of a formula; ``P``: an element
around the rows that holds references; ``H``: one that was rendered begins, ``E``: it ends; ``C``: a
cell whose column may move begins, ``R``: the last cell of its row ends; ``N``: the sheet
or the part of the next item begins; ``B``: tables side by side begin, ``W``: one row of one of them
begins, ``M``: they end, and their rows are put together.
"""


class Token(NamedTuple):
    """A token: ``number`` says which.

    ``at`` is the row of a formula, the shift of a stretch, the passes that a cell stands in, or the
    lane and the row of the output that a row of tables side by side belongs to.
    """

    kind: str
    number: int
    at: str


def write_token(kind: Kind, number: int, at: int | str = "") -> str:
    """Write a token."""
    return f"{OPEN}{kind}{number}:{at}{CLOSE}"


def split_tokens(text: str) -> Iterator[str | Token]:
    """Cut a text at its tokens."""
    first, *rest = text.split(OPEN)
    if first:
        yield first
    for piece in rest:
        name, _, after = piece.partition(CLOSE)
        number, _, at = name[1:].partition(":")
        yield Token(name[0], int(number), at)
        if after:
            yield after
