"""Dotted paths into the data: ``rows[].count``, where ``[]`` stands for each item of a list.

This module only looks; it never calls what it finds.
"""

from collections.abc import Mapping
from typing import Any

_LOST = object()


def is_there(path: str, data: Any, *, filled: bool = False) -> bool:
    """Tell whether ``path`` leads to something in ``data``, in every item of the lists on its way.

    Args:
        path: dotted.
        data: nested mappings, lists and objects.
        filled: whether a null at its end counts as missing.
    """
    return _leads(path.replace("[]", ".[]").strip(".").split("."), data, filled)


def _leads(steps: list[str], value: Any, filled: bool) -> bool:
    for position, step in enumerate(steps):
        if step == "[]":
            if not isinstance(value, list | tuple):
                return True  # an iterator cannot be looked into twice
            return all(_leads(steps[position + 1 :], item, filled) for item in value)
        value = _member(value, step)
        if value is _LOST:
            return False
    return not (filled and value is None)


def _member(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step, _LOST)
    if value is None or step[:1] == "_":
        return _LOST
    found = getattr(value, step, _LOST)
    return _LOST if callable(found) else found
