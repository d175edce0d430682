"""What has a name in a Word part: content controls, bookmarks, pictures with an alt text, charts.

A thing that stands in a part twice, once for newer readers and once for older ones, is one thing.
Nothing here changes anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.compiling.chart_frames import charts_of
from govdocs.docx.tree.dialect import MC, Dialect
from govdocs.docx.tree.streams import Element

_FALLBACK = f"{{{MC}}}Fallback"
_MEDIA = ("{*}blip", "{*}imagedata")
_DRAWN = ("drawing", "pict", "object")


@dataclass(slots=True, eq=False)
class Holder:
    """A named thing.

    Attributes:
        kind: ``control``, ``bookmark``, ``picture`` or ``chart``.
        names: those that it is known by.
        element: ``w:sdt``, ``w:bookmarkStart``, or the element with the alt text.
        twins: the same for older readers.
    """

    kind: str
    names: tuple[str, ...]
    part: str
    element: Element
    twins: list[Element] = field(default_factory=list)


def find_holders(root: Element, part: str, w: Dialect) -> list[Holder]:
    """Find everything in a part that has a name, in document order."""
    found: list[Holder] = []
    for one in _named(root, part, w):
        twin = _twin_of(one, found)
        if twin is None:
            found.append(one)
        else:
            twin.twins.append(one.element)
    return found


def _named(root: Element, part: str, w: Dialect) -> Iterator[Holder]:
    for element in root.iter(etree.Element):
        kind, names = _names_of(element, w)
        kept = tuple(dict.fromkeys(name for name in names if name))
        if kept:
            yield Holder(kind, kept, part, element)


def _names_of(element: Element, w: Dialect) -> tuple[str, list[str]]:
    """Name the kind of an element and list what it is called."""
    if element.tag == w.q("sdt"):
        return "control", [property_of(element, w, name) for name in ("tag", "alias")]
    if element.tag == w.q("bookmarkStart"):
        return "bookmark", [str(element.get(w.q("name"), ""))]
    local = etree.QName(element).localname
    if local in ("docPr", "cNvPr") and charts_of(element):
        return "chart", [str(element.get(name, "")) for name in ("descr", "title", "name")]
    if local == "docPr" and is_picture(element):
        return "picture", [str(element.get(name, "")) for name in ("descr", "title")]
    if local == "shape" and is_picture(element):
        return "picture", [str(element.get("alt", ""))]
    return "", []


def property_of(sdt: Element, w: Dialect, name: str) -> str:
    """Return the value of a content control's property; empty if it has none."""
    found = sdt.find(f"{w.q('sdtPr')}/{w.q(name)}")
    return "" if found is None else str(found.get(w.q("val"), ""))


def is_picture(named: Element) -> bool:
    """Tell whether the drawing that an element describes shows a picture."""
    for up in named.iterancestors():
        if etree.QName(up).localname in _DRAWN:
            return next(up.iter(*_MEDIA), None) is not None
    return False


def _twin_of(one: Holder, found: list[Holder]) -> Holder | None:
    """Return what ``one`` says again for older readers."""
    fallback = next(one.element.iterancestors(_FALLBACK), None)
    if fallback is None:
        return None
    alternatives = fallback.getparent()
    for other in found:
        is_alike = other.kind == one.kind and set(other.names) & set(one.names) and not other.twins
        if is_alike and any(up is alternatives for up in other.element.iterancestors()):
            return other
    return None
