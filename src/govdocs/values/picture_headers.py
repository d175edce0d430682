"""The headers of pictures: kind, pixels and resolution, read from the first bytes.

Sources: PNG (ISO/IEC 15948) 11.2.2 and 11.3.5.3; JFIF 1.02 and ITU-T T.81 B.2.2; GIF89a 18; BMP
(BITMAPINFOHEADER); TIFF 6.0; for SVG, EMF and WMF see ``picture_vectors``. No pixel is decoded. Who
reads past the end raises ValueError: the picture is damaged.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from govdocs.values.picture_vectors import Size, is_svg, measure_emf, measure_svg, measure_wmf

PictureKind: TypeAlias = Literal["png", "jpeg", "gif", "bmp", "tiff", "svg", "emf", "wmf"]

DPI = 72
"""Dots an inch of a picture that names none, as python-docx has it."""

_BMP_DPI = 96
_APP0, _APP1 = 0xE0, 0xE1  # JFIF and Exif stand in these segments
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # but tables, extensions, arithmetic
_END_OF_IMAGE, _SCAN = 0xD9, 0xDA
_BODILESS = frozenset(range(0xD0, 0xD9)) | {0x00, 0x01}
_SHORT, _LONG, _RATIONAL = 3, 4, 5
_IMAGE_WIDTH, _IMAGE_LENGTH, _X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = (
    256,
    257,
    282,
    283,
    296,
)
_OS2_HEADER = 12  # bytes of BITMAPCOREHEADER
_INCH = 0.0254  # metres
_MAX_TIFF_ENTRIES = 4096

_MAGIC: tuple[tuple[int, bytes, PictureKind], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"BM", "bmp"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (40, b" EMF", "emf"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (0, b"\x01\x00\x09\x00\x00\x03", "wmf"),
    (0, b"\x01\x00\x09\x00\x00\x01", "wmf"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a picture's header says of its size.

    Attributes:
        width: in pixels, or in EMU where ``dpi`` is None.
        height: in the same unit.
        dpi: dots an inch, across and down.
    """

    width: float
    height: float
    dpi: tuple[float, float] | None = None


def picture_kind(data: bytes) -> PictureKind | None:
    """Tell a picture's kind by its content; None for what Office does not place."""
    for offset, magic, kind in _MAGIC:
        if data.startswith(magic, offset):
            return kind
    return "svg" if is_svg(data) else None


def measure(kind: PictureKind, data: bytes) -> Measure | None:
    """Read the size of a picture; None where the file does not say.

    Raises:
        ValueError: the header is damaged, or says that nothing is to be seen.
    """
    if kind in _VECTORS:
        size = _VECTORS[kind](data)
        measured = None if size is None else Measure(*size)
    else:
        measured = _RASTERS[kind](data)
    if measured and not (measured.width > 0 and measured.height > 0):
        raise ValueError(kind)
    return measured


def _unpack(form: str, data: bytes, offset: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, offset)
    except struct.error as error:
        raise ValueError(str(error)) from None


def _measure_png(data: bytes) -> Measure:
    """Read IHDR, and pHYs before the first IDAT."""
    width, height = _unpack(">II", data, 16)
    dpi: tuple[float, float] = (DPI, DPI)
    offset = 8
    while offset + 8 <= len(data):
        (length,) = _unpack(">I", data, offset)
        name = data[offset + 4 : offset + 8]
        if name == b"pHYs":
            across, down, unit = _unpack(">IIB", data, offset + 8)
            if unit == 1:
                dpi = round(across * _INCH) or DPI, round(down * _INCH) or DPI
        if name in (b"pHYs", b"IDAT", b"IEND"):
            break
        offset += length + 12
    return Measure(width, height, dpi)


def _measure_gif(data: bytes) -> Measure:
    width, height = _unpack("<HH", data, 6)
    return Measure(width, height, (DPI, DPI))


def _measure_bmp(data: bytes) -> Measure:
    """Read the info header; the height of a picture stored from the top is negative."""
    (size,) = _unpack("<I", data, 14)
    if size == _OS2_HEADER:
        width, height = _unpack("<HH", data, 18)
        return Measure(width, height, (_BMP_DPI, _BMP_DPI))
    width, height = _unpack("<ii", data, 18)
    across, down = _unpack("<ii", data, 38)
    dpi = [round(number * _INCH) if number > 0 else _BMP_DPI for number in (across, down)]
    return Measure(width, abs(height), (dpi[0] or _BMP_DPI, dpi[1] or _BMP_DPI))


