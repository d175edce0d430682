"""Find the tags of a part and put an anchor in the place of each.

Escapes such as ``{_{`` are undone on the way. Nothing is moved here and nothing is compiled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from govdocs.docx.tree.anchors import CLOSE, OPEN, Anchor
from govdocs.docx.tree.parts import count_elements, spot_of, streams_of
from govdocs.docx.tree.streams import Element, Stream, find_texts
from govdocs.errors import Place, Problem
from govdocs.language import Placed, Tag, scan
from govdocs.language.tags import ends_raw, find_unclosed

_HOLD_NONCHARACTERS = " | ".join(
    f"//{one}[contains(., '{OPEN}') or contains(., '{CLOSE}')]" for one in ("text()", "@*")
)
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}


@dataclass(slots=True)
class Finding:
    """The anchors of a part, in document order, and what only looks like a tag.

    Attributes:
        place: of the part.
        root: its tree; it is changed.
        kind: how the part shows text.
        planted: part and text of tags that the engine itself put in -> what they are called by.
        homes: notes that stand where their mark is -> the part that they are from.
        anchors: found so far.
        problems: broken tags.
        notes: names in braces that never close.
        is_changed: whether tags or escapes were found.
    """

    place: Place
    root: Element
    kind: str
    planted: Mapping[tuple[str, object], Place] = field(default_factory=dict)
    homes: Mapping[Element, str] = field(default_factory=dict)
    anchors: list[Anchor] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    is_changed: bool = False
    _raw: bool = False

    def run(self) -> None:
        """Find all tags."""
        counts: dict[Element, int] = {}
        for stream in list(streams_of(self.root, self.kind)):
            counts = counts or count_elements(self.root)
            self._take_stream(stream, self._place_of(stream.owner, counts))

    def _place_of(self, owner: Element, counts: dict[Element, int]) -> Place:
        spot = spot_of(owner, counts)
        around = (owner, *owner.iterancestors()) if self.homes else ()
        note = next((one for one in around if one in self.homes), None)
        if note is None:
            return replace(self.place, spot=spot)
        name = etree.QName(note).localname
        within = next(i for i, step in enumerate(spot) if step[0] == name)
        return replace(self.place, part=self.homes[note], spot=spot[within:])

    def _take_stream(self, stream: Stream, place: Place) -> None:
        tags, broken = scan(stream.text, raw=self._raw)
        self._raw = ends_raw(tags, raw=self._raw) and stream.kind == "text"
        for piece in broken:
            where = replace(place, tag=piece.text)
            self.problems.append(Problem("template.broken_tag", (where,), {"tag": piece.text}))
        for piece in find_unclosed(stream.text, tags):
            where = replace(place, tag=piece.text)
            self.notes.append(
                Problem("template.unclosed_tag", (where,), {"tag": piece.text}, "note")
            )
        edits: list[tuple[int, int, str, Anchor | None]] = []
        for tag in tags:
            own = self.planted.get((place.part, tag.text), replace(place, tag=tag.text))
            placed = Placed(tag, own)
            anchor = Anchor(len(self.anchors), placed, stream, stream.owner)
            self.anchors.append(anchor)
            edits.append((tag.start, tag.end, anchor.mark, anchor))
        edits += [(start, end, text, None) for start, end, text in _escapes(stream.text, tags)]
        self.is_changed = self.is_changed or bool(edits)
        for start, end, text, one in sorted(edits, key=lambda edit: edit[0], reverse=True):
            node = stream.replace(start, end, text)
            if one is not None:
                one.node = node


def hide_anchors(root: Element) -> None:
    """Write the two characters that anchors are made of, where a document uses them as text.

    They are no characters for interchange, yet XML can hold them.
    """
    for text in find_texts(root, _HOLD_NONCHARACTERS):
        holder = text.getparent()
        hidden = "".join(_HIDDEN.get(char, char) for char in str(text))
        if text.is_attribute:
            holder.set(text.attrname, hidden)
        elif text.is_tail:
            holder.tail = hidden
        else:
            holder.text = hidden


_HIDDEN = {OPEN: f"{OPEN}open{CLOSE}", CLOSE: f"{OPEN}close{CLOSE}"}
HIDDEN_NAMES = {"open": OPEN, "close": CLOSE}
"""What the marks of such characters stand for, by name."""


def _escapes(text: str, tags: list[Tag]) -> list[tuple[int, int, str]]:
    """Find docxtpl's escapes outside of tags."""
    taken = [(tag.start, tag.end) for tag in tags]
    found = []
    for written, meant in _ESCAPES.items():
        start = text.find(written)
        while start >= 0:
            end = start + len(written)
            if not any(a < end and start < b for a, b in taken):
                found.append((start, end, meant))
            start = text.find(written, end)
    return found
