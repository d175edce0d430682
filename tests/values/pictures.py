"""Small pictures, made byte by byte, for tests."""

import struct
import zlib


def png(width: int = 4, height: int = 2, per_metre: tuple[int, int, int] | None = None) -> bytes:
    """Make a PNG that any viewer opens; ``per_metre`` is pixels across, down, and the unit."""
    pixels = zlib.compress((b"\x00" + b"\xff\xff\xff" * width) * height)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    if per_metre:
        chunks.append((b"pHYs", struct.pack(">IIB", *per_metre)))
    chunks += [(b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 4, height: int = 2, *segments: bytes, frame: int = 0xC0) -> bytes:
    """Make the headers of a JPEG, with segments before its frame."""
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x00"
    return b"\xff\xd8" + b"".join(segments) + _segment(frame, size) + scan + b"\xff\xd9"


def jfif(unit: int, across: int, down: int) -> bytes:
    """Make the JFIF segment of a JPEG."""
    return _segment(0xE0, b"JFIF\x00\x01\x02" + struct.pack(">BHHBB", unit, across, down, 0, 0))


def exif(body: bytes) -> bytes:
    """Make the Exif segment of a JPEG around a TIFF structure."""
    return _segment(0xE1, b"Exif\x00\x00" + body)


def quantisation() -> bytes:
    """Make a segment that has nothing to do with size."""
    return _segment(0xDB, b"\x00" + b"\x01" * 64)


def gif(width: int = 4, height: int = 2, version: bytes = b"GIF89a") -> bytes:
    """Make the header of a GIF."""
    return version + struct.pack("<HHBBB", width, height, 0, 0, 0) + b"\x3b"


def bmp(width: int = 4, height: int = 2, across: int = 0, down: int = 0) -> bytes:
    """Make a BMP with the header that Windows writes."""
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, across, down, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + header


def tiff(
    width: int = 4,
    height: int = 2,
    resolution: tuple[int, int, int] | None = None,
    order: str = "<",
) -> bytes:
    """Make the directory of a TIFF; ``resolution`` is across, down, and the unit."""
    entries = [(256, 3, width), (257, 4, height)]
    if resolution:
        entries += [(282, 5, resolution[0]), (283, 5, resolution[1]), (296, 3, resolution[2])]
    rationals = 8 + 2 + 12 * len(entries) + 4
    directory, tail = b"", b""
    for tag, kind, value in entries:
        directory += struct.pack(f"{order}HHI", tag, kind, 1)
        if kind == 5:
            directory += struct.pack(f"{order}I", rationals + len(tail))
            tail += struct.pack(f"{order}II", value, 1)
        elif kind == 3:
            directory += struct.pack(f"{order}HH", value, 0)
        else:
            directory += struct.pack(f"{order}I", value)
    start = {"<": b"II*\x00", ">": b"MM\x00*"}[order] + struct.pack(f"{order}I", 8)
    count = struct.pack(f"{order}H", len(entries))
    return start + count + directory + struct.pack(f"{order}I", 0) + tail


def emf(width: int = 2000, height: int = 1000) -> bytes:
    """Make the header of an EMF; its frame is in hundredths of a millimetre."""
    bounds, frame = (0, 0, 100, 50), (0, 0, width, height)
    return struct.pack("<II4i4i", 1, 88, *bounds, *frame) + b" EMF" + b"\x00" * 44


def wmf(width: int = 1440, height: int = 720, inch: int = 1440) -> bytes:
    """Make a placeable WMF; its box is in units of which ``inch`` make an inch."""
    head = b"\xd7\xcd\xc6\x9a\x00\x00" + struct.pack("<4hH", 0, 0, width, height, inch)
    return head + b"\x00" * 6 + bare_wmf()


def bare_wmf() -> bytes:
    """Make a WMF without the header that says its size."""
    return b"\x01\x00\x09\x00\x00\x03" + b"\x00" * 12
