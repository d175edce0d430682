"""Data frames as values: rows that are mappings, columns by their names.

A frame is known by what it can do, not by where it comes from: pandas', polars', pyarrow's and
whatever is made like them. No such library is ever imported here. The index of a pandas frame is
no column (``reset_index()`` makes it one).
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from govdocs.values.plain import plain


class Frame:
    """A data frame, looked into row by row; nothing of it is copied.

    A member is the column of that name, as a list, or what the data frame has under it.

    Attributes:
        columns: the names of its columns, in order.
    """

    __slots__ = ("_source", "columns")

    def __init__(self, source: Any) -> None:
        self._source = source
        named = source.column_names if _is_arrow(type(source)) else source.columns
        self.columns: list[Any] = [plain(name) for name in named]

    def __len__(self) -> int:
        rows = getattr(self._source, "num_rows", None)
        return len(self._source) if rows is None else int(rows)

    def __iter__(self) -> Iterator[dict[Any, Any]]:
        columns = self.columns
        return (dict(zip(columns, row, strict=True)) for row in rows_of(self))

    def __getitem__(self, key: Any) -> Any:
        """Give a row by its position, rows by a slice, or a column by its name, as a list."""
        if isinstance(key, slice):
            return list(self)[key]
        if key in self.columns:
            position = self.columns.index(key)
            return [row[position] for row in rows_of(self)]
        if not isinstance(key, int):
            raise KeyError(key)
        position = key + len(self) if key < 0 else key
        if not 0 <= position < len(self):
            raise IndexError(key)
        return next(islice(iter(self), position, None))

    def __getattr__(self, name: str) -> Any:
        if name[:1] == "_":
            raise AttributeError(name)
        return self[name] if name in self.columns else getattr(self._source, name)

    def __repr__(self) -> str:
        return f"Frame({type(self._source).__name__}, {self.columns!r})"


def source_of(value: Any) -> Any:
    """Return the data frame that one of ours looks into; anything else as it is."""
    return value._source if type(value) is Frame else value  # noqa: SLF001 - its own module's


def rows_of(frame: Frame) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a frame, each value as Python has it; None where nothing is."""
    for row in _rows_of(frame._source):  # noqa: SLF001 - its own module's
        yield tuple(map(plain, row))


def maybe_frame(value: Any) -> Frame | None:
    """Return a data frame as one of ours; None for anything else."""
    kind = type(value)
    if hasattr(kind, "columns") and (hasattr(kind, "itertuples") or hasattr(kind, "iter_rows")):
        return Frame(value)
    return Frame(value) if _is_arrow(kind) else None


def _is_arrow(kind: type) -> bool:
    return hasattr(kind, "column_names") and hasattr(kind, "to_batches")


def _rows_of(source: Any) -> Iterator[tuple[Any, ...]]:
    kind = type(source)
    if hasattr(kind, "iter_rows"):
        return iter(source.iter_rows())
    if hasattr(kind, "itertuples"):
        return iter(source.itertuples(index=False, name=None))
    return (
        row
        for batch in source.to_batches()
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
