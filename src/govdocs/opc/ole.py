"""OLE2 compound files: the names of the streams at the top, which tell what the file is.

Old Word and Excel files are such files, and so is an Office file with a password. Format: [MS-CFB].
This module reads names only, and takes nothing for granted: the file may be cut off or hostile.
"""

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOTHING = 0xFFFFFFF0
"""Sector and entry numbers from here on mean an end or nothing."""
_ENTRY = 128
_IN_HEADER = 109


def read_stream_names(data: bytes) -> set[str]:
    """Return the names of the streams and storages directly below the root."""
    try:
        return _read_names(_read_directory(data))
    except (struct.error, IndexError):
        return set()


def _read_directory(data: bytes) -> bytes:
    """Join the sectors of the directory."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if not 7 <= shift <= 16:  # noqa: PLR2004 - 512 or 4096 bytes in every file of the wild
        return b""
    tables = _read_tables(data, shift)
    sector, sectors = struct.unpack_from("<L", data, 48)[0], dict[int, bytes]()
    while sector < _NOTHING and sector not in sectors:
        sectors[sector] = data[(sector + 1) << shift : (sector + 2) << shift]
        table, index = divmod(sector, (1 << shift) // 4)
        if table >= len(tables):
            break
        sector = struct.unpack_from("<L", data, ((tables[table] + 1) << shift) + 4 * index)[0]
    return b"".join(sectors.values())


def _read_tables(data: bytes, shift: int) -> list[int]:
    """List the sectors of the allocation table: the header has the first, a chain the others."""
    tables = list(struct.unpack_from(f"<{_IN_HEADER}L", data, 76))
    sector, seen = struct.unpack_from("<L", data, 68)[0], set[int]()
    in_sector = (1 << shift) // 4
    while sector < _NOTHING and sector not in seen:
        seen.add(sector)
        *more, sector = struct.unpack_from(f"<{in_sector}L", data, (sector + 1) << shift)
        tables += more
    return tables


def _read_names(directory: bytes) -> set[str]:
    """Walk the tree of the root's children: left, right; not down into storages."""
    names: set[str] = set()
    waiting, seen = [struct.unpack_from("<L", directory, 76)[0]], set[int]()
    while waiting:
        number = waiting.pop()
        start = number * _ENTRY
        if number in seen or start + _ENTRY > len(directory):
            continue
        seen.add(number)
        length, left, right = struct.unpack_from("<64xH2x2L", directory, start)
        raw = directory[start : start + min(max(length - 2, 0), 62)]
        names.add(raw.decode("utf-16-le", "replace"))
        waiting += [left, right]
    return names
