"""Compile one part: its tree and its tags become a program with slots.

The order of work: find the tags in the part's texts, put anchors in their places, pair and lift the
blocks, give each printed tag its slot, guard what could be left empty, serialise. Faults are
gathered on the way and told all at once; with a fault there is no program.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from govdocs.docx.compiling.boxes import join_boxes
from govdocs.docx.compiling.chart_frames import Frames
from govdocs.docx.compiling.finding import Finding, hide_anchors
from govdocs.docx.compiling.guards import BEGIN, Guards, depths_of
from govdocs.docx.compiling.joins import join_paragraphs
from govdocs.docx.compiling.landing import markup, slot_of
from govdocs.docx.compiling.lifting import Lifting
from govdocs.docx.compiling.lists import ListFacts, Restarting
from govdocs.docx.compiling.marks import MARKS, Marking, as_printed
from govdocs.docx.compiling.notes import Notes
from govdocs.docx.compiling.ranges import check_fields, settle_ranges
from govdocs.docx.compiling.source import write_source
from govdocs.docx.compiling.stitching import stitch_tags
from govdocs.docx.compiling.swapping import add_picture_anchors
from govdocs.docx.tree.anchors import (
    Anchor,
    Inserts,
    lift_to_runs,
    put_before,
    take_out,
    without_marks,
)
from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.geometry import kind_of_children, nearest
from govdocs.docx.tree.ids import OwnId, Renewal
from govdocs.docx.tree.passes import PassCounter, PassVariables
from govdocs.docx.tree.positions import (
    Branch,
    Positions,
    check_nesting,
    find_branches,
    find_positions,
)
from govdocs.docx.tree.streams import Element, remove
from govdocs.docx.tree.targets import decode_targets
from govdocs.docx.writing.slots import Slot
from govdocs.errors import Place, Problem
from govdocs.language import Block, Fault, Placed, Program, Sandbox, Source, Tag, check_tag, pair

_BLOCKS = ("if", "for", "set", "with", "macro", "call", "filter")


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part that holds tags.

    Attributes:
        name: of the part.
        program: renders to the part's whole XML.
        has_tokens: whether what is rendered holds tokens to resolve.
        prefixes: of WordprocessingML, by number of a guard's token.
        w: prefix of WordprocessingML, with its colon.
    """

    name: str
    program: Program
    has_tokens: bool
    prefixes: tuple[str, ...]
    w: str


