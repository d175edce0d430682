r"""The source of a program as a document with marks: where its slots, loops and choices stand.

The engine reads the document with its own eyes and turns it into patterns; each mark leads back to
what stands there. Marks are elements of a namespace of their own:

source: <t>共\x03(n)|_t(0)\x04件</t>     document: <t>共<g:slot n="0"/>件</t>
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from govdocs.language.environment import Sandbox
from govdocs.language.inversion.expressions import Reader, deciding_loop
from govdocs.language.inversion.forms import COMPUTED
from govdocs.language.inversion.model import (
    Branch,
    Choice,
    Counter,
    Loop,
    Meaning,
    Piece,
    Scope,
    Slot,
)
from govdocs.language.program import Placed

NAMESPACE = "urn:govdocs:outline"
_G = f'xmlns:govdocs-g="{NAMESPACE}"'
_TO_NOTHING = dict.fromkeys(range(0x01, 0x20))
for _kept in (0x09, 0x0A, 0x0D):
    del _TO_NOTHING[_kept]


_NOTHING = nodes.Name("", "load")
_ELEMENT = re.compile("(<[^>]*>)")


@dataclass(slots=True)
class Outline:
    """A part of the template, with marks.

    Attributes:
        slots: the pieces that a mark ``slot`` stands for, by its number.
        loops: by the number of their mark, without content.
        choices: likewise; a branch's items are empty.
        lists: the loops by their number in the grammar, over all parts.
    """

    text: str
    slots: list[tuple[Piece, ...]] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


def outline(
    environment: Sandbox, source: str, placed: Mapping[int, Placed], first_loop: int = 0
) -> Outline:
    """Write the outline of a program's source.

    Args:
        environment: that the source was written for.
        source: as :class:`govdocs.language.Source` writes it.
        placed: line of the source -> tag.
        first_loop: the number of its first loop.
    """
    return _Outliner(environment, placed, first_loop).run(environment.parse(source))


class _Outliner:
    def __init__(self, environment: Sandbox, placed: Mapping[int, Placed], first_loop: int) -> None:
        self.reader = Reader(environment.globals)
        self.placed = placed
        self.first_loop = first_loop
        self.out: list[str] = []
        self.made = Outline("")
        self.in_tag = False
        self.opaque = 0

    def run(self, tree: nodes.Template) -> Outline:
        self._body(tree.body, {})
        self.made.text = "".join(self.out)
        return self.made

    def _body(self, body: Sequence[nodes.Node], scope: dict[str, Meaning]) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: dict[str, Meaning]) -> None:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    self._print(one, scope)
            case nodes.For():
                self._for(node, scope)
            case nodes.If():
                self._if(node, scope)
            case nodes.FilterBlock() | nodes.CallBlock():
                self._opaque(node.body, scope)
            case _:
                self._name(node, scope)

    def _name(self, node: nodes.Node, scope: dict[str, Meaning]) -> None:
        """Statements that give names a meaning."""
        match node:
            case nodes.Assign():
                self._assign(node.target, node.node, scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._assign(target, value, inner)
                self._body(node.body, inner)
            case nodes.AssignBlock():
                self._forget(node.target, scope)
            case nodes.Macro():
                scope[node.name] = None
            case nodes.ScopedEvalContextModifier() | nodes.Scope():
                self._body(node.body, scope)

    def _opaque(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        """What is changed after printing cannot be told from its texts: all of them are slots."""
        self.opaque += 1
        self._body(body, dict(scope))
        self.opaque -= 1

    def _print(self, node: nodes.Expr | nodes.TemplateData, scope: dict[str, Meaning]) -> None:
        if isinstance(node, nodes.TemplateData):
            self._text(node.data.translate(_TO_NOTHING))
            return
        if self.in_tag or _is_engines(node):
            return
        placed = self.placed.get(node.lineno)
        pieces = tuple(self.reader.pieces(node, dict(scope), placed))
        if self.opaque:
            pieces = tuple(_computed(one) for one in pieces)
        self._mark(f'<govdocs-g:slot {_G} n="{len(self.made.slots)}"/>')
        self.made.slots.append(pieces)

    def _text(self, data: str) -> None:
        self.out.append(self._as_slots(data) if self.opaque and not self.in_tag else data)
        opening, closing = data.rfind("<"), data.rfind(">")
        if opening != closing:
            self.in_tag = opening > closing

    def _as_slots(self, data: str) -> str:
        """Put a slot in the place of each text between elements."""
        pieces = _ELEMENT.split(data)
        for number in range(0, len(pieces), 2):
            if pieces[number].strip():
                pieces[number] = f'<govdocs-g:slot {_G} n="{len(self.made.slots)}"/>'
                self.made.slots.append((Slot(COMPUTED, None, _NOTHING, {"": None}, None),))
        return "".join(pieces)

    def _mark(self, mark: str) -> None:
        if not self.in_tag:
            self.out.append(mark)

    def _for(self, node: nodes.For, scope: dict[str, Meaning]) -> None:
        number = self.first_loop + len(self.made.loops)
        path, optional = self.reader.items_of(node.iter, scope)
        pairs = self.reader.pairs_of(node.iter, node.target, scope)
        path = pairs or path
        if node.test is not None or node.recursive:
            path = None
        placed = self.placed.get(node.lineno)
        self._mark(f'<govdocs-g:for {_G} n="{len(self.made.loops)}"><govdocs-g:body>')
        counts = _hangs_on_counter(node.body)
        self.made.loops.append(Loop(number, path, (), (), placed, optional, counts, bool(pairs)))
        inner = {**scope, **self.reader.bind_item(node.target, path, number)}
        self._body(node.body, inner)
        self._mark("</govdocs-g:body><govdocs-g:body>")
        self._body(node.else_, dict(scope))
        self._mark("</govdocs-g:body></govdocs-g:for>")

    def _if(self, node: nodes.If, scope: dict[str, Meaning]) -> None:
        parts = [(one.test, one.body) for one in (node, *node.elif_)]
        placed = self.placed.get(node.lineno)
        loops = [deciding_loop(test, scope) for test, _ in parts]
        loop = loops[0] if len(set(loops)) == 1 else None
        branches = tuple(Branch(test, ()) for test, _ in parts)
        self._mark(f'<govdocs-g:if {_G} n="{len(self.made.choices)}">')
        choice = Choice((*branches, Branch(None, ())), dict(scope), placed, loop)
        self.made.choices.append(choice)
        set_here: set[str] = set()
        for body in [*(body for _, body in parts), node.else_]:
            inner = dict(scope)
            self._mark("<govdocs-g:body>")
            self._body(body, inner)
            self._mark("</govdocs-g:body>")
            set_here.update(name for name, one in inner.items() if scope.get(name, "") is not one)
        self._mark("</govdocs-g:if>")
        scope.update(dict.fromkeys(set_here))  # which of the values holds is not known

    def _assign(self, target: nodes.Node, value: nodes.Node, scope: dict[str, Meaning]) -> None:
        if isinstance(target, nodes.Name):
            if target.name in scope and _uses(value, target.name):
                scope[target.name] = None  # a running sum: its value hangs on what came before
            else:
                scope[target.name] = self.reader.meaning(value, scope)
            return
        self._forget(target, scope)

    def _forget(self, target: nodes.Node, scope: dict[str, Meaning]) -> None:
        for one in [target, *target.find_all(nodes.Name)]:
            if isinstance(one, nodes.Name):
                scope[one.name] = None


def _computed(piece: Piece) -> Slot:
    """The piece as one that is only computed, and by what is not known."""
    placed = piece.placed if isinstance(piece, Slot) else None
    return Slot(COMPUTED, None, _NOTHING, {"": None}, placed)


def _hangs_on_counter(body: Sequence[nodes.Node]) -> bool:
    """Whether a test in a loop's body asks for the loop's counter alone."""
    scope: Scope = {"loop": Counter(0)}
    found = [test for one in body for test in _tests(one)]
    return any(deciding_loop(test, scope) is not None for test in found)


def _tests(node: nodes.Node) -> list[nodes.Node]:
    own = [node.test] if isinstance(node, nodes.If | nodes.CondExpr) else []
    inner = [] if isinstance(node, nodes.For) else node.iter_child_nodes()
    return [*own, *(test for child in inner for test in _tests(child))]


def _is_engines(node: nodes.Node) -> bool:
    """Whether an engine prints there for itself: ids, numbers of rows."""
    while isinstance(node, nodes.Filter) and node.name.startswith("_") and node.node is not None:
        node = node.node
    if isinstance(node, nodes.Call):
        node = node.node
    return isinstance(node, nodes.Name) and node.name.startswith("_")


def _uses(node: nodes.Node, name: str) -> bool:
    own = isinstance(node, nodes.Name) and node.name == name
    return own or any(one.name == name for one in node.find_all(nodes.Name))
