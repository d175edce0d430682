"""Lengths in EMU (English Metric Units), the unit of drawings.

Source: ECMA-376 Part 1, 20.1.10.16 and 22.9.2.15 (360,000 EMU a centimetre, 12,700 a point). A
length is a plain int; those of ``docx.shared`` (Mm, Cm, Pt, Emu) are ints too and are taken as they
are. In data files a length is text with its unit. This module knows no drawing.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from govdocs.errors import DataError

EMU_PER_MM = 36_000
EMU_PER_CM = 360_000
EMU_PER_PT = 12_700
EMU_PER_INCH = 914_400
EMU_PER_TWIP = 635

SMALLEST = 1_000
"""A plain int below this is taken for a length whose unit was forgotten (0.03 mm and less)."""

LARGEST = 22 * EMU_PER_INCH * 10
"""Ten times the largest page that Word knows (22 inches)."""

_UNITS = {
    "mm": EMU_PER_MM,
    "毫米": EMU_PER_MM,
    "cm": EMU_PER_CM,
    "厘米": EMU_PER_CM,
    "pt": EMU_PER_PT,
    "磅": EMU_PER_PT,
    "in": EMU_PER_INCH,
    "英寸": EMU_PER_INCH,
    "emu": 1,
}
_WRITTEN = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([^\s0-9.]+)\s*")


def mm(number: float) -> int:
    """Turn millimetres into EMU."""
    return round(number * EMU_PER_MM)


def cm(number: float) -> int:
    """Turn centimetres into EMU."""
    return round(number * EMU_PER_CM)


def pt(number: float) -> int:
    """Turn points into EMU."""
    return round(number * EMU_PER_PT)


def as_length(value: object) -> int:
    """Take a value as a length in EMU: an int or ``docx.shared`` length, or text (``"42mm"``).

    Raises:
        DataError: ``value.not_a_length``, or ``value.length_out_of_range`` for lengths that no
            page has, as an int that was meant in millimetres.
    """
    if isinstance(value, str):
        emu = _read(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        emu = int(value)
    else:
        raise _not_a_length(value)
    if not SMALLEST <= emu <= LARGEST:
        raise DataError.of("value.length_out_of_range", fields={"value": str(value)[:40]})
    return emu


def _read(text: str) -> int:
    found = _WRITTEN.fullmatch(text)
    unit = _UNITS.get(found[2].lower()) if found else None
    if found is None or unit is None or len(text) > 40:  # noqa: PLR2004 - no length is that long
        raise _not_a_length(text)
    return int((Decimal(found[1]) * unit).to_integral_value(ROUND_HALF_UP))


def _not_a_length(value: object) -> DataError:
    return DataError.of(
        "value.not_a_length", fields={"value": str(value)[:40], "kind": type(value).__name__}
    )
