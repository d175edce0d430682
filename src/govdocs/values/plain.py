"""Scalars of numerical libraries as Python's own: what numpy's integers, truth values, dates mean.

They are known by their type's name: no such library is ever imported here.
"""

from typing import Any, Final

_AS_THEY_ARE: Final = frozenset({str, int, bool, type(None)})
_MOMENTS: Final = ("datetime64", "timedelta64")


def plain(value: Any) -> Any:
    """Return a value as Python has it; None for what tables write where nothing is (NaN, NaT)."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is float:
        return value if value == value else None  # noqa: PLR0124 - NaN
    if kind.__module__ == "numpy":
        value = plain_scalar(value)
        return None if isinstance(value, float) and value != value else value  # noqa: PLR0124 - NaN
    return None if kind.__name__ in ("NaTType", "NAType") else value


def plain_scalar(value: Any) -> Any:
    """Return a scalar of numpy as Python has it; NaT as None, anything else as it is.

    A ``float32`` becomes the number that it prints as: 0.1, not 0.10000000149011612.
    """
    kind = type(value)
    if kind.__module__ != "numpy" or getattr(value, "ndim", 1) != 0:
        return value
    if kind.__name__ in _MOMENTS:
        return _plain_moment(value, kind.__name__)
    if kind.__name__ in ("float16", "float32", "longdouble"):
        return float(str(value))
    return value.item()


def _plain_moment(value: Any, kind: str) -> Any:
    text = str(value)
    if text == "NaT":
        return None
    unit = "us" if kind == "timedelta64" or "T" in text else "D"
    return value.astype(f"{kind}[{unit}]").item()
