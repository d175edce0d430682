"""Records: entries as they are written, with their headers ready, and the archive made of them.

Nothing of the machine gets in: the time is 1980-01-01 00:00, there are no extra fields, no data
descriptors and no comments, and the UTF-8 flag stands only where a name needs it. So the same
content gives the same bytes everywhere. This module never compresses.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govdocs.opc.deflate import Deflated
from govdocs.opc.entry import DEFLATED, Entry

_MAX_16, _MAX_32 = 0xFFFF, 0xFFFFFFFF
_MANY, _LONG = _MAX_16, _MAX_32
"""From here on a count or a length is written in its zip64 form."""
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5HL")
_OFFSET = struct.Struct("<L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_VERSION, _VERSION_64 = 20, 45
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01 00:00 as DOS writes it
_UTF8, _FOLDER = 0x0800, 0x10


@dataclass(frozen=True, slots=True)
class Record:
    """An entry ready to be written.

    Attributes:
        name: as bytes of the archive.
        local: the whole local header, name included.
        packed: length of the packed content.
        data: the packed content; pieces are given away when they are written.
        central: the record of the directory up to the offset, which is known only when written.
        extra: the zip64 extra field of the directory, without the offset; mostly empty.
    """

    name: bytes
    local: bytes
    packed: int
    data: memoryview | Iterator[bytes]
    central: bytes
    extra: bytes

    @property
    def length(self) -> int:
        """How many bytes the entry takes before the directory."""
        return len(self.local) + self.packed


def copy_entry(entry: Entry, data: memoryview) -> Record:
    """Make the record of an entry that stays as it is; ``data`` is the archive it stands in."""
    packed = data[entry.start : entry.start + entry.packed]
    return _make_record(entry.name, entry.method, entry.crc, (entry.packed, entry.size), packed)


def write_entry(name: str, content: Deflated) -> Record:
    """Make the record of an entry with new content."""
    sizes = content.packed, content.size
    return _make_record(name, DEFLATED, content.crc, sizes, _give_out(content.pieces))


def _give_out(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give pieces out; none is held here any more when the next one is asked for."""
    if not isinstance(pieces, tuple):
        yield from pieces
        return
    waiting = [*reversed(pieces)]
    del pieces
    while waiting:
        yield waiting.pop()


def assemble(records: Iterable[Record]) -> Iterator[bytes | memoryview]:
    """Yield an archive, piece by piece: the entries, their directory, its end."""
    offset, directory = 0, []
    for record in records:
        yield record.local
        if isinstance(record.data, memoryview):
            yield record.data
        else:
            yield from record.data
        directory.append(_central_record(record, offset))
        offset += record.length
    central = b"".join(directory)
    yield central
    yield _end_record(len(directory), len(central), offset)


def _make_record(
    name: str, method: int, crc: int, sizes: tuple[int, int], data: memoryview | Iterator[bytes]
) -> Record:
    raw = name.encode()
    flags = 0 if name.isascii() else _UTF8
    (packed, size), extra = sizes, b""
    if max(sizes) >= _LONG:
        extra = struct.pack("<2H2Q", 1, 16, size, packed)
        sizes = (_MAX_32, _MAX_32)
    version = _VERSION_64 if extra else _VERSION
    shared = (version, flags, method, _MIDNIGHT, _FIRST_DAY, crc, *sizes, len(raw), len(extra))
    folder = _FOLDER if name.endswith("/") else 0
    local = _LOCAL.pack(b"PK\3\4", *shared) + raw + extra
    central = _CENTRAL.pack(b"PK\1\2", version, *shared, 0, 0, 0, folder)
    return Record(raw, local, packed, data, central, extra)


def _central_record(record: Record, offset: int) -> bytes:
    if offset < _LONG:
        return record.central + _OFFSET.pack(offset) + record.name + record.extra
    sizes = record.extra[4:]
    extra = struct.pack("<2H", 1, len(sizes) + 8) + sizes + struct.pack("<Q", offset)
    fields = list(_CENTRAL.unpack(record.central))
    fields[1] = fields[2] = _VERSION_64
    fields[11] = len(extra)
    return _CENTRAL.pack(*fields) + _OFFSET.pack(_MAX_32) + record.name + extra


def _end_record(count: int, size: int, offset: int) -> bytes:
    end = b""
    if count >= _MANY or offset >= _LONG or size >= _LONG:
        versions = (_VERSION_64, _VERSION_64)
        end = _END_64.pack(b"PK\6\6", 44, *versions, 0, 0, count, count, size, offset)
        end += _LOCATOR_64.pack(b"PK\6\7", 0, offset + size, 1)
        count, size, offset = _MAX_16, _MAX_32, _MAX_32
    return end + _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)
