"""Deflate: what is packed is unpacked the same, by any reader, however it was cut."""

import importlib
import random
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.opc import deflate, deflate_chunks
from govdocs.opc import deflate as _face
from govdocs.opc.deflate import Deflated

BLOCK = 1 << 20


def unpack(packed: Deflated) -> bytes:
    """Inflate with zlib, the reference."""
    inflater = zlib.decompressobj(-15)
    content = inflater.decompress(b"".join(packed.pieces)) + inflater.flush()
    assert inflater.eof
    assert (zlib.crc32(content), len(content)) == (packed.crc, packed.size)
    return content


def joined(packed: Deflated) -> tuple[int, int, bytes]:
    """What was packed, however it is cut."""
    return packed.crc, packed.size, b"".join(packed.pieces)


@given(st.binary(max_size=2000))
def test_deflated_content_inflates_to_itself(content: bytes) -> None:
    """The round trip holds for anything, nothing included."""
    assert unpack(deflate(content)) == content


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_chunks_give_the_same_bytes_as_the_whole(chunks: list[bytes]) -> None:
    """How content is cut does not show."""
    assert joined(deflate_chunks(iter(chunks))) == joined(deflate(b"".join(chunks)))


@pytest.mark.parametrize("length", [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_large_content_is_cut_into_blocks_of_its_own(length: int) -> None:
    """Blocks are the same whatever chunks they come from."""
    content = b"".join(b"<c r='A%d'/>" % number for number in range(length // 8))[:length]
    whole = deflate(content)
    assert unpack(whole) == content
    for step in (1000, 65_536, BLOCK + 7):
        chunks = (content[start : start + step] for start in range(0, length, step))
        assert joined(deflate_chunks(chunks)) == joined(whole)


def test_zlib_stands_in_where_isal_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library everything works, only slower."""
    module = sys.modules[_face.__module__]
    monkeypatch.setitem(sys.modules, "isal", None)
    monkeypatch.delitem(sys.modules, module.__name__)
    fallback = importlib.import_module(module.__name__)
    assert fallback._library is zlib
    assert unpack(fallback.deflate(b"abc" * 1000)) == b"abc" * 1000


def test_large_content_may_wait_in_a_file() -> None:
    """It is the same, and can be read as often as one likes."""
    content = random.Random(2018).randbytes(3 * BLOCK)
    chunks = [content[start : start + 100_000] for start in range(0, len(content), 100_000)]
    spooled, held = deflate_chunks(chunks, spools=True), deflate_chunks(chunks)
    assert not isinstance(spooled.pieces, tuple)
    assert joined(spooled) == joined(held) == joined(spooled)
    assert spooled.packed == held.packed == len(joined(held)[2])
    assert isinstance(deflate_chunks([b"small"], spools=True).pieces, tuple)
