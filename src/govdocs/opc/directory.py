"""The directory of a zip archive: its entries, read with suspicion.

Two readers of one archive must never see two different things, so everything that could be read in
two ways is refused: overlapping data, a local header that names another entry, two different
entries of one name. Format: PKWARE APPNOTE 6.3, 4.3-4.5. Nothing is inflated here but entries of
the same name, to see whether they are the same.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from govdocs.errors import PackageError, Place, Problem
from govdocs.opc.entry import DEFLATED, STORED, Entry, inflate
from govdocs.opc.limits import Limits
from govdocs.opc.names import is_safe_name, name_key, tidy_name

_MAX_16, _MAX_32 = 0xFFFF, 0xFFFFFFFF
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENCRYPTED, _UTF8 = 0x0001, 0x0800


@dataclass(frozen=True, slots=True)
class _Directory:
    count: int
    start: int
    end: int
    shift: int


class _UnreadableError(Exception):
    """An entry cannot be read; carries the code and the fields of the problem."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


def maybe_read_entries(data: bytes, file: str, limits: Limits) -> list[Entry] | None:
    """Read the entries of an archive in the order of its directory.

    Returns:
        None if the file is no archive, or has lost its end.

    Raises:
        PackageError: all that is wrong with the archive, in one bundle.
    """
    directory = _maybe_directory(data)
    if directory is None:
        return None
    if directory.count > limits.max_entries:
        fields = {"count": directory.count, "limit": limits.max_entries}
        raise PackageError.of("package.too_many_entries", Place(file), fields=fields)
    problems: list[Problem] = []
    entries = list(_readable_entries(data, directory, file, problems))
    problems += _size_problems(entries, len(data), file, limits)
    problems += _overlap_problems(entries, file)
    if not problems:
        entries = _drop_duplicates(entries, data, file, problems)
    if problems:
        raise PackageError(problems)
    return entries


# --- the end of the archive ------------------------------------------------------------------


def _maybe_directory(data: bytes) -> _Directory | None:
    lowest = max(0, len(data) - _END.size - _MAX_16)
    spot = data.rfind(b"PK\5\6", lowest)
    while spot >= 0:
        directory = _maybe_directory_at(data, spot)
        if directory:
            return directory
        spot = data.rfind(b"PK\5\6", lowest, spot + 3)
    return None


def _maybe_directory_at(data: bytes, spot: int) -> _Directory | None:
    if spot + _END.size > len(data):
        return None
    _, _, _, _, count, size, offset, _ = _END.unpack_from(data, spot)
    end = _find_end_64(data, spot)
    if end < spot and (count == _MAX_16 or _MAX_32 in {size, offset}):
        count, size, offset = _END_64.unpack_from(data, end)[7:]
    start = end - size
    if start < offset or (count and data[start : start + 4] != b"PK\1\2"):
        return None
    return _Directory(count, start, end, start - offset)


def _find_end_64(data: bytes, spot: int) -> int:
    """Return where the zip64 end stands before the end at ``spot``, or ``spot`` if there is none.

    Some programs write one although nothing is long.
    """
    locator = spot - _LOCATOR_64.size
    if locator < _END_64.size or data[locator : locator + 4] != b"PK\6\7":
        return spot
    offset = _LOCATOR_64.unpack_from(data, locator)[2]
    for end in (offset, locator - _END_64.size):  # the second where a prefix was put before
        if end + _END_64.size <= locator and data[end : end + 4] == b"PK\6\6":
            return int(end)
    return spot


# --- its entries -----------------------------------------------------------------------------


def _readable_entries(
    data: bytes, directory: _Directory, file: str, problems: list[Problem]
) -> Iterator[Entry]:
    spot = directory.start
    for _ in range(directory.count):
        if spot + _CENTRAL.size > directory.end or data[spot : spot + 4] != b"PK\1\2":
            problems.append(Problem("package.damaged", (Place(file),)))
            return
        record = _CENTRAL.unpack_from(data, spot)
        length, extra, comment = record[10:13]
        following = spot + _CENTRAL.size + length + extra + comment
        raw = data[spot + _CENTRAL.size : spot + _CENTRAL.size + length]
        extras = data[spot + _CENTRAL.size + length : following - comment]
        spot = following
        try:
            yield _read_entry(data, directory, record, raw, extras)
        except _UnreadableError as reason:
            name = _printable(_decode_name(raw, record[3]))
            place = Place(file, name)
            problems.append(Problem(reason.code, (place,), {"entry": name, **reason.fields}))
    if spot != directory.end:  # readers that go by the length would see other entries
        problems.append(Problem("package.damaged", (Place(file),)))


