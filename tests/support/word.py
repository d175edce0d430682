"""Make Word packages from the short notation, fill them, and read the outcome in the notation."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from govdocs.template import Document, Template
from tests.support.notation import NAMESPACES, read_xml, write_xml
from tests.support.packages import read_parts, write_package
from tests.support.soundness import assert_sound

_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument."
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = {
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
}


def wrap(root: str, inner: str) -> str:
    """Write a whole part: declaration, root element with all namespaces, content."""
    return f'{_HEAD}<w:{root} {_DECLARED} mc:Ignorable="w14">{inner}</w:{root}>'


def word_package(
    body: str,
    *,
    main_type: str = "wordprocessingml.document.main+xml",
    extra: Mapping[str, tuple[str, str]] | None = None,
    **parts: str,
) -> bytes:
    """Make a package.

    Args:
        body: of the main document, in the notation, or as XML where it begins with ``<``.
        main_type: content type of the main part.
        extra: name of a part -> content type and content, as they are.
        parts: ``header``, ``footer``, ``footnotes``, ``comments``, ``numbering``, ...: content.
    """
    contents = {"word/document.xml": wrap("document", f"<w:body>{_xml(body, 'body')}</w:body>")}
    types = {"word/document.xml": _full(main_type)}
    links = []
    for name, content in parts.items():
        part = f"word/{name}.xml"
        contents[part] = wrap(_ROOTS[name], _xml(content, _ROOTS[name]))
        types[part] = f"{_OFFICE}wordprocessingml.{name}+xml"
        links.append((name, f"{name}.xml"))
    for part, (content_type, content) in (extra or {}).items():
        contents[part], types[part] = content, content_type
    if links:
        contents["word/_rels/document.xml.rels"] = _rels(links)
    main = [("officeDocument", "word/document.xml")]
    return write_package(
        {"[Content_Types].xml": _content_types(types), "_rels/.rels": _rels(main), **contents}
    )


def _xml(content: str, parent: str) -> str:
    return content if content.lstrip().startswith("<") else write_xml(content, parent)


def _full(main_type: str) -> str:
    return main_type if main_type.startswith("application/") else _OFFICE + main_type


def _content_types(types: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _rels(links: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{namespace}">{items}</Relationships>'


def fill_package(body: str, data: Mapping[str, Any] | None = None, **options: Any) -> Document:
    """Fill a template made from the notation; what comes out is checked to be sound."""
    arguments = {name: options.pop(name) for name in ("missing",) if name in options}
    made = {name: options.pop(name) for name in ("filters", "globals", "bind") if name in options}
    template = word_package(body, **options)
    document = Template(template, **made).fill(data or {}, **arguments)
    assert_sound(bytes(document), template)
    return document


def fill_body(body: str, data: Mapping[str, Any] | None = None, **options: Any) -> str:
    """Fill a template made from the notation; return its body in the notation."""
    return read_body(bytes(fill_package(body, data, **options)))


def read_body(document: bytes) -> str:
    """Read the body of the main document in the notation."""
    root = part_of(document)
    body = root.find("w:body", NAMESPACES)
    assert body is not None
    return read_xml(body)


def part_of(document: bytes | Document, name: str = "word/document.xml") -> etree._Element:
    """Parse a part of a filled document."""
    return etree.fromstring(read_parts(bytes(document))[name])
