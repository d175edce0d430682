"""Compare two Office files part by part: as bytes, or as canonical XML."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from difflib import unified_diff
from pathlib import Path

from lxml import etree

Source = Path | bytes


def read_parts(source: Source) -> dict[str, bytes]:
    """Read every entry of a package, in the order of the archive."""
    with zipfile.ZipFile(io.BytesIO(_content(source))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_compressed(source: Source) -> dict[str, bytes]:
    """Read every entry of a package as the compressed bytes that it is stored as."""
    content = _content(source)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            entry.filename: _compressed_bytes(content, entry.header_offset, entry.compress_size)
            for entry in archive.infolist()
        }


def write_package(parts: dict[str, bytes | str]) -> bytes:
    """Make an archive of parts, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def replace_parts(source: Source, parts: dict[str, bytes | str]) -> bytes:
    """Make a copy of a package with some parts replaced or added."""
    return write_package({**read_parts(source), **parts})


def canonical_lines(xml: bytes) -> list[str]:
    """Write XML in its canonical form, one tag or text per line."""
    canonical = etree.tostring(etree.fromstring(xml), method="c14n").decode()
    return [piece for piece in re.split(r"(?<=>)|(?=<)", canonical) if piece]


def different_parts(actual: Source, expected: Source) -> list[str]:
    """Name the parts that are not byte for byte the same, or stand in one package only."""
    ours, theirs = read_parts(actual), read_parts(expected)
    return [name for name in {**theirs, **ours} if ours.get(name) != theirs.get(name)]


def diff_packages(actual: Source, expected: Source, ignore: Collection[str] = ()) -> str:
    """Write how two packages differ as canonical XML; an empty text if they do not."""
    ours, theirs = read_parts(actual), read_parts(expected)
    names = [name for name in {**theirs, **ours} if name not in ignore]
    return "\n".join(
        line for name in names for line in _diff_part(name, ours.get(name), theirs.get(name))
    )


def _diff_part(name: str, ours: bytes | None, theirs: bytes | None) -> Iterator[str]:
    if ours == theirs:
        return
    if ours is None or theirs is None:
        yield f"{name}: only in the {'actual' if theirs is None else 'expected'} package"
    elif name.endswith((".xml", ".rels", ".vml")):
        expected, actual = canonical_lines(theirs), canonical_lines(ours)
        yield from unified_diff(expected, actual, f"{name} expected", f"{name} actual", lineterm="")
    else:
        yield f"{name}: {len(theirs)} bytes expected, {len(ours)} other bytes found"


def _content(source: Source) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _compressed_bytes(content: bytes, offset: int, size: int) -> bytes:
    name_size = int.from_bytes(content[offset + 26 : offset + 28], "little")
    extra_size = int.from_bytes(content[offset + 28 : offset + 30], "little")
    start = offset + 30 + name_size + extra_size
    return content[start : start + size]