def _read_entry(
    data: bytes, directory: _Directory, record: tuple[int, ...], raw: bytes, extras: bytes
) -> Entry:
    _, _, _, flags, method, _, _, crc, *_ = record
    name = tidy_name(_decode_name(raw, flags))
    packed, size, header = _read_sizes(record, extras)
    if not is_safe_name(name):
        raise _UnreadableError("package.unsafe_name")
    if flags & _ENCRYPTED:
        raise _UnreadableError("package.encrypted_entry")
    if method not in {STORED, DEFLATED}:
        raise _UnreadableError("package.unknown_method", method=method)
    if (method == STORED and packed != size) or (name.endswith("/") and size):
        raise _UnreadableError("package.damaged_entry")
    start = _find_data(data, header + directory.shift, raw, method)
    if start + packed > directory.start:
        raise _UnreadableError("package.damaged_entry")
    return Entry(name, method, crc, packed, size, header + directory.shift, start)


def _decode_name(raw: bytes, flags: int) -> str:
    """Names without the UTF-8 flag should be CP437; what is valid UTF-8 was meant as that."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if flags & _UTF8 else raw.decode("cp437")


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name)


def _read_sizes(record: tuple[int, ...], extras: bytes) -> tuple[int, int, int]:
    """Return packed size, size and offset, from the zip64 extra field where they are too long."""
    sizes = [record[9], record[8], record[16]]
    if _MAX_32 in sizes:
        long = _find_extra(extras, 1)
        for index, size in enumerate(sizes):
            if size == _MAX_32 and len(long) >= 8:  # noqa: PLR2004 - bytes of a long number
                sizes[index] = int.from_bytes(long[:8], "little")
                long = long[8:]
    size, packed, header = sizes
    return packed, size, header


def _find_extra(extras: bytes, wanted: int) -> bytes:
    spot = 0
    while spot + 4 <= len(extras):
        kind, length = struct.unpack_from("<2H", extras, spot)
        if kind == wanted:
            return extras[spot + 4 : spot + 4 + length]
        spot += 4 + length
    return b""


def _find_data(data: bytes, header: int, raw: bytes, method: int) -> int:
    """Return where the data start; the local header must tell the same name and method."""
    if header + _LOCAL.size > len(data) or data[header : header + 4] != b"PK\3\4":
        raise _UnreadableError("package.damaged_entry")
    local = _LOCAL.unpack_from(data, header)
    name = header + _LOCAL.size
    if local[2] & _ENCRYPTED or local[3] != method or data[name : name + local[9]] != raw:
        raise _UnreadableError("package.damaged_entry")
    return int(name + local[9] + local[10])


# --- all of them together --------------------------------------------------------------------


def _size_problems(
    entries: list[Entry], length: int, file: str, limits: Limits
) -> Iterator[Problem]:
    for entry in entries:
        place = Place(file, entry.name)
        fields = {"entry": entry.name, "size": entry.size}
        if entry.size > limits.max_part:
            yield Problem("package.part_too_large", (place,), {**fields, "limit": limits.max_part})
        elif entry.size > limits.ratio_from and entry.size > limits.max_ratio * entry.packed:
            yield Problem("package.bomb", (place,), fields)
    total = sum(entry.size for entry in entries)
    if total > limits.max_total:
        fields = {"size": total, "limit": limits.max_total}
        yield Problem("package.too_large_inflated", (Place(file),), fields)
    elif total > limits.ratio_from and total > limits.max_ratio * length:
        yield Problem("package.bomb", (Place(file),), {"entry": file or "-", "size": total})


def _overlap_problems(entries: list[Entry], file: str) -> Iterator[Problem]:
    end, before = 0, ""
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header < end:
            fields = {"entry": entry.name, "other": before}
            yield Problem("package.overlap", (Place(file, entry.name),), fields)
        end, before = max(end, entry.start + entry.packed), entry.name


def _drop_duplicates(
    entries: list[Entry], data: bytes, file: str, problems: list[Problem]
) -> list[Entry]:
    """Keep the first of equal entries; two different ones of one name are a problem."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        first = kept.setdefault(name_key(entry.name), entry)
        if first is not entry and not _are_equal(first, entry, data, file):
            fields = {"entry": entry.name}
            problems.append(Problem("package.duplicate", (Place(file, entry.name),), fields))
    return list(kept.values())


def _are_equal(one: Entry, other: Entry, data: bytes, file: str) -> bool:
    if (one.crc, one.size) != (other.crc, other.size):
        return False
    return inflate(data, one, file) == inflate(data, other, file)
