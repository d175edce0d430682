"""A part of the template as the source of a Jinja template, in docxtpl's way.

Tags are found as everywhere in govdocs: in the text that a reader sees, however many runs it is cut
into. Unlike in govdocs' own templates a block is not lifted to whole elements: an unprefixed tag
stays where it stands, and what is rendered is parsed anew. Tags stand between control characters,
so nothing of the document can be taken for one.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from govdocs.compat.docxtpl import cells
from govdocs.compat.docxtpl.boxes import empty_copies
from govdocs.compat.docxtpl.delimiters import Delimiters
from govdocs.compat.docxtpl.finishing import mark_growing
from govdocs.compat.docxtpl.joining import join_lines
from govdocs.docx.compiling.landing import markup, slot_of
from govdocs.docx.compiling.stitching import stitch_tags
from govdocs.docx.tree.anchors import CLOSE, OPEN, Anchor, marks_in, put_before, without_marks
from govdocs.docx.tree.dialect import DIALECTS, WORD, XML_SPACE
from govdocs.docx.tree.parts import count_elements, spot_of, streams_of
from govdocs.docx.tree.streams import Element, Stream, remove
from govdocs.docx.writing.slots import Slot
from govdocs.errors import Place, Problem
from govdocs.language import Placed, Tag, unescape
from govdocs.language.environment import EXPRESSION, STATEMENT

_ELEMENTS = {"p": "p", "tr": "tr", "tc": "tc"}
_NO_PROPERTIES = re.compile(r"<[\w.-]+:rPr(?:/>|></[\w.-]+:rPr>)")
TEXTS = tuple(dialect.t for dialect in WORD.values())
_UNENDED = re.compile(r"[{｛][{｛%％#＃](?:(?![}｝%％#＃][}｝]).)*\Z", re.DOTALL)
NEW_LINE = "\ufdd4"
"""Stands for the line ends of the part's own markup: a line of the source is one tag."""
_OPENERS = ("if", "for", "with", "filter", "call", "macro", "set", "raw", "autoescape")


