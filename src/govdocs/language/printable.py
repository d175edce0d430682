"""What can be printed as text, and what cannot: a list, a mapping, a table, a piece of program.

Each engine asks here before it writes a value into a text. Nothing here knows where that text is.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from govdocs.errors import DataError
from govdocs.language.values import Captured, Replay
from govdocs.values.charts import Chart, Columns, Described
from govdocs.values.frames import Frame
from govdocs.values.plain import plain_scalar
from govdocs.values.printing import print_value

_UNPRINTABLE = (
    *(Mapping, AbstractSet, list, tuple, range, bytes, bytearray, Replay, Frame),
    *(Chart, Columns, Described),
)


def printed(value: Any) -> str:
    """Print a value as text.

    Raises:
        DataError: ``data.not_printable``; it is not made to be read.
    """
    if type(value) is str:
        return value
    if isinstance(value, Captured):
        return value.plain
    value = plain_scalar(value)
    if isinstance(value, _UNPRINTABLE) or _is_code(value) or _is_nameless(value):
        raise DataError.of("data.not_printable", fields={"kind": _kind_of(value)})
    return print_value(value)


def _is_code(value: Any) -> bool:
    return callable(value) and (isinstance(value, type) or hasattr(value, "__name__"))


def _is_nameless(value: Any) -> bool:
    """Whether nothing but where it lies in the memory would be printed."""
    kind: Any = type(value)
    return kind.__str__ is object.__str__ and kind.__repr__ is object.__repr__


def _kind_of(value: Any) -> str:
    return "DataFrame" if isinstance(value, Frame) else type(value).__name__
