"""Numbered lists that a loop prints again and again begin anew each time.

A list begins anew in each pass of a loop if it stands in that loop alone and holds more than one
item there: an inner loop, or several paragraphs. A paragraph that is a loop's only item goes on
counting: that is what its loop is for.

{% for office in offices %}  heading  {% for item in office.items %}  1. item  {% endfor %} ...
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govdocs.docx.tree.anchors import Inserts
from govdocs.docx.tree.dialect import WORD, Dialect
from govdocs.docx.tree.numbering import Numbering, read_numbering
from govdocs.docx.tree.passes import PassVariables
from govdocs.docx.tree.positions import Branch
from govdocs.docx.tree.schema import PARAGRAPH, properties_of, set_child
from govdocs.docx.tree.streams import Element
from govdocs.docx.writing.shelf import shelf
from govdocs.language import current
from govdocs.opc import Package

_UNCOUNTED = ("bullet", "none")


@dataclass(slots=True)
class ListFacts:
    """The lists of a template, read when they are wanted."""

    package: Package
    _read: dict[str, Numbering] = field(default_factory=dict)

    def of(self, dialect: Dialect) -> Numbering:
        """Return the lists, as paragraphs of a dialect refer to them."""
        if dialect.namespace not in self._read:
            self._read[dialect.namespace] = read_numbering(self.package, dialect)
        return self._read[dialect.namespace]


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered paragraph."""

    p: Element
    number: str
    depth: int
    dialect: Dialect


@dataclass(slots=True)
class Restarting:
    """The restarting of lists in one part, at compile time.

    Attributes:
        inserts: where pieces of source are put.
        variables: that hold numbers of passes.
        facts: the lists of the template.
        numbers: the lists that restart; those of this part are appended.
    """

    inserts: Inserts
    variables: PassVariables
    facts: ListFacts
    numbers: list[str]

    def run(self, root: Element, branches: Sequence[Branch]) -> None:
        """Let each list begin anew where the rule says so."""
        loops = [
            one for one in branches if one.repeats and one.block.word == "for" and one.elements
        ]
        if not loops:
            return
        items = self._items(root)
        holders = {item.p: _holders(item.p, branches) for item in items}
        for number in dict.fromkeys(item.number for item in items):
            own = [item for item in items if item.number == number]
            begins = [loop for loop in loops if _begins_anew(own, loop, holders)]
            if begins:
                for item in own:
                    self._refer(item, begins[-1])

    def _items(self, root: Element) -> list[_Item]:
        found = []
        for dialect in WORD.values():
            for p in root.iter(dialect.p):
                numbering = self.facts.of(dialect)
                which = numbering.place_of(p)
                levels = numbering.lists.get(which[0], ("", {}))[1] if which else {}
                if which and which[1] in levels and levels[which[1]].format not in _UNCOUNTED:
                    found.append(_Item(p, which[0], which[1], dialect))
        return found

    def _refer(self, item: _Item, loop: Branch) -> None:
        """Let a paragraph name the list of its pass.

        before: <pPr><numPr><ilvl/><numId val="3"/></numPr></pPr>    after: ...<numId val="§"/>...
        """
        w = item.dialect
        listed = set_child(properties_of(item.p, "pPr", w), "numPr", PARAGRAPH, w)
        depth, number = listed.find(w.q("ilvl")), listed.find(w.q("numId"))
        if depth is None:
            depth = listed.makeelement(w.q("ilvl"))
            depth.set(w.q("val"), str(item.depth))
            listed.insert(0, depth)
        if number is None:
            number = listed.makeelement(w.q("numId"))
            depth.addnext(number)
        self.numbers.append(item.number)
        variable = self.variables.variable(loop)
        mark = self.inserts.value(f"{variable}|_num({len(self.numbers) - 1})")
        number.set(w.q("val"), mark)


Holders = Mapping[Element, Sequence[Branch]]


def _holders(p: Element, branches: Sequence[Branch]) -> list[Branch]:
    """The branches that a paragraph stands in, outermost first."""
    around = {p, *p.iterancestors()}
    return [branch for branch in branches if not around.isdisjoint(branch.elements)]


def _begins_anew(items: Sequence[_Item], loop: Branch, holders: Holders) -> bool:
    """Whether a list begins anew in each pass of a loop."""
    if any(loop not in holders[item.p] for item in items):
        return False
    top = min(item.depth for item in items)
    counts: dict[int, dict[int, int]] = {}
    for item in (one for one in items if one.depth == top):
        inner = [one for one in holders[item.p] if one.block.open > loop.block.open]
        if any(one.repeats for one in inner):
            continue
        # of the branches of a condition one is printed: the longest counts
        block, branch = (inner[0].block.open, inner[0].number) if inner else (id(item), 0)
        found = counts.setdefault(block, {})
        found[branch] = found.get(branch, 0) + 1
    return sum(max(found.values()) for found in counts.values()) != 1


def write_number(number: int, which: int, own: Sequence[str]) -> str:
    """Write the list that a paragraph is in, in a pass."""
    state = current()
    if state is None:
        raise LookupError("lists begin anew while a document is filled")
    if not number:
        return own[which]
    given: dict[tuple[int, str], str] = shelf().kept.setdefault("lists", {})
    key = (number, own[which])
    if key not in given:
        given[key] = shelf().additions.restart_list(own[which])
    return given[key]
