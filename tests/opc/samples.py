"""Small packages, and archives written byte by byte so that they can be wrong in one place."""

import struct
import zlib
from dataclasses import dataclass, field, replace

from tests.support.packages import write_package

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DOCUMENT = f"{WORD}.document.main+xml"
WORKBOOK = f"{EXCEL}.sheet.main+xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def types(main: str, content_type: str, *more: str) -> str:
    """Write ``[Content_Types].xml`` for a main part."""
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{content_type}"/>{"".join(more)}</Types>'
    )


def rels(*targets: tuple[str, str], base: str = RELS) -> str:
    """Write a ``.rels`` part of (kind, target) pairs with the ids rId1, rId2, ..."""
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f"{DECLARATION}<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}'
        "</Relationships>"
    )


def document_parts(content_type: str = DOCUMENT) -> dict[str, bytes | str]:
    """Make the parts of a small document with a header."""
    return {
        "[Content_Types].xml": types("word/document.xml", content_type),
        "_rels/.rels": rels(("officeDocument", "word/document.xml")),
        "word/document.xml": "<document>报告</document>",
        "word/_rels/document.xml.rels": rels(("header", "header1.xml")),
        "word/header1.xml": "<hdr/>",
    }


def document(**changes: str) -> bytes:
    """Make a small document; a keyword ``types`` or ``rels`` replaces that part."""
    parts = document_parts()
    names = {"types": "[Content_Types].xml", "rels": "_rels/.rels"}
    return write_package({**parts, **{names[name]: text for name, text in changes.items()}})


def workbook(content_type: str = WORKBOOK, base: str = RELS) -> bytes:
    """Make a small workbook."""
    return write_package(
        {
            "[Content_Types].xml": types("xl/workbook.xml", content_type),
            "_rels/.rels": rels(("officeDocument", "/xl/workbook.xml"), base=base),
            "xl/workbook.xml": "<workbook/>",
            "xl/_rels/workbook.xml.rels": rels(
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "/xl/worksheets/sheet2.xml"),
                base=base,
            ),
            "xl/worksheets/sheet1.xml": "<worksheet/>",
            "xl/worksheets/sheet2.xml": "<worksheet/>",
        }
    )


@dataclass(frozen=True)
class Raw:
    """One entry as it is to be written, true or not; ``local_`` fields are for the local header."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    local_name: bytes | None = None
    descriptor: bool = False
    header: int | None = None
    extra: bytes = b""
    data: bytes = field(default=b"")

    @property
    def packed(self) -> bytes:
        """The data as they stand in the archive."""
        if self.data or self.method != 8:
            return self.data or self.content
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(self.content) + packer.flush()


def raw_entries(parts: dict[str, bytes | str] | None = None) -> list[Raw]:
    """Make honest raw entries of parts, those of a small document if not given."""
    parts = document_parts() if parts is None else parts
    return [
        Raw(name.encode(), content.encode() if isinstance(content, str) else content)
        for name, content in parts.items()
    ]


def tamper(name: str, **changes: object) -> bytes:
    """Make a small document with one entry tampered with."""
    return write_raw(
        [
            replace(entry, **changes) if entry.name == name.encode() else entry  # type: ignore[arg-type]
            for entry in raw_entries()
        ]
    )


def write_raw(
    entries: list[Raw],
    *,
    prefix: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    zip64: bool = False,
    zip64_end: bool = False,
) -> bytes:
    """Write an archive of raw entries."""
    body, directory = prefix, b""
    for entry in entries:
        header = len(body) - len(prefix) if entry.header is None else entry.header
        body += _local(entry, zip64=zip64)
        directory += _central(entry, header, zip64=zip64)
    total = len(entries) if count is None else count
    start = len(body) - len(prefix)
    end = b""
    size = len(directory)
    if zip64 or zip64_end:
        end = struct.pack(
            "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, total, total, len(directory), start
        )
        end += struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
    if zip64:
        total, size, start = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    end += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, total, total, size, start, len(comment))
    return body + directory + end + comment


def _numbers(entry: Raw) -> tuple[int, int, int]:
    crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
    size = len(entry.content) if entry.size is None else entry.size
    return crc, len(entry.packed), size


def _local(entry: Raw, *, zip64: bool) -> bytes:
    name = entry.name if entry.local_name is None else entry.local_name
    crc, packed, size = _numbers(entry)
    numbers, after, extra, flags = (crc, packed, size), b"", entry.extra, entry.flags
    if entry.descriptor:
        after = b"PK\7\x08" + struct.pack("<3L", *numbers)
        numbers, flags = (0, 0, 0), flags | 8
    elif zip64:
        extra += struct.pack("<2H2Q", 1, 16, size, packed)
        numbers = (crc, 0xFFFFFFFF, 0xFFFFFFFF)
    fields = (20, flags, entry.method, 0x6C21, 0x5A21, *numbers, len(name), len(extra))
    return struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + name + extra + entry.packed + after


def _central(entry: Raw, header: int, *, zip64: bool) -> bytes:
    crc, packed, size = _numbers(entry)
    extra, flags = entry.extra, entry.flags | (8 if entry.descriptor else 0)
    if zip64:
        extra += struct.pack("<2H3Q", 1, 24, size, packed, header)
        packed = size = header = 0xFFFFFFFF
    fields = (
        *(0x0314, 20, flags, entry.method, 0x6C21, 0x5A21, crc, packed, size),
        *(len(entry.name), len(extra), 0, 0, 0, 0o100644 << 16, header),
    )
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *fields) + entry.name + extra