def _measure_jpeg(data: bytes) -> Measure:
    """Walk the segments to the frame header; the first of JFIF and Exif says the resolution."""
    dpi: tuple[float, float] | None = None
    offset = 2
    while True:
        marker, offset = _next_marker(data, offset)
        (length,) = _unpack(">H", data, offset)
        body = data[offset + 2 : offset + length]
        if marker in _FRAMES:
            height, width = _unpack(">HH", body, 1)
            return Measure(width, height, dpi or (DPI, DPI))
        if marker in (_END_OF_IMAGE, _SCAN) or not length:
            raise ValueError("no frame before the picture")
        if dpi is None and marker in (_APP0, _APP1):
            dpi = _segment_dpi(body)
        offset += length


def _next_marker(data: bytes, offset: int) -> tuple[int, int]:
    """Find the next marker that has a body, past fill bytes."""
    while True:
        offset = data.index(b"\xff", offset)
        while data[offset] == 0xFF:  # noqa: PLR2004 - markers are FF and a byte, FF may repeat
            offset += 1
        if data[offset] not in _BODILESS:
            return data[offset], offset + 1


def _segment_dpi(body: bytes) -> tuple[float, float] | None:
    if body.startswith(b"JFIF\x00"):
        return _jfif_dpi(body)
    return _exif_dpi(body[6:]) if body.startswith(b"Exif\x00\x00") else None


def _jfif_dpi(body: bytes) -> tuple[float, float]:
    unit, across, down = _unpack(">BHH", body, 7)
    factor = {1: 1.0, 2: 2.54}.get(unit, 0.0)
    return round(across * factor) or DPI, round(down * factor) or DPI


def _exif_dpi(body: bytes) -> tuple[float, float]:
    try:
        return _tiff_dpi(_read_tags(body))
    except ValueError:
        return DPI, DPI  # a broken note about the camera does not make a broken picture


def _measure_tiff(data: bytes) -> Measure:
    tags = _read_tags(data)
    if _IMAGE_WIDTH not in tags or _IMAGE_LENGTH not in tags:
        raise ValueError("no size")
    return Measure(tags[_IMAGE_WIDTH], tags[_IMAGE_LENGTH], _tiff_dpi(tags))


def _tiff_dpi(tags: Mapping[int, float]) -> tuple[float, float]:
    """Read the resolution; no unit or no number is no resolution."""
    factor = {2: 1.0, 3: 2.54}.get(int(tags.get(_RESOLUTION_UNIT, 2)), 0.0)
    across, down = tags.get(_X_RESOLUTION, 0), tags.get(_Y_RESOLUTION, 0)
    return round(across * factor) or DPI, round(down * factor) or DPI


def _read_tags(data: bytes) -> dict[int, float]:
    """Read the numbers of the first directory of a TIFF (or Exif) structure."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        raise ValueError("no byte order")
    (start,) = _unpack(f"{order}I", data, 4)
    (count,) = _unpack(f"{order}H", data, start)
    tags = {}
    for number in range(min(count, _MAX_TIFF_ENTRIES)):
        offset = start + 2 + 12 * number
        tag, kind = _unpack(f"{order}HH", data, offset)
        value = _tag_value(data, order, kind, offset + 8)
        if value is not None:
            tags[tag] = value
    return tags


def _tag_value(data: bytes, order: str, kind: int, offset: int) -> float | None:
    """Read one SHORT, LONG or RATIONAL."""
    if kind in (_SHORT, _LONG):
        return _unpack(order + ("H" if kind == _SHORT else "I"), data, offset)[0]
    if kind != _RATIONAL:
        return None
    (place,) = _unpack(f"{order}I", data, offset)
    upper, lower = _unpack(f"{order}II", data, place)
    return upper / lower if lower else 0.0


_RASTERS: Mapping[PictureKind, Callable[[bytes], Measure]] = {
    "png": _measure_png,
    "jpeg": _measure_jpeg,
    "gif": _measure_gif,
    "bmp": _measure_bmp,
    "tiff": _measure_tiff,
}
_VECTORS: Mapping[PictureKind, Callable[[bytes], Size | None]] = {
    "svg": measure_svg,
    "emf": measure_emf,
    "wmf": measure_wmf,
}
