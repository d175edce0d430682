"""Many filled documents of one template joined into one: a section for each record.

Each record keeps its own headers and footers, begins its lists anew and, where it begins a page,
its page numbers too. This module fills nothing: it gets the filled packages.
"""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from govdocs.docx.tree.streams import remove
from govdocs.docx.writing.additions import get_value, set_value
from govdocs.docx.writing.grafting import Graft, bring_relations
from govdocs.docx.writing.shelf import Shelf
from govdocs.opc import Draft, Package, serialise_xml

Element = etree._Element  # noqa: SLF001
_TYPES = {"page": "nextPage", "section": "continuous"}
_REFERENCES = ("headerReference", "footerReference")
_BEFORE_TYPE = (*_REFERENCES, "footnotePr", "endnotePr")
_BEFORE_NUMBERS = (*_BEFORE_TYPE, "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType")


def join_records(packages: Sequence[Package], kind: str) -> Draft:
    """Join filled documents of one template.

    Args:
        packages: one for each record, at least one.
        kind: ``page`` begins each record on a new page, numbered from 1, its footnotes too;
            ``section`` goes on where the one before ends.
    """
    first = packages[0]
    shelf = Shelf(first.edit(), first)
    root = first.parse(first.main)
    body = root.find("{*}body")
    assert body is not None
    for package in packages[1:]:
        _close_section(body)
        _append(body, package, shelf, kind)
    shelf.settle()
    shelf.draft.replace(first.main, serialise_xml(root))
    return shelf.draft


def _append(body: Element, package: Package, shelf: Shelf, kind: str) -> None:
    graft = Graft(package, shelf, shelf.package.main, restarts_headings=True)
    source = package.parse(package.main).find("{*}body")
    has_notes = source is not None and source.find(".//{*}footnoteReference") is not None
    for block in [] if source is None else list(source.iterchildren(etree.Element)):
        copy = deepcopy(block)
        copy.tail = None
        graft.bring(copy)
        bring_relations(copy, package, package.main, shelf, shelf.package.main)
        body.append(copy)
        if not graft.is_begun:
            for section in copy.iter("{*}sectPr"):
                _begin_record(section, kind)
                if kind == "page" and has_notes:
                    _restart_footnotes(section, etree.QName(section).namespace)
                graft.is_begun = True


def _close_section(body: Element) -> None:
    """Let the last section end in its last paragraph, so that another can follow.

    before: <p/><sectPr/>        after: <p><pPr><sectPr/></pPr></p>
    """
    last = _last(body)
    if last is None or etree.QName(last).localname != "sectPr":
        return
    remove(last)
    last.tail = None
    namespace = etree.QName(body).namespace
    end = _last(body)
    if end is None or etree.QName(end).localname != "p" or end.find("{*}pPr/{*}sectPr") is not None:
        end = etree.SubElement(body, f"{{{namespace}}}p")
    properties = end.find("{*}pPr")
    if properties is None:
        properties = etree.Element(f"{{{namespace}}}pPr")
        end.insert(0, properties)
    change = properties.find("{*}pPrChange")
    properties.append(last)
    if change is not None:
        properties.append(change)


def _last(body: Element) -> Element | None:
    return next(body.iterchildren(etree.Element, reversed=True), None)


def _begin_record(section: Element, kind: str) -> None:
    """Set how the record's first section begins, and its first page number."""
    namespace = etree.QName(section).namespace
    _put(section, f"{{{namespace}}}type", _BEFORE_TYPE, "val", _TYPES[kind])
    if kind == "page":
        _put(section, f"{{{namespace}}}pgNumType", _BEFORE_NUMBERS, "start", "1")


def _restart_footnotes(section: Element, namespace: str) -> None:
    """Let the record's footnotes begin at 1, unless the template says how they are numbered.

    before: <sectPr><headerReference/><type/></sectPr>
    after:  <sectPr><headerReference/><footnotePr><numRestart val="eachSect"/></footnotePr>...
    """
    notes = section.find(f"{{{namespace}}}footnotePr")
    if notes is None:
        notes = etree.Element(f"{{{namespace}}}footnotePr")
        children = section.iterchildren(etree.Element)
        heads = [one for one in children if etree.QName(one).localname in _REFERENCES]
        section.insert(section.index(heads[-1]) + 1 if heads else 0, notes)
    if notes.find("{*}numRestart") is None and notes.find("{*}numStart") is None:
        set_value(etree.SubElement(notes, f"{{{namespace}}}numRestart"), "val", "eachSect")


def _put(section: Element, tag: str, before: Sequence[str], attribute: str, value: str) -> None:
    found = section.find(tag)
    if found is None:
        found = etree.Element(tag)
        children = section.iterchildren(etree.Element)
        earlier = [one for one in children if etree.QName(one).localname in before]
        section.insert(section.index(earlier[-1]) + 1 if earlier else 0, found)
    if attribute != "start" or not get_value(found, "start"):
        set_value(found, attribute, value)
