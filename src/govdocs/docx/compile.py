"""Compile one part: its tree and its tags become a program with slots.

The order of work: find the tags in the part's texts, put anchors in their places, pair and lift the
blocks, give each printed tag its slot, guard what could be left empty, serialise. Faults are
gathered on the way and told all at once; with a fault there is no program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from govdocs.docx.anchors import CLOSE, OPEN, Anchor, lift_to_runs, put_before, take_out
from govdocs.docx.dialect import WORD
from govdocs.docx.guards import guard_text, set_guards
from govdocs.docx.landing import slot_of
from govdocs.docx.lifting import Lifting, check_nesting
from govdocs.docx.marks import MARKS, apply_marks
from govdocs.docx.parts import count_elements, spot_of, streams_of
from govdocs.docx.slots import Slot
from govdocs.docx.streams import Element, Stream, remove
from govdocs.docx.swapping import add_picture_anchors
from govdocs.errors import Place, Problem
from govdocs.language import Block, Fault, Placed, Program, Sandbox, Source, check_tag, pair, scan

_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}


@dataclass(slots=True)
class CompiledPart:
    """A part that holds tags.

    Attributes:
        name: of the part.
        program: renders to the part's whole XML.
        slots: by number; the program's filter ``_t`` writes into them.
        guarded: whether the rendered text has guards to resolve.
        w: prefix of WordprocessingML, with its colon.
    """

    name: str
    program: Program
    slots: tuple[Slot, ...]
    guarded: bool
    w: str


@dataclass(slots=True)
class PartCompiler:
    """The compiling of one part.

    Attributes:
        name: of the part.
        root: its tree; it is changed.
        kind: ``paragraphs`` or ``properties``.
        environment: of the template.
        slots: the template's slots; this part's are appended.
    """

    name: str
    root: Element
    kind: str
    environment: Sandbox
    slots: list[Slot]
    anchors: list[Anchor] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def compile(self) -> CompiledPart | None:
        """Return the compiled part; None where it holds no tags, or faults were found."""
        self._find_tags()
        add_picture_anchors(self.anchors)
        blocks = self._pair()
        self._check_tags()
        if self.problems or not self.anchors:
            return None
        landing = {anchor.index: self._slot(anchor) for anchor in self.anchors}
        apply_marks(self.anchors)
        lifting = Lifting(self.anchors, blocks)
        lifting.run()
        self._lift_values()
        self.problems += lifting.problems or check_nesting(self.root, self.anchors, blocks)
        if self.problems:
            return None
        guarded = set_guards(self.root, self.anchors)
        source = self._source(landing)
        program = Program(self.environment, self.name, source)
        return CompiledPart(self.name, program, tuple(self.slots), guarded, self._w())

    def _find_tags(self) -> None:
        counts: dict[Element, int] = {}
        for stream in list(streams_of(self.root, self.kind)):
            if "{" not in stream.text and "｛" not in stream.text and "}" not in stream.text:
                continue
            counts = counts or count_elements(self.root)
            self._take_stream(stream, Place(part=self.name, spot=spot_of(stream.owner, counts)))

    def _take_stream(self, stream: Stream, place: Place) -> None:
        tags, broken = scan(stream.text)
        for one in broken:
            where = replace(place, tag=one.text)
            self.problems.append(Problem("template.broken_tag", (where,), {"tag": one.text}))
        edits: list[tuple[int, int, str, Anchor | None]] = []
        for tag in tags:
            placed = Placed(tag, replace(place, tag=tag.text))
            anchor = Anchor(len(self.anchors), placed, stream, stream.owner)
            self.anchors.append(anchor)
            edits.append((tag.start, tag.end, anchor.mark, anchor))
        edits += [(start, end, text, None) for start, end, text in _escapes(stream.text, tags)]
        for start, end, text, anchor in sorted(edits, key=lambda edit: edit[0], reverse=True):
            node = stream.replace(start, end, text)
            if anchor is not None:
                anchor.node = node

    def _pair(self) -> list[Block]:
        blocks, faults = pair([anchor.placed.tag for anchor in self.anchors], MARKS)
        self.problems += [self._problem(fault) for fault in faults]
        return blocks

    def _problem(self, fault: Fault) -> Problem:
        placed = self.anchors[fault.index].placed
        return Problem(fault.code, (placed.place,), {"tag": placed.tag.text, **fault.fields})

    def _check_tags(self) -> None:
        found = (check_tag(self.environment, anchor.placed) for anchor in self.anchors)
        self.problems += [problem for problem in found if problem is not None]

    def _slot(self, anchor: Anchor) -> Slot | None:
        return slot_of(anchor) if anchor.placed.tag.kind == "expr" else None

    def _lift_values(self) -> None:
        """Let ``{{r x}}`` stand between runs and ``{{p x}}`` in place of its paragraph."""
        for anchor in self.anchors:
            tag, dialect = anchor.placed.tag, anchor.stream.dialect
            if tag.kind != "expr" or dialect is None or anchor.stream.kind != "text":
                continue
            node = self._node_of(anchor)
            if tag.prefix == "r" and (run := node.getparent()) is not None:
                parent = run.getparent()
                anchor.node = node
                assert parent is not None
                lift_to_runs(anchor, parent, dialect)
            elif tag.prefix == "p":
                anchor.node = node
                take_out(anchor)
                put_before(anchor.stream.owner, anchor.mark)
                rest = "".join(t.text or "" for t in anchor.stream.owner.iter(dialect.t))
                if not rest.strip():
                    remove(anchor.stream.owner)

    def _node_of(self, anchor: Anchor) -> Element:
        if anchor.mark in (anchor.node.text or ""):
            return anchor.node
        for node in anchor.stream.owner.iter(anchor.node.tag):
            if anchor.mark in (node.text or ""):
                return node
        return anchor.node

    def _source(self, landing: dict[int, Slot | None]) -> Source:
        source = Source()
        document = _serialise(self.root)
        first, *rest = document.split(OPEN)
        source.text(first)
        for piece in rest:
            name, _, text = piece.partition(CLOSE)
            if name.isdigit():
                self._write(source, self.anchors[int(name)], landing[int(name)])
            else:
                source.text(guard_text(name))
            source.text(text)
        return source

    def _write(self, source: Source, anchor: Anchor, slot: Slot | None) -> None:
        if slot is not None:
            self.slots.append(slot)
            writer = "_ref" if anchor.stream.kind == "picture" else "_t"
            source.value(anchor.placed, writer, len(self.slots) - 1)
        elif anchor.placed.tag.kind == "stmt" and anchor.placed.tag.word not in MARKS:
            source.statement(anchor.placed)

    def _w(self) -> str:
        for prefix, uri in self.root.nsmap.items():
            if uri in WORD:
                return f"{prefix}:" if prefix else ""
        return "w:"


def _escapes(text: str, tags: Sequence[object]) -> list[tuple[int, int, str]]:
    """Find docxtpl's escapes outside of tags."""
    taken = [(tag.start, tag.end) for tag in tags]  # type: ignore[attr-defined]
    found = []
    for written, meant in _ESCAPES.items():
        start = text.find(written)
        while start >= 0:
            end = start + len(written)
            if not any(a < end and start < b for a, b in taken):
                found.append((start, end, meant))
            start = text.find(written, end)
    return found


def _serialise(root: Element) -> str:
    """Write the whole document, with its declaration and what stands before the root."""
    info = root.getroottree().docinfo
    standalone = {True: ' standalone="yes"', False: ' standalone="no"', None: ""}[info.standalone]
    before = [etree.tostring(one, encoding="unicode") for one in root.itersiblings(preceding=True)]
    after = [etree.tostring(one, encoding="unicode") for one in root.itersiblings()]
    body = etree.tostring(root, encoding="unicode")
    head = f'<?xml version="1.0" encoding="UTF-8"{standalone}?>\n'
    return head + "".join(reversed(before)) + body + "".join(after)
