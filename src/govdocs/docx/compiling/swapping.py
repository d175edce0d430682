"""Swap a picture of the template: a tag in its alt text, title or name says which value it shows.

At compile time the reference of such a picture to its media becomes a slot of its own, so that a
filling writes another one there: the picture's place on the page and its size stay, and other
pictures that show the same media are not touched. This module reads no pictures.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml import etree

from govdocs.docx.tree.anchors import Anchor
from govdocs.docx.tree.dialect import MC
from govdocs.docx.tree.streams import Element, Stream, remove
from govdocs.docx.writing.pictures import add_picture
from govdocs.docx.writing.slots import Slot
from govdocs.language import Absent
from govdocs.values.pictures import Image, Seal

_NAMED = ("docPr", "cNvPr", "shape")
_HOLDERS = ("drawing", "pict", "object")


def add_picture_anchors(anchors: list[Anchor]) -> None:
    """Add an anchor for the reference of each picture that is named by a tag.

    before: <docPr descr="§1"/>..<blip r:embed="rId5"/>
    after:  <docPr descr="§1"/>..<blip r:embed="§2"/>     with the same tag
    """
    taken: set[Element] = set()
    for anchor in list(anchors):
        for element, attribute in _references(anchor):
            if element not in taken:
                taken.add(element)
                anchors.append(_anchor_at(element, attribute, anchor, len(anchors)))


def _anchor_at(element: Element, attribute: str, named: Anchor, index: int) -> Anchor:
    stream = Stream("picture", element)
    stream.add(element, element.get(attribute, ""), attribute)
    made = Anchor(index, named.placed, stream, element, writer="_ref")
    element.set(attribute, made.mark)
    for blip_extension in list(element.iter("{*}svgBlip")):
        holder = blip_extension.getparent()
        if holder is not None:
            remove(holder)
    return made


def _references(anchor: Anchor) -> Iterator[tuple[Element, str]]:
    """Yield what the named drawing shows: the elements and attributes that refer to media."""
    owner, tag = anchor.stream.owner, anchor.placed.tag
    if anchor.stream.kind != "attribute" or tag.kind != "expr" or anchor.stream.text != tag.text:
        return
    if etree.QName(owner).localname not in _NAMED:
        return
    holder = next((up for up in owner.iterancestors() if _local(up) in _HOLDERS), None)
    if holder is None:
        return
    yield from _media_of(holder)
    for branch in _other_branches(holder):
        yield from _media_of(branch)


def _media_of(holder: Element) -> Iterator[tuple[Element, str]]:
    for element in holder.iter("{*}blip", "{*}imagedata"):
        for key in map(str, element.attrib):
            if key.endswith(("elationships}embed", "elationships}id")):
                yield element, key


def _other_branches(holder: Element) -> Iterator[Element]:
    """Yield the other branches of a choice that holds nothing but this drawing."""
    branch = holder.getparent()
    if branch is None or etree.QName(branch).namespace != MC:
        return
    alternatives = branch.getparent()
    if alternatives is not None:
        yield from (one for one in alternatives.iterchildren(etree.Element) if one is not branch)


def _local(element: Element) -> str:
    return etree.QName(element).localname


def reference_writer(slots: Sequence[Slot]) -> Callable[[Any, int], str]:
    """Return the filter that writes, into slot ``number``, which picture is to be shown."""

    def write(value: Any, number: int) -> str:
        return write_reference(value, slots[number])

    return write


def write_reference(value: object, slot: Slot) -> str:
    """Write the reference to the value's picture, or the template's own if it is none."""
    if isinstance(value, Absent):
        value.use()
        return slot.properties
    if isinstance(value, Seal) and value.source is not None:
        value = Image(value.source)
    if isinstance(value, Image):
        return add_picture(value, slot).rel_id
    return slot.properties
