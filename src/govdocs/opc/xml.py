"""XML parts to trees and back. The one place of the library that makes an XML parser.

No entities, no DTD, no network, no trees deeper or texts longer than libxml2's own limits; comments
and processing instructions are kept. This module never opens a file.
"""

from lxml import etree

from govdocs.errors import PackageError, Place
from govdocs.opc.limits import Limits


def parse_xml(data: bytes, place: Place | str = "", limits: Limits | None = None) -> etree._Element:
    """Parse a part and return its root element.

    Args:
        data: the part, in the encoding that it declares.
        place: what problems point to; a text is the part's name.
        limits: the defaults if not given.

    Raises:
        PackageError: the part is no XML, is too large or too deep, or has a DTD.
    """
    place = Place(part=place) if isinstance(place, str) else place
    limits = limits or Limits()
    refuse_large(len(data), place, limits)
    try:
        root = etree.fromstring(data, _make_parser())
    except etree.XMLSyntaxError as error:
        raise _explain(error, data, place) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refuse("package.dtd", place)
    if limits.max_depth < Limits().max_depth and _is_deeper(root, limits.max_depth):
        raise _refuse("package.too_deep", place)
    return root


def refuse_large(size: int, place: Place, limits: Limits) -> None:
    """Raise if a part is too large for a tree."""
    if size > limits.max_tree:
        fields = {"entry": place.part, "size": size, "limit": limits.max_tree}
        raise PackageError.of("package.part_too_large", place, fields=fields)


def serialise_xml(root: etree._Element) -> bytes:
    """Write a whole document as UTF-8: declared as it was, with all that stands beside the root."""
    tree = root.getroottree()
    # "no" is what a document without the word means, and lxml cannot tell the two apart.
    standalone = ' standalone="yes"' if tree.docinfo.standalone else ""
    declaration = f'<?xml version="1.0" encoding="UTF-8"{standalone}?>\n'.encode()
    return declaration + etree.tostring(tree, encoding="UTF-8", xml_declaration=False)


def _make_parser() -> etree.XMLParser:
    """A parser of its own for each part: lxml lets a shared one work for one thread at a time."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=False,
        remove_pis=False,
        remove_blank_text=False,
        strip_cdata=False,
    )


def _explain(error: etree.XMLSyntaxError, data: bytes, place: Place) -> PackageError:
    if any(
        "<!DOCTYPE".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")
    ):
        return _refuse("package.dtd", place)
    reason = (error.msg or "").partition(", line ")[0]
    if "depth" in reason:
        return _refuse("package.too_deep", place)
    spot = (("line", error.lineno),) if error.lineno else ()
    return PackageError.of(
        "package.malformed_xml",
        Place(place.file, place.part, spot),
        fields={"part": place.part, "reason": reason},
    )


def _refuse(code: str, place: Place) -> PackageError:
    return PackageError.of(code, place, fields={"part": place.part})


def _is_deeper(root: etree._Element, depth: int) -> bool:
    return bool(root.getroottree().xpath("boolean(" + "/*" * (depth + 1) + ")"))
