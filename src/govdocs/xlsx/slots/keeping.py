"""Writers that keep what others write, for the formulas that read it; they write nothing."""

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, Final

from govdocs.xlsx.slots.cells import TEXTS, Shape
from govdocs.xlsx.slots.filling import present
from govdocs.xlsx.slots.kept_values import KeptColumn
from govdocs.xlsx.xml.encoding import unescape_text

_VALUE: Final = re.compile(r"v>([^<]*)<")


def kept_writer(
    shapes: Sequence[Shape], write: Callable[[Any, object, int], str], *, typed: bool
) -> Callable[[Any, object, int], str]:
    """Return a filter that writes as ``write`` does, and keeps what was written for formulas.

    Args:
        shapes: of the cells.
        write: the filter.
        typed: whether it is given values; else it is given what was gathered, as markup.
    """

    def keep(value: Any, row: Any, number: int) -> str:
        values = present().values
        written = write(value, row, number)
        column = values.by_slot.get(number)
        if column is None:
            column = _column(number)
        kind = type(value)
        if kind is int or kind is float:
            kept: float | bool | str | None = float(value)
        elif kind is str and typed:
            kept = value or None  # no copy of it
        else:
            kept = read_back(written)
        column.keep(int(row), kept)
        return written

    def _column(number: int) -> KeptColumn:
        """Find the column that a slot writes into, and remember it by the slot's number."""
        values = present().values
        found = values.column(shapes[number][-1].number)
        return values.by_slot.setdefault(number, found)

    return keep


def kept_across_writer(
    shapes: Sequence[Shape], write: Callable[[Any, object, int], str]
) -> Callable[[Any, object, int], str]:
    """Return the same for cells whose columns are not known yet."""

    def keep(value: Any, row: Any, number: int) -> str:
        state = present()
        written = write(value, row, number)
        path = tuple(state.columns.path)
        place = int(row), shapes[number][-1].number, path
        state.values.waiting.append((*place, read_back(written)))
        return written

    return keep


def read_back(written: str) -> float | bool | str | None:
    """Read the value of a cell as it was written."""
    if ' t="inlineStr"' in written:
        return unescape_text(unescape(TEXTS.sub("", written)))
    found = _VALUE.search(written)
    if found is None:
        return None
    return found[1] == "1" if ' t="b"' in written else float(found[1])
