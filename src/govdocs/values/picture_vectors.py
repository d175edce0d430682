"""The headers of vector pictures: SVG, EMF and WMF.

Sources: SVG 1.1 chapter 7 (width, height, viewBox; 96 pixels an inch as in CSS); MS-EMF 2.2.9;
MS-WMF 2.3.2.3. Of an SVG only the root element is read, by expat, which fetches nothing and stops
entities that multiply. Sizes are in EMU.
"""

import re
import struct
from typing import TypeAlias
from xml.parsers import expat

from govdocs.values.lengths import EMU_PER_INCH, EMU_PER_MM

Size: TypeAlias = tuple[float, float]
"""Width and height in EMU."""

_SVG = "http://www.w3.org/2000/svg"
_HEAD = 65_536  # the root element of an SVG stands in its first bytes
_PIXEL = EMU_PER_INCH / 96
_UNITS = {
    "": _PIXEL,
    "px": _PIXEL,
    "pt": EMU_PER_INCH / 72,
    "pc": EMU_PER_INCH / 6,
    "in": EMU_PER_INCH,
    "mm": EMU_PER_MM,
    "cm": EMU_PER_MM * 10,
}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|pc|in|mm|cm)?\s*")


class _RootFoundError(Exception):
    """Stops the reader once the root element is known."""


def is_svg(data: bytes) -> bool:
    """Tell whether the root element is ``svg``; its namespace may be missing."""
    try:
        name, _ = _root(data)
    except ValueError:
        return False
    return name in (f"{_SVG} svg", "svg")


def measure_svg(data: bytes) -> Size | None:
    """Read an SVG's width and height, or the proportion of its viewBox."""
    _, attributes = _root(data)
    width, height = _length(attributes.get("width")), _length(attributes.get("height"))
    box = _view_box(attributes.get("viewBox", ""))
    if width is None and height is None and box:
        width, height = box[0] * _PIXEL, box[1] * _PIXEL
    elif box and width is not None and height is None:
        height = width * box[1] / box[0]
    elif box and height is not None and width is None:
        width = height * box[0] / box[1]
    return None if width is None or height is None else (width, height)


def measure_emf(data: bytes) -> Size:
    """Read an EMF's frame, in hundredths of a millimetre."""
    left, top, right, bottom = _unpack("<4i", data, 24)
    step = EMU_PER_MM / 100
    return (right - left) * step, (bottom - top) * step


def measure_wmf(data: bytes) -> Size | None:
    """Read the box of a placeable WMF; a bare one does not say its size."""
    if not data.startswith(b"\xd7\xcd\xc6\x9a"):
        return None
    left, top, right, bottom, inch = _unpack("<4hH", data, 6)
    if not inch:
        raise ValueError("no units an inch")
    step = EMU_PER_INCH / inch
    return abs(right - left) * step, abs(bottom - top) * step


def _unpack(form: str, data: bytes, offset: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, offset)
    except struct.error as error:
        raise ValueError(str(error)) from None


def _root(data: bytes) -> tuple[str, dict[str, str]]:
    """Read the name and attributes of the root element.

    Raises:
        ValueError: the head of the file is not XML.
    """
    if b"<" not in data[:1024]:
        raise ValueError("no XML")
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name, attributes))
        raise _RootFoundError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(data[:_HEAD], False)
    except _RootFoundError:
        return found[0]
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    raise ValueError("no root element")


def _length(text: str | None) -> float | None:
    """Read a length in EMU; percents and em are none."""
    found = _LENGTH.fullmatch(text) if text else None
    return float(found[1]) * _UNITS[found[2] or ""] if found else None


def _view_box(text: str) -> tuple[float, float] | None:
    try:
        _, _, width, height = map(float, re.split(r"[\s,]+", text.strip()))
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
