"""Footnotes, endnotes and comments of a loop: each copy of their mark has a note of its own.

A note stands in another part than its mark. Where the mark stands in a loop, the note is compiled
where the mark is, so that it knows the loop's names; what it prints goes back to its own part, once
for each copy, with an id of its own.

document:  {% for x in xs %} text ‹<footnote id="2">{{ x }}</footnote>›<footnoteReference id="2"/>
footnotes: ... the copies of note 2 ...
"""

from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.compiling.guards import Guard, token
from govdocs.docx.tree.anchors import Inserts, put_after, put_before
from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.looping import in_loops
from govdocs.docx.tree.streams import Element, remove
from govdocs.docx.writing.shelf import shelf

KINDS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
"""What leads to a part of notes, and what a note is called in it."""


@dataclass(frozen=True, slots=True)
class NotePart:
    """A part of notes, or the main document, while it is compiled."""

    name: str
    root: Element
    inserts: Inserts


@dataclass(slots=True)
class Notes:
    """The notes of one template that are compiled where their mark is.

    Attributes:
        parts: by number of the note: the part that it goes back to.
        declared: by number of the note: prefixes that its part does not declare.
        homes: element of the note -> the part that it is from.
    """

    parts: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    homes: dict[Element, str] = field(default_factory=dict)

    def graft(self, main: NotePart, part: NotePart, kind: str) -> bool:
        """Move the notes that are marked in loops to their marks; tell whether there are any.

        Args:
            main: the document with the marks.
            part: with the notes.
            kind: what a note is called.
        """
        known = {_id(one): one for one in part.root.iterchildren(etree.Element)}
        marks = [f"{{{dialect.namespace}}}{kind}Reference" for dialect in WORD.values()]
        pairs = [(mark, known.pop(_id(mark), None)) for mark in in_loops(main.root, marks)]
        for mark, note in pairs:
            if note is not None:
                self._move(note, mark, main, part)
        return any(note is not None for _, note in pairs)

    def _move(self, note: Element, mark: Element, main: NotePart, part: NotePart) -> None:
        number = len(self.parts)
        put_before(note, part.inserts.text(token(Guard.NOTE_PLACE, number)))
        remove(note)
        note.tail = None
        mark.addprevious(note)
        put_before(
            note,
            main.inserts.value(f"{number}|_note") + main.inserts.text(token(Guard.NOTE)),
        )
        ending = main.inserts.text(token(Guard.NOTE_END, number)) + main.inserts.value("-1|_note")
        put_after(note, ending)
        self.parts.append(part.name)
        self.declared.append(_missing_declarations(note, part.root))
        self.homes[note] = part.name


def _id(element: Element) -> str:
    found = (str(v) for k, v in element.attrib.items() if str(k).endswith("}id"))
    return next(found, "")


def _missing_declarations(note: Element, root: Element) -> str:
    """Declare the prefixes that a note has where it is moved to, and its part has not."""
    used = set()
    for element in note.iter(etree.Element):
        names = [element.tag, *map(str, element.attrib)]
        used |= {etree.QName(name).namespace for name in names}
    prefixes = {uri: prefix for prefix, uri in note.nsmap.items() if uri in used and prefix}
    return "".join(
        f' xmlns:{prefix}="{uri}"'
        for uri, prefix in prefixes.items()
        if root.nsmap.get(prefix) != uri
    )


def write_note(number: int, parts: list[str]) -> str:
    """Note which part values go to from now on: that of a note, or the program's own again."""
    shelf().part = parts[number] if number >= 0 else ""
    return ""
