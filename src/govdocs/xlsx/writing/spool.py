"""A rendered sheet, kept until everything about the workbook is known.

A small one stays in memory; a large one goes to a file of its own that has no name.
"""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

_BATCH = 2048
_IN_MEMORY = 1 << 22


class Spool:
    """The pieces of a rendered sheet, taken as they come; none is cut in two."""

    __slots__ = ("_file", "_lengths", "_texts")

    def __init__(self, pieces: Iterable[str]) -> None:
        self._texts: list[str] = []
        self._lengths: list[int] = []
        self._file: IO[bytes] | None = None
        source, size = iter(pieces), 0
        while batch := list(islice(source, _BATCH)):
            text = "".join(batch)
            size += len(text)
            self._texts.append(text)
            if size > _IN_MEMORY:
                self._write_out()

    def chunks(self) -> Iterator[str]:
        """Yield the text; only once."""
        if self._file is not None:
            self._file.seek(0)
            for length in self._lengths:
                yield self._file.read(length).decode()
            self._file.close()
        yield from self._texts

    def _write_out(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was read
        for text in self._texts:
            data = text.encode()
            self._lengths.append(len(data))
            self._file.write(data)
        self._texts.clear()
