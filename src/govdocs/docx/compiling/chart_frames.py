"""The charts that a document shows: found in its parts, and told apart where a loop repeats them.

A chart stands in a part of its own; a frame in the text refers to it. A frame whose alt text,
title or name is a tag takes its data from that tag. A frame in a loop is written once for each
pass, with a part of its own for each, and its texts know the loop's names: they are compiled where
the frame stands.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from govdocs.charts import ChartFacts, read_facts
from govdocs.charts.parts import EXTENDED, NAMESPACES
from govdocs.docx.compiling.guards import Guard, token
from govdocs.docx.tree.anchors import Anchor, Inserts
from govdocs.docx.tree.looping import in_loops
from govdocs.docx.tree.streams import Element, Stream
from govdocs.errors import DataError, Place, Problem
from govdocs.language import Placed, Source
from govdocs.opc import Package

_CHARTS = tuple(f"{{{one}}}chart" for one in NAMESPACES)
_EXTENDED = f"{{{EXTENDED}}}chart"
_ITS_KIND = re.compile(r"(?:图表|Chart|chart)\s*")
_HOLDERS = {"docPr": ("inline", "anchor"), "cNvPr": ("graphicFrame",)}
"""What has a name -> what it is the name of; a part of a group has one of its own."""


@dataclass(slots=True, eq=False)
class Frame:
    """A frame that shows a chart.

    Attributes:
        number: among all of the template.
        host: the part that it stands in.
        rel_id: of the relationship that leads to the chart.
        part: of the chart.
        in_loop: whether it may be printed more than once.
        facts: of the chart, where data are bound to it.
        source: of the chart's part, where it is compiled with its frame.
    """

    number: int
    host: str
    rel_id: str
    part: str
    in_loop: bool
    facts: ChartFacts | None = None
    source: Source | None = None

    @property
    def is_bound(self) -> bool:
        """Whether a tag gives it data."""
        return self.facts is not None


@dataclass(slots=True)
class Frames:
    """The frames of one template.

    Attributes:
        package: the template.
        of_books: the charts that take their data from tags in their own workbook.
        listed: by number.
    """

    package: Package
    of_books: Collection[str] = ()
    listed: list[Frame] = field(default_factory=list)
    _by_element: dict[Element, Frame] = field(default_factory=dict)

    def find(self, roots: Mapping[str, Element]) -> None:
        """Find the frames of all parts, before any tag is taken out."""
        for host, root in roots.items():
            found = list(root.iter(*_CHARTS))
            if not found:
                continue
            looping = set(in_loops(root, _CHARTS))
            relations = {one.id: one.part for one in self.package.relationships(host)}
            for element in found:
                rel_id = _reference(element)
                part = relations.get(rel_id) or ""
                if rel_id and part in self.package:
                    made = Frame(len(self.listed), host, rel_id, part, element in looping)
                    self.listed.append(made)
                    self._by_element[element] = made

    def add_anchors(self, anchors: list[Anchor]) -> Iterator[Problem]:
        """Add an anchor for each frame that is named by a tag; yield what is wrong with them.

        before: <docPr descr="§1"/>..<chart r:id="rId5"/>
        after:  <docPr descr="§1"/>..<chart r:id="§2"/>     with the same tag
        """
        taken: set[Element] = set()
        for anchor in list(anchors):
            for element in _named_by(anchor):
                if element in taken:
                    continue
                taken.add(element)
                anchor.placed = _placed(anchor)
                try:
                    frame = self._bind(element)
                except DataError as error:
                    inner = error.problems[0]
                    yield Problem(inner.code, (anchor.placed.place,), inner.fields)
                    continue
                anchor.writer = "_chart_alt"
                anchors.append(_anchor_at(frame, element, anchor, len(anchors)))

    def _bind(self, element: Element) -> Frame:
        if element.tag == _EXTENDED:
            raise DataError.of("chart.of_other_kind", fields={"kind": "chartex"})
        frame = self._by_element.get(element)
        if frame is None:
            raise DataError.of("chart.missing_part")
        if frame.part in self.of_books:
            raise DataError.of("chart.tags_in_workbook")
        frame.facts = read_facts(self.package.parse(frame.part))
        return frame

    def conflicts(self) -> Iterator[Problem]:
        """Yield the charts that stand in a loop although their workbook knows none of its names."""
        for one in self.listed:
            if one.in_loop and one.part in self.of_books:
                place = Place(
                    self.package.name, one.host, (("chart", one.part.rpartition("/")[2]),)
                )
                yield Problem("chart.workbook_in_loop", (place,))

    def multiply(self, root: Element, inserts: Inserts) -> None:
        """Let the frames of a part that stand in loops have a chart for each pass.

        before: <chart r:id="rId5"/>
        after:  <chart r:id="§1">‹§2 the chart's own source›</chart>
        """
        for element in root.iter(*_CHARTS):
            frame = self._by_element.get(element)
            if frame is None or not frame.in_loop:
                continue
            if not frame.is_bound:
                element.set(_key(element), inserts.value(f"{frame.number}|_chart_copy"))
            if frame.source is not None:
                serial = inserts.value("0|_chart_serial")
                begin, end = token(Guard.CHART), token(Guard.CHART_END)
                own = inserts.source(frame.source)
                element.text = inserts.text(begin) + serial + own + inserts.text(end)

    def forget_trees(self) -> None:
        """Let go of the template's trees, when all is compiled."""
        self._by_element.clear()

    def texts_in_loops(self) -> dict[str, list[Frame]]:
        """Name the charts that stand in loops, with the frames that show them."""
        found: dict[str, list[Frame]] = {}
        for one in self.listed:
            if one.in_loop:
                found.setdefault(one.part, []).append(one)
        return found


def _placed(anchor: Anchor) -> Placed:
    """Say at which chart a tag stands."""
    place = anchor.placed.place
    name = _ITS_KIND.sub("", anchor.stream.owner.get("name", ""))
    if not name or any(step[0] == "chart" for step in place.spot):
        return anchor.placed
    return replace(anchor.placed, place=replace(place, spot=(*place.spot, ("chart", name))))


def _anchor_at(frame: Frame, element: Element, named: Anchor, index: int) -> Anchor:
    stream = Stream("chart", element)
    stream.text = str(frame.number)
    made = Anchor(index, named.placed, stream, element, writer="_chart")
    element.set(_key(element), made.mark)
    return made


def _named_by(anchor: Anchor) -> Iterable[Element]:
    """List the charts that the drawing shows which an anchor names, if it is all of the name."""
    owner, tag = anchor.stream.owner, anchor.placed.tag
    if anchor.stream.kind != "attribute" or tag.kind != "expr" or anchor.stream.text != tag.text:
        return ()
    if etree.QName(owner).localname not in _HOLDERS:
        return ()
    return charts_of(owner)


def charts_of(named: Element) -> list[Element]:
    """List what refers to charts in the drawing that an element describes."""
    holders = _HOLDERS[etree.QName(named).localname]
    for up in named.iterancestors():
        if etree.QName(up).localname in holders:
            return list(up.iter(*_CHARTS, _EXTENDED))
    return []


def _reference(element: Element) -> str:
    key = _key(element)
    return str(element.get(key, "")) if key else ""


def _key(element: Element) -> str:
    """Return the name of the attribute that leads to the chart."""
    found = (str(key) for key in element.attrib if str(key).endswith("elationships}id"))
    return next(found, "")
