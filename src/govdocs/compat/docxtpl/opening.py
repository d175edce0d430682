"""Open a template with python-docx, macro-enabled ones and Word's own templates too."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import docx

from govdocs.docx.tree.parts import may_hold_tag

_PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
_OTHERS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": _PLAIN,
    _MACRO: _MACRO,
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": _MACRO,
}
_TYPES = "[Content_Types].xml"

_TEXTS = (
    *("document.main+xml", "template.main+xml", "document.macroEnabled.main+xml"),
    *("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "wordprocessingml.comments+xml"),
    *("drawingml.chart+xml", "diagramData+xml", "diagramDrawing+xml"),
)
_DATA = "application/xml"
_PROPERTIES = ("core-properties+xml", "extended-properties+xml", "custom-properties+xml")


def text_kind(content_type: str) -> str:
    """Tell how a part shows text: ``paragraphs``, ``properties``, or not at all (empty).

    Custom XML is the data that content controls show.
    """
    if content_type.endswith(_TEXTS):
        return "paragraphs"
    return "properties" if content_type.endswith((*_PROPERTIES, _DATA)) else ""


def open_document(source: IO[bytes] | str | os.PathLike[str]) -> Any:
    """Open a Word file; what a template makes is a document, with macros if it has any.

    Raises:
        docx.opc.exceptions.PackageNotFoundError: there is no such file; as a ``Path``,
            FileNotFoundError.
    """
    given: Any = source
    if not _is_archive(given):
        return docx.Document(given)
    with zipfile.ZipFile(given) as archive:
        types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
    for found, becomes in _OTHERS.items():
        if f'"{found}"'.encode() in types:
            document = docx.Document(
                _as_plain(given, types.replace(found.encode(), _PLAIN.encode()))
            )
            document.part._content_type = becomes  # noqa: SLF001 - python-docx refuses it at opening
            return document
    return docx.Document(given)


def _is_archive(source: Any) -> bool:
    is_path = isinstance(source, (str, os.PathLike))
    return (not is_path or Path(source).is_file()) and zipfile.is_zipfile(source)


def _as_plain(source: Any, types: bytes) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, types if entry.filename == _TYPES else old.read(entry))
    buffer.seek(0)
    return buffer


def parts_with_tags(document: Any, *, everywhere: bool = False) -> Iterator[Any]:
    """Yield the parts that show text and may hold tags.

    Args:
        document: the python-docx document.
        everywhere: also body, headers, footers and core properties, which are rendered apart.
    """
    for part in list(document.part.package.iter_parts()):
        name = part.content_type
        apart = name.endswith(("header+xml", "footer+xml", "main+xml", "core-properties+xml"))
        wanted = text_kind(name) and (everywhere or not apart)
        if wanted and may_hold_tag(part.blob) and (name != _DATA or b"{{" in part.blob):
            yield part
