"""Write a tree with its anchors as the source of a program.

Markup stays text; each anchor becomes its tag, each insert its piece.
"""

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from govdocs.docx.compiling.finding import HIDDEN_NAMES
from govdocs.docx.tree.anchors import CLOSE, OPEN, Anchor, Inserts
from govdocs.docx.tree.streams import Element
from govdocs.docx.writing.slots import Slot
from govdocs.language import Source

SILENT = ("raw", "endraw", "autoescape", "endautoescape")
"""Statements that need no code: their work was done when the tags were found."""


def write_source(
    root: Element,
    anchors: list[Anchor],
    inserts: Inserts,
    slots: list[Slot],
    landing: Mapping[int, Slot],
    levels: Mapping[int, str],
) -> Source:
    """Write the source of a part.

    Args:
        root: its tree, with anchors.
        anchors: by number.
        inserts: what the compiler itself put in.
        slots: the template's; those of this part are appended.
        landing: number of a printed tag -> its slot.
        levels: number of a tag that captures -> what stands in its block.
    """
    source = Source()
    first, *rest = serialise(root).split(OPEN)
    source.text(first)
    for piece in rest:
        name, _, text = piece.partition(CLOSE)
        if name.isdigit():
            anchor = anchors[int(name)]
            slot = landing.get(anchor.index)
            if slot is not None:
                slots.append(slot)
                source.value(anchor.placed, anchor.writer, len(slots) - 1, body=anchor.body)
            elif anchor.placed.tag.kind == "stmt" and anchor.placed.tag.word not in SILENT:
                source.statement(anchor.placed, level=levels.get(anchor.index, ""))
        elif name in HIDDEN_NAMES:
            source.text(HIDDEN_NAMES[name])
        else:
            _write_insert(source, inserts, *inserts.pieces[int(name[1:])])
        source.text(text)
    return source


def _write_insert(source: Source, inserts: Inserts, kind: str, body: str) -> None:
    if kind == "source":
        source.append(inserts.sources[int(body)])
    elif kind == "statement":
        source.hidden(body)
    elif kind == "value":
        source.hidden_value(body)
    else:
        source.text(body)


def serialise(root: Element) -> str:
    """Write the whole document, with its declaration and what stands beside the root."""
    tree = root.getroottree()
    standalone = ' standalone="yes"' if tree.docinfo.standalone else ""
    head = f'<?xml version="1.0" encoding="UTF-8"{standalone}?>\n'
    return head + etree.tostring(tree, encoding="unicode")


def within(source: Source) -> Source:
    """Return the source of a part as one that may stand within another: undeclared."""
    first, *rest = source.pieces
    _, newline, root = first.partition("\n")  # the line stays: tags are known by their lines
    return replace(source, pieces=[newline + root, *rest])