@dataclass(slots=True)
class Shared:
    """What the parts of one template have in common.

    Attributes:
        slots: where values land; the filter ``_t`` writes into them by number.
        ids: which ids are new in each pass of a loop.
        passes: how many loops have their passes numbered.
        lists: of the template; None where there are none.
        numbers: the lists that begin anew in each pass of a loop.
        notes: that are compiled where their marks are.
        frames: the charts that the template shows.
        places: part and text of tags that the engine itself put in -> what they are called by.
        remarks: what whoever fills the template should know of it.
    """

    frames: Frames
    slots: list[Slot] = field(default_factory=list)
    ids: list[OwnId] = field(default_factory=list)
    passes: PassCounter = field(default_factory=PassCounter)
    lists: ListFacts | None = None
    numbers: list[str] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    places: Mapping[tuple[str, object], Place] = field(default_factory=dict)
    remarks: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class PartCompiler:
    """The compiling of one part.

    Attributes:
        place: of the part.
        root: its tree; it is changed.
        kind: how it shows text, from :func:`govdocs.docx.tree.parts.text_kinds`.
        environment: of the template.
        shared: what the parts of the template have in common.
        holds_notes: whether notes that are compiled in another part go back to this one.
        prefixes: of WordprocessingML, by number of a guard's token.
    """

    place: Place
    root: Element
    kind: str
    environment: Sandbox
    shared: "Shared"
    holds_notes: bool = False
    anchors: list[Anchor] = field(default_factory=list)
    inserts: Inserts = field(default_factory=Inserts)
    problems: list[Problem] = field(default_factory=list)
    prefixes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        hide_anchors(self.root)

    def compile(self) -> CompiledPart | None:
        """Return the compiled part; None where it holds no tags, or faults were found."""
        source = self.write()
        if source is None:
            return None
        program = Program(self.environment, self.place.part, source)
        has_tokens = any(BEGIN in body for _, body in self.inserts.pieces)
        return CompiledPart(self.place.part, program, has_tokens, self.prefixes, self._w())

    def write(self) -> Source | None:
        """Write the part's source; None where it holds no tags, or faults were found."""
        if self.kind == "links":
            decode_targets(self.root)
        stitch_tags(self.root, self._is_sound)
        join_boxes(self.root, self.inserts)
        is_changed = self._find_tags()
        blocks = self._pair()
        self._check_tags()
        if self.problems or not (is_changed or self.holds_notes):
            return None
        join_paragraphs(self.anchors)
        add_picture_anchors(self.anchors)
        self.problems += self.shared.frames.add_anchors(self.anchors)
        self.shared.frames.multiply(self.root, self.inserts)
        landing = {one.index: self._slot(one) for one in self.anchors if not one.steers}
        marking = Marking(self.anchors, blocks, self.inserts, landing)
        marking.run()
        positions = self._lift(blocks, landing, marking.problems)
        if self.problems:
            return None
        levels = self._levels(blocks, positions)
        positions, branches = self._settle(blocks, positions)
        self._tell_passes_apart(branches, positions)
        guards = Guards(self.root, self.inserts, depths_of(blocks))
        guards.fit_grids(marking.tables | set(self._tables_of_columns(branches, positions)))
        guards.set()
        self.prefixes = tuple(guards.prefixes)
        return write_source(
            self.root, self.anchors, self.inserts, self.shared.slots, landing, levels
        )

    def _slot(self, anchor: Anchor) -> Slot:
        slot = slot_of(anchor)
        return replace(slot, kind="address") if self.kind == "links" else slot

    def _is_sound(self, tag: Tag) -> bool:
        """Whether a tag that runs over paragraphs is one without doubt."""
        if tag.kind == "comment":
            return True
        known = not pair([tag], MARKS)[1] or tag.word.startswith(("end", "el", *_BLOCKS))
        return known and check_tag(self.environment, Placed(tag, self.place)) is None

    def _find_tags(self) -> bool:
        finding = Finding(
            self.place, self.root, self.kind, self.shared.places, self.shared.notes.homes
        )
        finding.run()
        self.anchors = finding.anchors
        self.problems += finding.problems
        self.shared.remarks += finding.notes
        return finding.is_changed

    def _pair(self) -> list[Block]:
        blocks, faults = pair([anchor.placed.tag for anchor in self.anchors], MARKS)
        self.problems += [self._problem(fault) for fault in faults]
        return blocks

    def _problem(self, fault: Fault) -> Problem:
        placed = self.anchors[fault.index].placed
        return Problem(fault.code, (placed.place,), {"tag": placed.tag.text, **fault.fields})

    def _check_tags(self) -> None:
        found = (check_tag(self.environment, as_printed(one.placed)) for one in self.anchors)
        self.problems += [problem for problem in found if problem is not None]

    def _lift(
        self, blocks: list[Block], landing: dict[int, Slot], problems: list[Problem]
    ) -> Positions:
        """Lift blocks and values to where they belong; return where the tags stand now."""
        lifting = Lifting(self.anchors, blocks)
        lifting.run()
        self._lift_values(landing)
        positions = find_positions(self.root)
        self.problems += problems + lifting.problems
        if not self.problems:
            self.problems += check_nesting(positions, self.anchors, blocks, lifting.through)
        if not self.problems:
            self.problems += check_fields(find_branches(blocks, positions), self.anchors)
        return positions

    def _settle(self, blocks: list[Block], positions: Positions) -> tuple[Positions, list[Branch]]:
        """Move range markers out of blocks that hold one of their ends only."""
        branches = find_branches(blocks, positions)
        while settle_ranges(branches, self.anchors, positions):
            positions = find_positions(self.root)
            branches = find_branches(blocks, positions)
        return positions, branches

    def _tell_passes_apart(self, branches: list[Branch], positions: Positions) -> None:
        """Give the copies that loops make new ids, and lists of their own."""
        shared = self.shared
        variables = PassVariables(self.anchors, self.inserts, positions, shared.passes)
        Renewal(self.inserts, variables, shared.ids).run(branches)
        if shared.lists is not None:
            restarting = Restarting(self.inserts, variables, shared.lists, shared.numbers)
            restarting.run(self.root, branches)

    def _tables_of_columns(self, branches: list[Branch], positions: Positions) -> Iterator[Element]:
        """Yield the tables in whose rows a block stands among the cells."""
        for branch in branches:
            parent = positions[branch.block.open].parent
            dialect = self.anchors[branch.block.open].stream.dialect
            if dialect is not None and kind_of_children(parent, dialect) == "tc":
                yield from list(parent.iterancestors(dialect.q("tbl")))[:1]

    def _lift_values(self, landing: dict[int, Slot]) -> None:
        """Let ``{{r x}}`` stand between runs and ``{{p x}}`` in place of its paragraph."""
        for anchor in self.anchors:
            dialect = anchor.stream.dialect
            if anchor.steers or dialect is None or anchor.stream.kind != "text":
                continue
            prefix, owner = anchor.placed.tag.prefix, anchor.stream.owner
            anchor.node = anchor.find_node(owner)
            run = anchor.node.getparent()
            if prefix == "r" and run is not None and (parent := run.getparent()) is not None:
                lift_to_runs(anchor, parent, dialect)
            elif prefix == "p":
                take_out(anchor)
                put_before(owner, anchor.mark)
                rest = "".join(t.text or "" for t in owner.iter(dialect.t))
                if not rest.strip():
                    remove(owner)
            elif (
                prefix in ("tr", "tc") and (whole := nearest(owner, dialect.q(prefix))) is not None
            ):
                self._lift_whole(anchor, whole, landing)

    def _lift_whole(self, anchor: Anchor, whole: Element, landing: dict[int, Slot]) -> None:
        """Let ``{{tr x}}`` stand in place of its row, ``{{tc x}}`` of its cell, if alone there."""
        before, mark, after = markup(whole, keep_marks=True).partition(anchor.mark)
        if mark and before == without_marks(before) and after == without_marks(after):
            kind = {"tr": "rows", "tc": "cells"}[anchor.placed.tag.prefix]
            inner = landing[anchor.index]
            landing[anchor.index] = replace(
                inner, kind=kind, enter_run=before, leave_run=after, inner=inner
            )
            put_before(whole, anchor.mark)
            remove(whole)

    def _levels(self, blocks: list[Block], positions: Positions) -> dict[int, str]:
        """Tell what the blocks that capture are made of: text, runs, paragraphs, ..."""
        levels = {}
        for block in blocks:
            position = positions.get(block.open)
            dialect = self.anchors[block.open].stream.dialect
            if position is None or position.is_text or dialect is None:
                levels[block.open] = "text"
            else:
                levels[block.open] = kind_of_children(position.parent, dialect) or "runs"
        return levels

    def _w(self) -> str:
        for prefix, uri in self.root.nsmap.items():
            if uri in WORD:
                return f"{prefix}:" if prefix else ""
        return "w:"
