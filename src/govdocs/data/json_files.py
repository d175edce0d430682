"""JSON data files: strict (RFC 8259), with Decimal for fractions and no key counted twice.

NaN and Infinity, which Python's reader would let pass, are refused. JSON has no dates: texts stay
texts when read, and dates are written as ISO texts.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from govdocs.data.scalars import write_number, write_span
from govdocs.data.texts import DataText
from govdocs.errors import DataError, Place, Problem
from govdocs.values.numbers import MAX_DIGITS

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|NaN|-?Infinity|-?[0-9][0-9.eE+-]*')
_INDENT = 2


def read_json(text: DataText) -> dict[str, Any]:
    """Read a JSON data file.

    Raises:
        DataError: ``data_file.*``, all faults with line and column.
    """
    doubtful: list[str] = []
    try:
        data = json.loads(
            text.content,
            parse_float=Decimal,
            parse_int=lambda digits: _whole(digits, doubtful),
            parse_constant=doubtful.append,
            object_pairs_hook=lambda pairs: _mapping(pairs, doubtful),
        )
    except json.JSONDecodeError as error:
        raise DataError([_syntax_fault(text, error)]) from None
    except RecursionError:
        raise DataError.of("data_file.too_deep", Place(text.file)) from None
    if doubtful:
        raise DataError(_find_faults(text))
    if not isinstance(data, dict):
        raise DataError.of("data_file.not_a_mapping", text.place(0))
    return data


def _whole(digits: str, doubtful: list[str]) -> int:
    if len(digits) > MAX_DIGITS:
        doubtful.append(digits)
        return 0
    return int(digits)


def _mapping(pairs: list[tuple[str, Any]], doubtful: list[str]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs) or "" in made:
        doubtful.append("key")
    return made


def _find_faults(text: DataText) -> list[Problem]:
    """Walk the tokens of a text that is JSON, and place what the reader could only count."""
    faults: list[Problem] = []
    frames: list[dict[str, int] | None] = []
    at_key = False
    for found in _TOKEN.finditer(text.content):
        word, start = found[0], found.start()
        if word in "{[":
            frames.append({} if word == "{" else None)
        elif word in "}]":
            frames.pop()
        elif word.startswith('"') and at_key and frames[-1] is not None:
            faults += _key_faults(text, json.loads(word), start, frames[-1])
        elif word[0] not in '",:':
            faults += _number_faults(text, word, start)
        at_key = word in "{," and bool(frames) and frames[-1] is not None
    return faults


def _key_faults(text: DataText, key: str, start: int, seen: dict[str, int]) -> list[Problem]:
    if not key:
        return [Problem("data_file.empty_key", (text.place(start),))]
    if key not in seen:
        seen[key] = start
        return []
    first = text.place(seen[key], key)
    fields = {"key": key, "line": dict(first.spot)["line"]}
    return [Problem("data_file.duplicate_key", (first, text.place(start, key)), fields)]


def _number_faults(text: DataText, word: str, start: int) -> list[Problem]:
    if word in ("NaN", "Infinity", "-Infinity"):
        return [Problem("data_file.not_finite", (text.place(start),), {"value": word})]
    if len(word) > MAX_DIGITS and word.lstrip("-").isdigit():
        return [Problem("data_file.number_too_long", (text.place(start),))]
    return []


def _syntax_fault(text: DataText, error: json.JSONDecodeError) -> Problem:
    place = text.place(error.pos)
    line = text.line(error.lineno)
    before = text.content[: error.pos].rstrip()
    if not text.content.strip():
        return Problem("data_file.empty", (Place(text.file),))
    if re.search(r"[\s:\[,]-?0$", before) and text.content[error.pos : error.pos + 1].isdigit():
        return Problem("data_file.leading_zero", (place,), {"near": line.strip()[:40]})
    return Problem("data_file.json_syntax", (place,), {"near": line.strip()[:40]})


def write_json(data: Mapping[str, Any]) -> str:
    """Write a dict as JSON: Chinese as it is, Decimals digit by digit, dates as ISO texts."""
    return _written(data, 0) + "\n"


def _written(value: Any, depth: int) -> str:
    if isinstance(value, Mapping):
        pairs = [f"{_text(str(key))}: {_written(item, depth + 1)}" for key, item in value.items()]
        return _block("{", pairs, "}", depth)
    if isinstance(value, (list, tuple)):
        return _block("[", [_written(item, depth + 1) for item in value], "]", depth)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return _text(_as_text(value)) if not _is_number(value) else write_number(value)


def _block(start: str, items: list[str], end: str, depth: int) -> str:
    if not items:
        return start + end
    inner, outer = " " * (_INDENT * (depth + 1)), " " * (_INDENT * depth)
    return f"{start}\n{inner}" + f",\n{inner}".join(items) + f"\n{outer}{end}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal))


def _as_text(value: Any) -> str:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return write_span(value) if isinstance(value, timedelta) else str(value)
