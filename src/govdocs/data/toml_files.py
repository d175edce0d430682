"""TOML data files (TOML 1.0), read by the standard library and written by tomli-w.

Decimals are Decimal; dates and times are what TOML says they are; inf and nan are refused.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from govdocs.data.texts import DataText, line_place
from govdocs.errors import DataError, Place, Problem

_POSITION = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key", "Cannot mutate")


def read_toml(text: DataText) -> dict[str, Any]:
    """Read a TOML data file.

    Raises:
        DataError: ``data_file.*`` with line and column, or with the key.
    """
    try:
        data = tomllib.loads(text.content, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DataError([_syntax_fault(text, str(error))]) from None
    except RecursionError:
        raise DataError.of("data_file.too_deep", Place(text.file)) from None
    except ValueError:  # a number of more digits than Python reads
        raise DataError.of("data_file.number_too_long", Place(text.file)) from None
    faults = [
        Problem("data_file.not_finite", (Place(text.file, key=key),), {"value": str(value)})
        for key, value in _numbers(data, "")
        if not value.is_finite()
    ]
    if faults:
        raise DataError(faults)
    if not data:
        raise DataError.of("data_file.empty", Place(text.file))
    return data


def write_toml(data: Mapping[str, Any]) -> str:
    """Write a dict as TOML."""
    import tomli_w

    return tomli_w.dumps(data)


def _numbers(value: Any, key: str) -> Iterator[tuple[str, Decimal]]:
    if isinstance(value, Decimal):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _numbers(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _numbers(item, f"{key}[{index}]")


def _syntax_fault(text: DataText, message: str) -> Problem:
    found = _POSITION.search(message)
    line = int(found[1]) if found else text.content.rstrip().count("\n") + 1
    place = line_place(text.file, line, int(found[2]) if found else 0)
    near = text.line(line).strip()[:40]
    name = "toml_twice" if message.startswith(_TWICE) else "toml_syntax"
    return Problem(f"data_file.{name}", (place,), {"near": near})
