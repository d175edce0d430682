"""OLE2 compound files with streams of given names, as old Office files and encrypted ones are."""

import struct

NOTHING, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(*names: str, nested: tuple[str, ...] = (), shift: int = 9, padding: int = 0) -> bytes:
    """Write a compound file.

    Args:
        names: streams directly below the root.
        nested: streams inside a storage called ObjectPool.
        shift: 9 for sectors of 512 bytes, 12 for 4096.
        padding: sectors of content before the directory.
    """
    size = 1 << shift
    directory = _directory(names, nested)
    directory += b"\0" * (-len(directory) % size)
    count = len(directory) // size
    tables = -(-(padding + count + 200) // (size // 4)) + 3
    chains = [TABLE] * tables + [END] * padding
    first = len(chains)
    chains += [*range(first + 1, first + count), END]
    in_header = [*range(min(tables, 109))]
    more = [*range(109, tables)]
    extra_sector = NOTHING if not more else len(chains)
    chains += [NOTHING] * (tables * (size // 4) - len(chains))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<5H", 0x3E, 3 if shift == 9 else 4, 0xFFFE, shift, 6) + b"\0" * 10
    header += struct.pack(
        "<9L", tables, first, 0, 4096, END, 0, extra_sector if more else END, 0, 0
    )
    header = header[:76] + struct.pack("<109L", *(in_header + [NOTHING] * (109 - len(in_header))))
    body = struct.pack(f"<{len(chains)}L", *chains) + b"\0" * (padding * size) + directory
    if more:
        in_sector = size // 4
        body += struct.pack(f"<{in_sector}L", *more, *[NOTHING] * (in_sector - len(more) - 1), END)
    return header.ljust(size, b"\0") + body


def _directory(names: tuple[str, ...], nested: tuple[str, ...]) -> bytes:
    """Chain siblings to the right; a storage's child is the first of its streams."""
    top = [*names, "ObjectPool"] if nested else [*names]
    entries = [_entry("Root Entry", 5, child=1 if top else NOTHING)]
    for number, name in enumerate(top, 1):
        right = number + 1 if number < len(top) else NOTHING
        child = len(top) + 1 if name == "ObjectPool" else NOTHING
        entries.append(_entry(name, 1, right=right, child=child))
    for number, name in enumerate(nested, len(top) + 1):
        right = number + 1 if number < len(top) + len(nested) else NOTHING
        entries.append(_entry(name, 2, right=right))
    return b"".join(entries)


def _entry(name: str, kind: int, *, right: int = NOTHING, child: int = NOTHING) -> bytes:
    raw = name.encode("utf-16-le")
    start = raw.ljust(64, b"\0") + struct.pack(
        "<HBB3L", len(raw) + 2, kind, 1, NOTHING, right, child
    )
    return start.ljust(128, b"\0")