@dataclass(slots=True)
class PartSource:
    """One part on its way to a source.

    Attributes:
        name: of the part.
        root: its element; a copy, which is changed.
        kind: ``paragraphs`` or ``properties``.
        delimiters: what tags are written with.
        is_sound: whether a tag can be read that runs over the end of a paragraph.
        anchors: the tags, in document order.
        slots: where the printed ones land, by number of anchor.
        problems: tags that cannot be read or placed.
    """

    name: str
    root: Element
    kind: str
    delimiters: Delimiters
    is_sound: Callable[[Tag], bool]
    anchors: list[Anchor] = field(default_factory=list)
    slots: dict[int, Slot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _lines: list[Placed] = field(default_factory=list)
    _translated: bool = False

    def text(self) -> str:
        """Write the source; faults are in :attr:`problems`."""
        empty_copies(self.root)
        if self.delimiters.are_usual and _ends_amid_a_tag(self.root):
            stitch_tags(self.root, self.is_sound)
        plain = {one for one in self.root.iter(*TEXTS) if not one.attrib}
        self._find_tags()
        for anchor in self.anchors:
            if anchor.placed.tag.kind == "expr":
                self.slots[anchor.index] = _slot(anchor)
        first = [one for one in self.anchors if one.placed.tag.word in cells.PROPERTIES]
        later = [one for one in self.anchors if one.placed.tag.word not in cells.PROPERTIES]
        for anchor in first:
            self._place(anchor)
            if anchor.node in plain:
                _leave_bare(anchor.node)
        self._keep_spaces(plain)
        for anchor in later:
            self._place(anchor)
        document = etree.tostring(self.root, encoding="unicode", with_tail=False)
        return "".join(self._pieces(join_lines(document, self.anchors)))

    def placed_at(self, line: int) -> Placed | None:
        """Tell which tag stands on a line of the source: every tag begins a line, nothing else."""
        tags = [None, None, *self._lines]  # the first line holds none
        return tags[line] if 0 <= line < len(tags) else None

    def written(self) -> list[Placed]:
        """Return the tags in the order that they stand in the source, one for each line of it."""
        return self._lines

    def _find_tags(self) -> None:
        counts: dict[Element, int] = {}
        for stream in list(streams_of(self.root, self.kind)):
            if not self.delimiters.may_stand_in(stream.text):
                continue
            counts = counts or count_elements(self.root)
            place = Place(part=self.name, spot=spot_of(stream.owner, counts))
            self._take_stream(stream, place)

    def _keep_spaces(self, plain: set[Element]) -> None:
        """Let the text before each tag keep its spaces, as docxtpl does.

        Args:
            plain: the texts that do not say whether they keep them.
        """
        last: Element | None = None
        for element in self.root.iter(etree.Element):
            last = element if element in plain else last
            held = (element.text or "", *map(str, element.attrib.values()))
            numbers = [number for text in held if OPEN in text for number in marks_in(text)]
            if last is not None and any(not _is_comment(self.anchors[n]) for n in numbers):
                last.set(XML_SPACE, "preserve")

    def _take_stream(self, stream: Stream, place: Place) -> None:
        tags, broken = self.delimiters.scan(stream.text)
        for piece in broken:
            where = replace(place, tag=piece.text)
            self.problems.append(Problem("template.broken_tag", (where,), {"tag": piece.text}))
        edits: list[tuple[int, int, str, Anchor | None]] = []
        for tag in tags:
            anchor = Anchor(
                len(self.anchors), Placed(tag, replace(place, tag=tag.text)), stream, stream.owner
            )
            self.anchors.append(anchor)
            edits.append((tag.start, tag.end, anchor.mark, anchor))
        for start, end in self.delimiters.escapes(stream.text, tags):
            edits.append((start, end, unescape(stream.text[start:end]), None))
        for start, end, text, found in sorted(edits, key=lambda edit: edit[0], reverse=True):
            first, last = stream.node_at(start), stream.node_at(end - 1)
            _forget_spelling(first, last)
            spaces = first.get(XML_SPACE)
            node = stream.replace(start, end, text)
            silent = found is None or _is_comment(found) or node.tag not in TEXTS
            if spaces is None and silent:
                node.attrib.pop(XML_SPACE, "")
            if last is not node and _join_tail(node, last):
                for one in self.anchors:
                    one.node = node if one.node is last else one.node
            if found is not None:
                found.node = node

    def _place(self, anchor: Anchor) -> None:
        tag = anchor.placed.tag
        if cells.is_mark(tag):
            if not cells.apply_mark(anchor, self._further):
                self._fault(anchor, "tc")
        elif tag.prefix in _ELEMENTS:
            self._place_by_element(anchor)

    def _further(self, like: Anchor, kind: str, body: str) -> str:
        """Make a further tag at the place of ``like``; return the characters that stand for it."""
        tag = replace(like.placed.tag, kind=kind, body=body, prefix="")  # type: ignore[arg-type]
        made = Anchor(len(self.anchors), Placed(tag, like.placed.place), like.stream, like.node)
        self.anchors.append(made)
        if kind == "expr":
            self.slots[made.index] = Slot("attribute", like.placed.place, {})
        return made.mark

    def _place_by_element(self, anchor: Anchor) -> None:
        """Let a tag stand for its paragraph, row or cell, which goes if it holds nothing else."""
        dialect, prefix = anchor.stream.dialect, anchor.placed.tag.prefix
        element = _ancestor(anchor.stream.owner, dialect.q(prefix)) if dialect else None
        if element is None or dialect is None:
            self._fault(anchor, prefix)
            return
        if prefix == "tc":
            mark_growing([one for one in [_ancestor(element, dialect.q("tbl"))] if one is not None])
        text = "".join(t.text or "" for t in element.iter(dialect.t))
        if anchor.mark not in text:
            return  # another tag of this element has taken it along
        steering = frozenset(n for n in marks_in(text) if self._goes_with(n, prefix))
        goes = not without_marks(text, steering).strip()
        goes = goes and not any(True for _ in element.iter(*dialect.substance))
        goes = goes or anchor.placed.tag.kind == "comment"  # the whole element is one
        if prefix in ("tc", "tr") and anchor.placed.tag.kind == "expr":
            goes = goes or marks_in(text) == [anchor.index]
            if not goes:
                return  # it is printed where it stands
            self._keep_element(anchor, element, steering)
        moved = [n for n in marks_in(text) if n in steering] if goes else [anchor.index]
        for number in moved:
            self._move(self.anchors[number], element, goes=goes)
        if goes:
            for marker in list(element.iter(*dialect.ranges)):
                element.addprevious(marker)
            remove(element)

    def _keep_element(self, anchor: Anchor, element: Element, others: frozenset[int]) -> None:
        """Let the slot of ``{{tc x}}`` know its own cell: a value that is no cell goes into it."""
        written = without_marks(markup(element, keep_marks=True), others - {anchor.index})
        before, _, after = written.partition(anchor.mark)
        inner = self.slots[anchor.index]
        self.slots[anchor.index] = replace(
            inner, kind="cells", enter_run=before, leave_run=after, inner=inner
        )

    def _goes_with(self, number: int, prefix: str) -> bool:
        tag = self.anchors[number].placed.tag
        return tag.kind != "expr" or tag.prefix == prefix

    def _move(self, anchor: Anchor, element: Element, *, goes: bool) -> None:
        for node in element.iter(anchor.node.tag):
            if anchor.mark in (node.text or ""):
                node.text = (node.text or "").replace(anchor.mark, "")
        word = anchor.placed.tag.word
        if goes or word in _OPENERS or anchor.placed.tag.kind != "stmt":
            put_before(element, anchor.mark)
        else:
            element.tail = anchor.mark + (element.tail or "")

    def _fault(self, anchor: Anchor, element: str) -> None:
        placed = anchor.placed
        fields = {"tag": placed.tag.text, "element": element}
        self.problems.append(Problem("template.no_such_element", (placed.place,), fields))

    def _pieces(self, document: str) -> Iterator[str]:
        first, *rest = document.split(OPEN)
        yield first.replace("\n", NEW_LINE)
        for piece in rest:
            number, _, text = piece.partition(CLOSE)
            yield self._written(self.anchors[int(number)])
            yield text.replace("\n", NEW_LINE)

    def _written(self, anchor: Anchor) -> str:
        tag = anchor.placed.tag
        body = tag.body.replace("\n", " ")
        if tag.kind == "comment" or cells.is_mark(tag):
            return ""
        self._lines.append(anchor.placed)
        self._translated = {"trans": True, "endtrans": False}.get(tag.word, self._translated)
        if tag.kind == "expr":
            if self._translated:  # a name, for the translator to place
                return f"{EXPRESSION[0]}\n{body}{EXPRESSION[1]}"
            return f"{EXPRESSION[0]}\n({body})|_govdocs({anchor.index}){EXPRESSION[1]}"
        written = f"{STATEMENT[0]}\n{body} {STATEMENT[1]}"
        if tag.prefix == "r" and anchor.stream.dialect is not None:
            own = _slot(anchor)
            return f"{own.leave_run}{written}{own.enter_run}" if own.leave_paragraph else written
        return written


def _ends_amid_a_tag(root: Element) -> bool:
    """Tell in a glance whether a tag may run over the end of a paragraph."""
    texts = ("".join(map(str, p.itertext())) for p in root.iter(*DIALECTS))
    return any(_UNENDED.search(text) for text in texts if "{" in text or "｛" in text)


def _is_comment(anchor: Anchor) -> bool:
    return anchor.placed.tag.kind == "comment"


def _leave_bare(t: Element) -> None:
    """Leave a text that held a mark as if it had not; a run that held nothing else goes."""
    t.attrib.pop(XML_SPACE, "")
    run = t.getparent()
    if not t.text and run is not None and len(run) == 1 + len(run.findall("{*}rPr")):
        remove(run)


def _forget_spelling(node: Element, last: Element) -> None:
    """Take out the marks of the spelling checker that stand inside a tag."""
    run, end = node.getparent(), last.getparent()
    if run is None or run is end:
        return
    for between in list(run.itersiblings()):
        if between is end:
            break
        if str(between.tag).endswith("}proofErr"):
            remove(between)


def _join_tail(node: Element, last: Element) -> bool:
    """Put what follows a tag in its last run into its first run, if both look alike.

    before: <r><t>§</t></r><r><t> tail</t></r>      after: <r><t>§ tail</t></r>
    """
    run, other = node.getparent(), last.getparent()
    if run is None or other is None or run is other or run.getparent() is not other.getparent():
        return False
    if _look(run) != _look(other) or any(one.tag == node.tag for one in node.itersiblings()):
        return False
    if any(not str(one.tag).endswith("}rPr") for one in last.itersiblings(preceding=True)):
        return False
    node.text = (node.text or "") + (last.text or "")
    for sibling in list(last.itersiblings()):
        run.append(sibling)
    remove(other)
    return True


def _look(run: Element) -> str:
    """The format of a run, but for what a reader does not see."""
    found = next((one for one in run if str(one.tag).endswith("}rPr")), None)
    if found is None:
        return ""
    copied = deepcopy(found)
    copied.tail = None
    for unseen in copied.findall("{*}lang") + copied.findall("{*}noProof"):
        copied.remove(unseen)
    return etree.tostring(copied, method="c14n").decode() if len(copied) else ""


def _slot(anchor: Anchor) -> Slot:
    """Make the slot of a tag: a tab is a run of its own, other control characters are dropped."""
    slot = slot_of(anchor)
    if not slot.leave_paragraph:
        return replace(
            slot, breaks={key: value for key, value in slot.breaks.items() if key != "\v"}
        )
    slot = replace(
        slot, kind={"p": "paragraphs", "r": "runs"}.get(anchor.placed.tag.prefix, "text")
    )
    if _NO_PROPERTIES.fullmatch(slot.properties):
        enter = slot.enter_run.replace(slot.properties, "", 1)
        slot = replace(slot, properties="", enter_run=enter)
    breaks = run_breaks(slot)
    _, _, after = (anchor.node.text or "").partition(anchor.mark)
    if anchor.placed.tag.prefix == "r" and not after:
        slot = replace(slot, enter_run=slot.enter_run.replace(slot.properties, "", 1))
    return replace(slot, breaks=breaks)


def slot_at(t: Element) -> Slot | None:
    """Make a slot of the place of a text; None where no paragraph holds it."""
    p = next(t.iterancestors(*DIALECTS), None)
    if p is None:
        return None
    tag = Tag("expr", "", "", "", 0, 0)
    slot = _slot(Anchor(0, Placed(tag, Place()), Stream("text", p, DIALECTS[p.tag]), t))
    return slot if slot.leave_paragraph else None


def run_breaks(slot: Slot) -> dict[str, str]:
    """Write what control characters become inside a run with the slot's properties."""
    found = re.match(r"<([\w.-]+:|)r\b", slot.enter_run)
    w = found[1] if found else "w:"
    open_run = f"<{w}r>{slot.properties}"
    t = f'<{w}t xml:space="preserve">'
    leave = f"</{w}t></{w}r>"
    line = f"</{w}t><{w}br/>{t}"
    between = f"{leave}{slot.leave_paragraph}"
    page = f'<{w}p><{w}r><{w}br {w}type="page"/></{w}r></{w}p>'
    return {
        "\n": line,
        "\r": line,
        "\t": f"{leave}{open_run}<{w}tab/></{w}r>{open_run}{t}",
        "\a": f"{between}{slot.enter_paragraph}{open_run}{t}",
        "\f": f"{between}{page}{slot.enter_paragraph}{open_run}{t}",
    }


def _ancestor(element: Element, tag: str) -> Element | None:
    return element if element.tag == tag else next(element.iterancestors(tag), None)
