"""Tables as values: a data frame, or a list of rows, as rows of cells with or without a head.

A row is a mapping, a list, or one value by itself. All rows have the same cells: a row that has
others is told by its number. This module writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govdocs.errors import DataError
from govdocs.values.frames import Frame, maybe_frame, rows_of


class Table:
    """Rows of cells, taken as they come.

    Args:
        source: a data frame, or a list of mappings, lists or values.
        head: whether the names of the columns are the first row.

    Raises:
        DataError: ``value.no_table``; it is none of these.
    """

    __slots__ = ("_head", "_source")

    def __init__(self, source: Any, *, head: bool = False) -> None:
        frame = source if isinstance(source, Frame) else maybe_frame(source)
        self._source = source if frame is None else frame
        self._head = head
        if frame is None and not _is_list(source):
            raise DataError.of("value.no_table", fields={"kind": type(source).__name__})

    def __len__(self) -> int:
        return len(self._source) + self._head

    def __iter__(self) -> Iterator[Sequence[Any]]:
        """Yield the rows.

        Raises:
            DataError: a row has other cells than the first; there are no names for a head.
        """
        if isinstance(self._source, Frame):
            if self._head:
                yield self._source.columns
            yield from rows_of(self._source)
            return
        yield from self._rows(iter(self._source))

    def _rows(self, rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
        names: list[Any] | None = None
        width = 0
        for number, row in enumerate(rows, 1):
            if number == 1:
                names = list(row) if isinstance(row, Mapping) else None
                if self._head:
                    yield _head_of(names)
            cells = _cells_of(row, names, number)
            width = width or len(cells)
            if len(cells) != width:
                raise _ragged(number, f"{len(cells)} ≠ {width}")
            yield cells


def _is_list(value: Any) -> bool:
    is_text = isinstance(value, (str, bytes, bytearray, Mapping))
    return not is_text and hasattr(value, "__iter__") and hasattr(value, "__len__")


def _head_of(names: list[Any] | None) -> list[Any]:
    if names is None:
        raise DataError.of("value.no_head")
    return names


def _cells_of(row: Any, names: list[Any] | None, number: int) -> Sequence[Any]:
    if isinstance(row, Mapping):
        if names is None or row.keys() != set(names):
            other = set(names or ()) ^ set(row)
            raise _ragged(number, ", ".join(sorted(map(str, other))))
        return [row[name] for name in names]
    if names is not None:
        raise _ragged(number, type(row).__name__)
    return list(row) if _is_list(row) else [row]


def _ragged(number: int, found: str) -> DataError:
    return DataError.of("value.ragged_table", fields={"row": number, "found": found})
