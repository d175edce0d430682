"""One entry of an archive: where its packed data stand, and its content when it is asked for.

Content is checked while it is inflated: never more than the directory promised, and the checksum at
the end. Inflating is zlib's work. This module never reads the archive's directory.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from govdocs.errors import PackageError, Place

STORED, DEFLATED = 0, 8
_SMALL = 1 << 14


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name, how it is packed, its checksum, and where its data stand in the file.

    Attributes:
        name: a part name, or a directory's with its last slash.
        packed: length of the packed data, from ``start`` on.
        size: length of the content.
        header: where the local header stands.
    """

    name: str
    method: int
    crc: int
    packed: int
    size: int
    header: int
    start: int

    @property
    def is_folder(self) -> bool:
        """Whether the entry is a mere directory."""
        return self.name.endswith("/")


def inflate(data: bytes, entry: Entry, file: str) -> bytes:
    """Return the content of an entry.

    Raises:
        PackageError: the content is damaged.
    """
    if entry.size <= _SMALL and entry.method == DEFLATED:
        packed = data[entry.start : entry.start + entry.packed]
        content = _recall(packed, entry.size)
    else:
        view = memoryview(data)[entry.start : entry.start + entry.packed]
        content = bytes(view) if entry.method == STORED else _inflate_whole(view, entry.size)
    if content is None or len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _damaged(entry, file)
    return content


@lru_cache(maxsize=256)
def _recall(packed: bytes, size: int) -> bytes | None:
    """Inflate what may have been inflated before: small parts are alike in many files."""
    return _inflate_whole(packed, size)


def stream(data: bytes, entry: Entry, file: str, chunk_size: int) -> Iterator[bytes]:
    """Yield the content of an entry in chunks of at most ``chunk_size``.

    Raises:
        PackageError: the content is damaged; chunks before the damage were given out already.
    """
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    chunks = _cut if entry.method == STORED else _inflate_chunks
    crc, size = 0, 0
    try:
        for chunk in chunks(packed, chunk_size):
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            if size > entry.size:
                break
            yield chunk
    except zlib.error as error:
        raise _damaged(entry, file) from error
    if (crc, size) != (entry.crc, entry.size):
        raise _damaged(entry, file)


def _inflate_whole(packed: bytes | memoryview, size: int) -> bytes | None:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than promised: enough to see that a part holds more than it says.
        content = inflater.decompress(packed, size + 1)
    except zlib.error:
        return None
    return content if inflater.eof else None


def _inflate_chunks(packed: memoryview, chunk_size: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _cut(packed, max(chunk_size // 4, 4096)):
        chunk = inflater.decompress(piece, chunk_size)
        while chunk:
            yield chunk
            chunk = inflater.decompress(inflater.unconsumed_tail, chunk_size)
    if not inflater.eof:
        raise zlib.error


def _cut(packed: memoryview, chunk_size: int) -> Iterator[bytes]:
    for start in range(0, len(packed), chunk_size):
        yield bytes(packed[start : start + chunk_size])


def _damaged(entry: Entry, file: str) -> PackageError:
    place = Place(file, entry.name)
    return PackageError.of("package.damaged_entry", place, fields={"entry": entry.name})
