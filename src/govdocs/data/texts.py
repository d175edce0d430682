"""The text of a data file: where it comes from, what it is encoded in, what format it has.

Clerks save as UTF-8 with or without a mark, as UTF-16 ("Unicode"), or as GBK ("ANSI"). The last
has no mark and is believed only where nearly all of its characters are common Chinese and the
bytes are no damaged UTF-8; else the file is refused rather than guessed. This module parses
nothing.
"""

import codecs
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias, cast

from govdocs.errors import DataError, Place, UsageError

Format = Literal["yaml", "json", "toml"]
Source: TypeAlias = str | os.PathLike[str] | IO[str] | IO[bytes]
Target: TypeAlias = str | os.PathLike[str] | IO[str]

STANDARD = "-"
"""The source or target that means standard input or output."""

MAX_BYTES = 500_000_000

_SUFFIXES: dict[str, Format] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON_SHARE = (
    0.9  # of the characters beyond ASCII, that GB2312 must have for GB18030 to be believed
)
_LEAST = 4  # characters beyond ASCII; fewer may be the rest of a damaged file
_JSON_START = re.compile(r'\s*\{\s*["}]')


@dataclass(frozen=True, slots=True)
class DataText:
    """The text of a data file, its name for messages, and its format."""

    content: str
    file: str
    format: Format

    def place(self, offset: int, key: str = "") -> Place:
        """Turn an offset of the text into a place with line and column, both from 1."""
        line = self.content.count("\n", 0, offset) + 1
        column = offset - (self.content.rfind("\n", 0, offset) + 1) + 1
        return line_place(self.file, line, column, key)

    def line(self, number: int) -> str:
        """Return a line by its number, from 1; an empty one past the end."""
        lines = self.content.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def line_place(file: str, line: int, column: int = 0, key: str = "") -> Place:
    """Make the place of a line and column, both counted from 1."""
    spot = (("line", line), ("column", column)) if column else (("line", line),)
    return Place(file, spot=spot, key=key)


def read_source(source: Source, wanted: Format | None, encoding: str | None) -> DataText:
    """Read and decode a data file and tell its format.

    Raises:
        DataError: ``data_file.missing``, ``unreadable``, ``encoding``, ``too_large``.
        UsageError: ``data_file.format``, ``unknown_encoding``.
    """
    file = source_name(source)
    known = format_of(source, wanted)
    raw = _read(source, file)
    content = raw if isinstance(raw, str) else decode(raw, file, encoding)
    content = content.removeprefix("\ufeff")
    return DataText(content, file, known or _guess(content))


def source_name(source: object) -> str:
    """Name a source or target for messages."""
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) and not name.startswith("<") else STANDARD


def format_of(source: object, wanted: Format | None) -> Format | None:
    """Tell the format by what the caller says, else by the suffix; a stream may have none.

    Raises:
        UsageError: ``data_file.format``: the format is unknown, or the path's suffix is.
    """
    file = source_name(source)
    if wanted is not None:
        if wanted not in _SUFFIXES.values():
            raise UsageError.of("data_file.format", Place(file), fields={"found": wanted})
        return wanted
    suffix = Path(file).suffix.lower()
    is_path = isinstance(source, (str, os.PathLike)) and file != STANDARD
    if is_path and suffix not in _SUFFIXES:
        raise UsageError.of("data_file.format", Place(file), fields={"found": suffix or file})
    return _SUFFIXES.get(suffix)


def decode(data: bytes, file: str, encoding: str | None = None) -> str:
    """Decode the bytes of a data file.

    Raises:
        DataError: ``data_file.encoding`` with the line of the first byte that cannot be read.
    """
    mark = next((name for start, name in _MARKS if data.startswith(start)), None)
    try:
        return data.decode(encoding or mark or "utf-8")
    except LookupError:
        raise UsageError.of("data_file.unknown_encoding", fields={"found": encoding}) from None
    except UnicodeDecodeError as error:
        text = None if encoding or mark else _maybe_chinese(data)
        if text is None:
            line = data.count(b"\n", 0, error.start) + 1
            raise DataError.of("data_file.encoding", line_place(file, line)) from None
        return text


def _maybe_chinese(data: bytes) -> str | None:
    """Decode GB18030, if it is beyond doubt; None else."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if not char.isascii()]
    common = sum(map(_is_common, foreign))
    as_utf8 = data.decode("utf-8", "replace")
    wrong = as_utf8.count("\ufffd")
    right = sum(not char.isascii() for char in as_utf8) - wrong
    is_chinese = len(foreign) >= _LEAST and common >= _COMMON_SHARE * len(foreign)
    return text if is_chinese and wrong > right else None


def _is_common(char: str) -> bool:
    """Tell whether GB2312 has a character: the common ones of simplified Chinese."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _read(source: Source, file: str) -> str | bytes:
    try:
        if source == STANDARD:
            raw: Any = sys.stdin.buffer.read(MAX_BYTES + 1)
        elif isinstance(source, (str, os.PathLike)):
            with Path(source).open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        else:
            raw = source.read()
    except FileNotFoundError:
        raise DataError.of("data_file.missing", Place(file)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError.of("data_file.unreadable", Place(file), fields={"reason": reason}) from None
    if len(raw) > MAX_BYTES:
        fields = {"limit": MAX_BYTES // 1_000_000}
        raise DataError.of("data_file.too_large", Place(file), fields=fields)
    return cast("str | bytes", raw)


def _guess(content: str) -> Format:
    return "json" if _JSON_START.match(content) else "yaml"
