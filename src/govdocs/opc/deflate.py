"""Deflate: content to compressed bytes, by ISA-L where it is installed, else by zlib.

The same content gives the same bytes however it was cut into chunks, as long as the same library
does it. Which library and which level, and what that costs: ``docs/decisions/0002-deflate.md``.
This module never inflates: what others packed is unpacked by zlib, which has met everything.
"""

import tempfile
import threading
import weakref
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_library: Any
try:
    from isal import isal_zlib

    _library, _LEVEL = isal_zlib, 2
except ImportError:  # no wheel for this machine
    _library, _LEVEL = zlib, 6

_RAW = -zlib.MAX_WBITS
_IN_MEMORY = 1 << 20
_PIECE = 1 << 18
_BLOCK = 1 << 20
"""Both libraries are fed blocks of this size: ISA-L's output depends on how it is fed."""


@dataclass(frozen=True, slots=True)
class Deflated:
    """Content that is compressed already.

    Attributes:
        crc: its checksum.
        size: how long it is inflated.
        packed: how long it is.
        pieces: the raw deflate data, cut anywhere; never joined, since they may be large.
    """

    crc: int
    size: int
    packed: int
    pieces: "tuple[bytes, ...] | Spooled"


class Spooled:
    """Pieces in a file that has no name, for what is too large to be held twice in memory."""

    __slots__ = ("__weakref__", "_file", "_lock")

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when nobody has it any more
        weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()

    def append(self, piece: bytes) -> None:
        """Put a piece behind all others."""
        self._file.write(piece)

    def __iter__(self) -> Iterator[bytes]:
        position = 0
        while True:
            with self._lock:
                self._file.seek(position)
                piece = self._file.read(_PIECE)
            if not piece:
                return
            position += len(piece)
            yield piece


def deflate(data: bytes) -> Deflated:
    """Compress ``data``."""
    if len(data) > _BLOCK:
        return deflate_chunks([data])
    packer = _library.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    packed = packer.compress(data) + packer.flush()
    return Deflated(_library.crc32(data), len(data), len(packed), (packed,))


def deflate_chunks(chunks: Iterable[bytes], *, spools: bool = False) -> Deflated:
    """Compress content as it comes; only the compressed form is ever held whole.

    Args:
        chunks: the content.
        spools: whether what comes out large waits in a file.
    """
    packer = _library.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    crc, size, packed = 0, 0, 0
    pieces: list[bytes] | Spooled = []
    for block in _cut_into_blocks(chunks):
        crc = _library.crc32(block, crc)
        size += len(block)
        piece = packer.compress(block)
        packed += len(piece)
        pieces.append(piece)
        if spools and packed > _IN_MEMORY and isinstance(pieces, list):
            pieces = _spool(pieces)
    last = packer.flush()
    pieces.append(last)
    kept = tuple(pieces) if isinstance(pieces, list) else pieces
    return Deflated(crc, size, packed + len(last), kept)


def _spool(pieces: list[bytes]) -> Spooled:
    spooled = Spooled()
    for piece in pieces:
        spooled.append(piece)
    return spooled


def _cut_into_blocks(chunks: Iterable[bytes]) -> Iterator[bytearray]:
    """Give content out in blocks; each is done with when the next one is asked for."""
    block = bytearray()
    for chunk in chunks:
        rest = memoryview(chunk)
        while len(block) + len(rest) >= _BLOCK:
            room = _BLOCK - len(block)
            block += rest[:room]
            yield block
            block.clear()
            rest = rest[room:]
        block += rest
    yield block
