"""Pictures as values: what to place, what kind it is, how large it is by nature.

A picture's kind is told by its content, never by its name. Its natural size is pixels by its own
resolution, 72 dots an inch where it names none (96 for BMP), which is what python-docx takes;
vector pictures say their size themselves. This module opens the picture's own source and nothing
else, decodes no pixels, and places nothing.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from govdocs.errors import DataError, Place
from govdocs.values.lengths import EMU_PER_INCH, EMU_PER_MM, as_length
from govdocs.values.picture_headers import Measure, PictureKind, measure, picture_kind

Source: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO

CONTENT_TYPES: dict[PictureKind, str] = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
MAX_BYTES = 200_000_000
"""No official document carries a larger picture; more is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture to be placed where its tag stands.

    Attributes:
        source: a path, the bytes, or a binary file, which is read at once.
        width: in EMU (``docx.shared.Mm`` and its like, or text such as ``"60mm"``). With one
            side given the other follows; with none the picture has its natural size.
        height: in EMU.
        alt: what the picture shows, for those who cannot see it.
        fallback: for an SVG, the same picture as PNG: what older programs show in its stead.
    """

    source: str | os.PathLike[str] | bytes
    width: int | None = None
    height: int | None = None
    alt: str = ""
    fallback: str | os.PathLike[str] | bytes | None = None

    def __init__(
        self,
        source: Source,
        width: int | str | None = None,
        height: int | str | None = None,
        alt: str = "",
        fallback: Source | None = None,
    ) -> None:
        object.__setattr__(self, "source", _settled(source))
        object.__setattr__(self, "width", None if width is None else as_length(width))
        object.__setattr__(self, "height", None if height is None else as_length(height))
        object.__setattr__(self, "alt", alt)
        settled = None if fallback is None else _settled(fallback)
        object.__setattr__(self, "fallback", settled)


@dataclass(frozen=True, slots=True)
class Seal:
    """An office's own image of its seal, to be placed as GB/T 9704-2012 7.3.5.1 says.

    Attributes:
        source: as of an :class:`Image`; without one the template's placeholder stays.
        diameter: in EMU; seals of offices measure 42 mm.
    """

    source: str | os.PathLike[str] | bytes | None = None
    diameter: int = 42 * EMU_PER_MM

    def __init__(self, source: Source | None = None, diameter: int | str = 42 * EMU_PER_MM) -> None:
        object.__setattr__(self, "source", None if source is None else _settled(source))
        object.__setattr__(self, "diameter", as_length(diameter))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was read.

    Attributes:
        kind: told by its content; also the extension of its part.
        data: its bytes, as they are.
        width: its natural width in EMU; None where the file does not say (WMF without header,
            SVG in percent).
        height: its natural height in EMU.
    """

    kind: PictureKind
    data: bytes
    width: int | None
    height: int | None

    @property
    def content_type(self) -> str:
        """The content type of its part."""
        return CONTENT_TYPES[self.kind]


def read_picture(source: Source) -> Picture:
    """Read a picture and tell its kind and natural size.

    Raises:
        DataError: ``value.picture_missing``, ``value.picture_unreadable``,
            ``value.picture_empty``, ``value.picture_too_large``, ``value.picture_unknown`` or
            ``value.picture_damaged``, with the file as its place.
    """
    name = picture_name(source)
    data = _read(source, name)
    if not data:
        raise DataError.of("value.picture_empty", Place(name))
    kind = picture_kind(data)
    if kind is None:
        raise DataError.of("value.picture_unknown", Place(name), fields={"found": _glimpse(data)})
    try:
        measured = measure(kind, data)
    except (ValueError, IndexError, OverflowError):
        raise DataError.of("value.picture_damaged", Place(name), fields={"kind": kind}) from None
    width, height = _natural_size(measured)
    return Picture(kind, data, width, height)


def placed_size(image: Image, picture: Picture) -> tuple[int, int]:
    """Work out width and height in EMU: what is asked for, the other side in proportion.

    Raises:
        DataError: ``value.picture_without_size`` where neither image nor file says it.
    """
    width, height = image.width, image.height
    if width is not None and height is not None:
        return width, height
    if not picture.width or not picture.height:
        raise DataError.of(
            "value.picture_without_size",
            Place(picture_name(image.source)),
            fields={"kind": picture.kind},
        )
    if width is not None:
        return width, max(round(picture.height * width / picture.width), 1)
    if height is not None:
        return max(round(picture.width * height / picture.height), 1), height
    return picture.width, picture.height


def picture_name(source: object) -> str:
    """Name a source for a message: its file name, or nothing for bytes."""
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    name = getattr(source, "name", "")
    return name if isinstance(name, str) else ""


def _settled(source: Source) -> str | os.PathLike[str] | bytes:
    """Take a file's bytes at once: it may be closed, or be read to its end, when its turn comes."""
    if isinstance(source, (str, os.PathLike, bytes)):
        return source
    return _read(source, picture_name(source))


def _read(source: Source, name: str) -> bytes:
    try:
        data = _read_bytes(source)
    except FileNotFoundError:
        raise DataError.of("value.picture_missing", Place(name)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError.of(
            "value.picture_unreadable", Place(name), fields={"reason": reason}
        ) from None
    if len(data) > MAX_BYTES:
        fields = {"limit": MAX_BYTES // 1_000_000}
        raise DataError.of("value.picture_too_large", Place(name), fields=fields)
    return data


def _read_bytes(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, (str, os.PathLike)):
        with Path(source).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    if not callable(getattr(source, "read", None)):
        raise DataError.of("value.not_a_picture", fields={"kind": type(source).__name__})
    data = source.read()
    if not isinstance(data, bytes):
        raise DataError.of("value.not_a_picture", fields={"kind": type(source).__name__})
    return data


def _natural_size(measured: Measure | None) -> tuple[int | None, int | None]:
    if measured is None:
        return None, None
    if measured.dpi is None:
        return int(measured.width), int(measured.height)
    across, down = measured.dpi
    # the same sums as python-docx, so that both place a picture alike to the EMU
    return (
        int(measured.width / across * EMU_PER_INCH),
        int(measured.height / down * EMU_PER_INCH),
    )


def _glimpse(data: bytes) -> str:
    """Name what the bytes are, as far as offices know it; else show the first of them."""
    known = {
        b"%PDF": "PDF",
        b"PK\x03\x04": "ZIP / Office",
        b"\x1f\x8b": "gzip / SVGZ",
        b"8BPS": "PSD",
        b"\xd0\xcf\x11\xe0": "OLE (.doc, .xls)",
        b"<!DOCTYPE html": "HTML",
        b"<html": "HTML",
    }
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return "HEIC / AVIF / MP4"
    for magic, name in known.items():
        if data.lower().startswith(magic.lower()):
            return name
    return data[:8].hex(" ")
