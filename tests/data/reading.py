"""Read and write data files in memory, for tests."""

import io
from typing import Any

import pytest

from govdocs.data import dump_data, load_data
from govdocs.data.texts import Format
from govdocs.errors import DataError


def read(text: str | bytes, kind: Format = "yaml") -> dict[str, Any]:
    """Read a data file from memory."""
    source = io.StringIO(text) if isinstance(text, str) else io.BytesIO(text)
    return load_data(source, kind)


def faults(text: str | bytes, kind: Format = "yaml") -> list[tuple[str, int, int]]:
    """Name what is wrong with a data file: code, line and column of the last place."""
    with pytest.raises(DataError) as caught:
        read(text, kind)
    found = []
    for problem in caught.value:
        spot = dict(problem.places[-1].spot)
        line, column = spot.get("line", 0), spot.get("column", 0)
        assert isinstance(line, int)
        assert isinstance(column, int)
        found.append((problem.code.removeprefix("data_file."), line, column))
    return found


def write(data: dict[str, Any], kind: Format = "yaml") -> str:
    """Write a dict as text."""
    stream = io.StringIO()
    dump_data(data, stream, kind)
    return stream.getvalue()
