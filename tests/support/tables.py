"""Stand-ins for data frames and numpy's scalars, which govdocs knows by what they can do."""

from collections.abc import Iterator, Sequence
from typing import Any


class PandasLike:
    """A data frame that can do what govdocs asks of pandas' and, like it, has no truth value."""

    def __init__(self, columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
        self._columns, self._rows = list(columns), [tuple(row) for row in rows]

    @property
    def columns(self) -> list[Any]:
        """The names."""
        return self._columns

    def itertuples(self, *, index: bool, name: str | None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows."""
        assert not index
        assert name is None
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._columns)

    def __bool__(self) -> bool:
        raise ValueError("the truth value is ambiguous")


class PolarsLike(PandasLike):
    """The same with polars' words."""

    itertuples = None  # type: ignore[assignment]

    def iter_rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows."""
        return iter(self._rows)


class ArrowLike:
    """A table of record batches, as pyarrow has it."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self._columns, self._rows = list(columns), list(rows)

    @property
    def column_names(self) -> list[str]:
        """The names."""
        return self._columns

    @property
    def num_rows(self) -> int:
        """How many rows."""
        return len(self._rows)

    def to_batches(self) -> list[Any]:
        """Give a batch for each row."""
        return [_Batch(row) for row in self._rows]


class _Batch:
    def __init__(self, row: Sequence[Any]) -> None:
        self.columns = [_Column(value) for value in row]


class _Column:
    def __init__(self, value: Any) -> None:
        self.value = value

    def to_pylist(self) -> list[Any]:
        """Give the values."""
        return [self.value]


def scalar(name: str, value: Any, printed: str | None = None) -> Any:
    """Make a scalar of a type that says it is numpy's."""

    def item(_: Any) -> Any:
        return value

    def astype(self: Any, _: str) -> Any:
        return self

    members = {
        "__module__": "numpy",
        "ndim": 0,
        "item": item,
        "astype": astype,
        "__str__": lambda _: str(value) if printed is None else printed,
    }
    return type(name, (), members)()


def nothing(name: str) -> Any:
    """Make what a data frame writes where nothing is: ``NaTType``, ``NAType``."""
    return type(name, (), {"__module__": "pandas"})()
