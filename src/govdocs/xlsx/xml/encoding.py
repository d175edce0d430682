"""Parts as UTF-8, whatever they were written in, and the escapes of texts in cells.

Offsets of the engine count in UTF-8 bytes, so a part in UTF-16 or GB18030 is turned on its way in.
Texts of cells hold characters that XML cannot as ``_xHHHH_`` (ECMA-376 Part 1, 22.4.2.4); a text
that looks like such an escape has its underscore escaped. Nothing here knows cells.
"""

import codecs
import re
from collections.abc import Iterable, Iterator

_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARED = re.compile(r"(<\?xml[^>]*?\sencoding\s*=\s*[\"'])[A-Za-z0-9._-]+")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_IN_ATTRIBUTE = re.compile("[&<>\"'\t\n\r]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


def as_utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a part in UTF-8 without a byte order mark; UTF-8 goes through as it is."""
    waiting = iter(chunks)
    first = next(waiting, b"")
    encoding = _encoding_of(first)
    if encoding == "utf-8":
        yield first
        yield from waiting
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    head = decoder.decode(first)
    yield _DECLARED.sub(r"\g<1>UTF-8", head, count=1).encode()
    for chunk in waiting:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", True).encode()


def _encoding_of(head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    found = _DECLARATION.match(head[:400])
    name = found[1].decode().lower() if found else "utf-8"
    try:
        return "utf-8" if name in {"utf-8", "utf8", "us-ascii"} else codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def unescape_text(text: str) -> str:
    """Read the escapes in a cell's text: ``a_x000D_b`` holds a carriage return."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def escape_text(text: str) -> str:
    """Write a cell's text as XML: entities, and escapes for what XML cannot hold."""
    return _SPECIAL.sub(_write_special, text)


def escape_attribute(text: str) -> str:
    """Write a text as the value of an attribute; line breaks and tabs stay what they are."""
    return _IN_ATTRIBUTE.sub(lambda found: _ENTITIES.get(found[0], f"&#{ord(found[0])};"), text)


def escape_markup(text: str) -> str:
    """Write a text as XML where nothing but entities is escaped: formulas."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _write_special(found: re.Match[str]) -> str:
    char = found[0]
    return _ENTITIES.get(char) or f"_x{ord(char):04X}_"
