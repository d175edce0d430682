"""Replace pictures, media and embedded documents of a document that is being saved."""

import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from govdocs.compat.docxtpl.drawings import media_part
from govdocs.compat.docxtpl.opening import text_kind
from govdocs.opc import save_atomically
from govdocs.values.pictures import read_picture

_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def content(source: Any) -> bytes:
    """Read a path or a binary file."""
    if hasattr(source, "read"):
        return bytes(source.read())
    with open(source, "rb") as file:  # noqa: PTH123 - whatever open takes
        return file.read()


def checksum(source: Any) -> int:
    """Return the checksum of a path or a binary file."""
    return zlib.crc32(content(source)) & 0xFFFFFFFF


def map_pictures(document: Any) -> dict[str, Any]:
    """List the pictures of a document: name of file to where its media is, and the media part."""
    found: dict[str, Any] = {}
    for part, blip, _ in _pictures(document):
        rel = part.rels.get(blip.get(_EMBED))
        named = next(blip.iterancestors("{*}pic"), blip).find("{*}nvPicPr/{*}cNvPr")
        if rel is not None and not rel.is_external and named is not None:
            found[named.get("name", "")] = rel.target_ref, rel.target_part
    return found


def _pictures(document: Any) -> Iterator[tuple[Any, Any, list[str]]]:
    """Yield each picture: the part it stands in, its blip, and what it is called."""
    for part in document.part.package.iter_parts():
        if text_kind(part.content_type) != "paragraphs" or not part.rels:
            continue
        root = getattr(part, "_element", None)
        owned = root if root is not None else etree.fromstring(part.blob)
        for holder in owned.iter("{*}drawing"):
            names = _names(holder)
            for blip in holder.iter("{*}blip"):
                if blip.get(_EMBED):
                    yield part, blip, names
        if root is None:
            part._pending = owned  # noqa: SLF001 - written back by replace_pictures


def _names(holder: Any) -> list[str]:
    return [
        value
        for named in holder.iter("{*}docPr", "{*}cNvPr")
        for key in ("name", "title", "descr")
        if (value := named.get(key))
    ]


def replace_pictures(document: Any, wanted: Mapping[str, bytes], *, allow_missing: bool) -> None:
    """Show other pictures in place of those named; others that show the same media keep it.

    Raises:
        ValueError: a picture is not there, unless ``allow_missing``.
    """
    pictures = list(_pictures(document))
    uses: dict[int, int] = {}
    for part, blip, _ in pictures:
        rel = part.rels.get(blip.get(_EMBED))
        if rel is not None and not rel.is_external:
            uses[id(rel.target_part)] = uses.get(id(rel.target_part), 0) + 1
    for name, data in wanted.items():
        matching = [one for one in pictures if any(_is_called(each, name) for each in one[2])]
        if not matching and not allow_missing:
            raise ValueError(f"Picture {name} not found in the docx template")
        hits = [(p, b) for p, b, _ in matching if b.get(_EMBED) in p.rels]
        _show(hits, data, uses)
    for part in document.part.package.iter_parts():
        pending = part.__dict__.pop("_pending", None)
        if pending is not None and any(one[0] is part for one in pictures):
            part._blob = etree.tostring(  # noqa: SLF001
                pending, encoding="UTF-8", xml_declaration=True, standalone=True
            )


def _is_called(found: str, name: str) -> bool:
    return found == name or os.path.basename(found) == name  # noqa: PTH119 - a name, maybe no path


def _show(hits: list[tuple[Any, Any]], data: bytes, uses: dict[int, int]) -> None:
    """Put the picture into its media part where nothing else shows that and it is of one kind."""
    picture = read_picture(data)
    shown: dict[int, int] = {}
    for part, blip in hits:
        media = part.rels[blip.get(_EMBED)].target_part
        shown[id(media)] = shown.get(id(media), 0) + 1
    for part, blip in hits:
        media = part.rels[blip.get(_EMBED)].target_part
        alone = uses.get(id(media), 0) <= shown[id(media)]
        if alone and media.content_type == picture.content_type:
            media._blob = data  # noqa: SLF001
        else:
            made = media_part(part, picture)
            blip.set(_EMBED, part.relate_to(made, RELATIONSHIP_TYPE.IMAGE))


def replace_entries(
    target: Any, by_crc: Mapping[str, Mapping[int, bytes]], by_name: Mapping[str, bytes]
) -> None:
    """Replace entries of an archive (a path, a file): by checksum in a folder, or by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            for folder, wanted in by_crc.items():
                if entry.filename.startswith(folder) and entry.CRC in wanted:
                    data = wanted[entry.CRC]
            new.writestr(entry, by_name.get(entry.filename, data))
    if hasattr(target, "seek"):
        target.seek(0)
        target.truncate()
    write_out(made.getvalue(), target)


def write_out(data: bytes, target: Any) -> None:
    """Write a file: whole or not at all where it is a path."""
    if hasattr(target, "write"):
        target.write(data)
    else:
        save_atomically(os.fspath(target), data)
