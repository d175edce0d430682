"""Deflate: content to compressed bytes, by ISA-L where it is installed, else by zlib.

The same content gives the same bytes however it was cut into chunks, as long as the same library
does it. Which library and which level, and what that costs: ``docs/decisions/0002-deflate.md``.
This module never inflates: what others packed is unpacked by zlib, which has met everything.
"""

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
_BLOCK = 1 << 20
"""Both libraries are fed blocks of this size: ISA-L's output depends on how it is fed."""


@dataclass(frozen=True, slots=True)
class Deflated:
    """Content that is compressed already.

    Attributes:
        crc: its checksum.
        size: how long it is inflated.
        pieces: the raw deflate data, cut anywhere; never joined, since they may be large.
    """

    crc: int
    size: int
    pieces: tuple[bytes, ...]


def deflate(data: bytes) -> Deflated:
    """Compress ``data``."""
    if len(data) > _BLOCK:
        return deflate_chunks([data])
    packer = _library.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    packed = packer.compress(data) + packer.flush()
    return Deflated(_library.crc32(data), len(data), (packed,))


def deflate_chunks(chunks: Iterable[bytes]) -> Deflated:
    """Compress content as it comes; only the compressed form is ever held whole."""
    packer = _library.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    crc, size, packed = 0, 0, []
    for block in _cut_into_blocks(chunks):
        crc = _library.crc32(block, crc)
        size += len(block)
        packed.append(packer.compress(block))
    packed.append(packer.flush())
    return Deflated(crc, size, tuple(packed))


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
