"""Writing data files: every value is looked at before the first byte is written.

A file is replaced as a whole. What has no place in a format is told by its key, all at once.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from govdocs.data.texts import STANDARD, Format, Target, format_of, source_name
from govdocs.errors import DataError, Place, Problem
from govdocs.values.numbers import MAX_DIGITS, is_number

MAX_DEPTH = 100


def write_data(data: Mapping[str, Any], target: Target, wanted: Format | None) -> None:
    """Write a dict to a path, to standard output or to an open text file."""
    file = source_name(target)
    chosen = format_of(target, wanted) or "yaml"
    faults = [_fault(file, chosen, key, value) for key, value in _misfits(data, "", chosen, 0)]
    if faults:
        raise DataError(faults)
    _deliver(_write(data, chosen), target, file)


def _write(data: Mapping[str, Any], form: Format) -> str:
    if form == "json":
        from govdocs.data.json_files import write_json

        return write_json(data)
    if form == "toml":
        from govdocs.data.toml_files import write_toml

        return write_toml(data)
    from govdocs.data.yaml_writing import write_yaml

    return write_yaml(data)


def _deliver(text: str, target: Any, file: str) -> None:
    if target == STANDARD:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    elif hasattr(target, "write"):
        target.write(text)
    else:
        from govdocs.opc.saving import save_atomically

        save_atomically(file, text.encode())


def _misfits(value: Any, key: str, form: Format, depth: int) -> Iterator[tuple[str, Any]]:
    """Find what has no place in a file: other kinds of value, keys that are no text, NaN."""
    if depth >= MAX_DEPTH and isinstance(value, (Mapping, list, tuple)):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            path = f"{key}.{name}" if key else str(name)
            if not isinstance(name, str) or not name or not _is_writable(name):
                yield path, name
            yield from _misfits(item, path, form, depth + 1)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _misfits(item, f"{key}[{index}]", form, depth + 1)
    elif not _fits(value, form):
        yield key, value


def _fits(value: Any, form: Format) -> bool:
    if value is None or isinstance(value, timedelta):
        return form != "toml"
    if isinstance(value, str):
        return _is_writable(value)
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, (int, Decimal)):
        return isinstance(value, bool) or is_number(value)
    return isinstance(value, (date, time))


def _is_writable(text: str) -> bool:
    """Tell whether a text can be encoded: halves of surrogate pairs cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fault(file: str, form: Format, key: str, value: Any) -> Problem:
    fields = {"kind": type(value).__name__, "format": form.upper(), "digits": MAX_DIGITS}
    return Problem("data_file.cannot_write", (Place(file, key=key),), fields)
