"""What a printed expression gives back: slots, constant texts and choices between them.

Names of the template are followed to the paths that they stand for. What cannot be followed is a
slot without a path: its text is checked against the data afterwards, never read.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import nodes

from govdocs.language.inversion.forms import (
    ARITHMETIC,
    COMPUTED,
    PLAIN,
    form_of,
    joined,
    outcome_of,
)
from govdocs.language.inversion.model import (
    Bound,
    Branch,
    Choice,
    Counter,
    Lit,
    Made,
    Meaning,
    Piece,
    Scope,
    Slot,
)
from govdocs.language.inversion.paths import Item, Path
from govdocs.language.program import Placed
from govdocs.values.printing import print_value

_ARITHMETIC = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)
_SAME = frozenset({"string", "safe", "e", "escape", "forceescape", "list"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads expressions.

    Attributes:
        known: names that are not the data's.
    """

    known: Container[str]

    def meaning(self, node: nodes.Node, scope: Scope) -> Meaning:
        """Tell what an expression stands for."""
        path = self.path(node, scope)
        if path:
            return Bound(path)
        if isinstance(node, nodes.Name) and node.name in scope:
            return scope[node.name]
        if isinstance(node, nodes.Call) and _calls(node, "namespace"):
            return None  # its members change as the template goes on
        return Made(node, dict(scope)) if isinstance(node, nodes.Expr) else None

    def path(self, node: nodes.Node, scope: Scope) -> Path | None:
        """Follow a chain of names to a path of the data; None if it is no such chain."""
        match node:
            case nodes.Name():
                return self._named(node.name, scope)
            case nodes.Getattr():
                return self._longer(node.node, node.attr, scope)
            case nodes.Getitem(arg=nodes.Const(value=str(key))):
                return self._longer(node.node, key, scope)
            case nodes.Getitem(arg=nodes.Const(value=int(index))) if index >= 0:
                return self._longer(node.node, index, scope)
        return None

    def _named(self, name: str, scope: Scope) -> Path | None:
        if name not in scope:
            return None if name in self.known else (name,)
        found = scope[name]
        if isinstance(found, Bound):
            return found.path
        return self.path(found.node, found.scope) if isinstance(found, Made) else None

    def _longer(self, node: nodes.Node, step: str | int, scope: Scope) -> Path | None:
        path = self.path(node, scope)
        return (*path, step) if path else None

    def items_of(self, node: nodes.Node, scope: Scope) -> tuple[Path | None, bool]:
        """Follow what a loop goes through; tell too whether it may be missing."""
        if isinstance(node, nodes.Filter) and node.node is not None:
            if node.name in ("default", "d"):
                return self.items_of(node.node, scope)[0], True
            if node.name == "list":
                return self.items_of(node.node, scope)
        if isinstance(node, nodes.Or):
            return self.items_of(node.left, scope)[0], True
        return self.path(node, scope), False

    def pairs_of(self, node: nodes.Node, target: nodes.Node, scope: Scope) -> Path | None:
        """Follow ``for key, value in mapping.items()``; None for any other loop."""
        two = isinstance(target, nodes.Tuple) and len(target.items) == 2  # noqa: PLR2004
        match node:
            case nodes.Call(node=nodes.Getattr(attr="items", node=mapping), args=[]) if two:
                return self.path(mapping, scope)
        return None

    def bind_item(self, target: nodes.Node, path: Path | None, loop: int) -> dict[str, Meaning]:
        """Say what the names of a loop stand for."""
        names: dict[str, Meaning] = {"loop": Counter(loop)}
        if isinstance(target, nodes.Name):
            names[target.name] = Bound((*path, Item(loop))) if path else None
        elif isinstance(target, nodes.Tuple):
            for position, one in enumerate(target.items):
                if isinstance(one, nodes.Name):
                    names[one.name] = Bound((*path, Item(loop), position)) if path else None
        return names

    def pieces(self, node: nodes.Expr, scope: Scope, placed: Placed | None) -> Iterator[Piece]:
        """Take a printed expression apart."""
        slot = Slot(PLAIN, None, node, scope, placed)
        path = self.path(node, scope)
        if path:
            yield replace(slot, path=path)
            return
        match node:
            case nodes.Const():
                yield Lit(print_value(node.value))
            case nodes.Concat():
                for one in node.nodes:
                    yield from self.pieces(one, scope, placed)
            case nodes.Add() if _is_text(node.left) or _is_text(node.right):
                yield from self.pieces(node.left, scope, placed)
                yield from self.pieces(node.right, scope, placed)
            case nodes.CondExpr():
                yield self._choice(node, scope, placed)
            case nodes.Filter() if node.node is not None:
                yield from self._filtered(node, node.node, slot)
            case nodes.BinExpr() | nodes.Neg():
                yield replace(slot, form=ARITHMETIC if _is_sum(node) else COMPUTED)
            case _:
                yield replace(slot, form=COMPUTED)

    def _choice(self, node: nodes.CondExpr, scope: Scope, placed: Placed | None) -> Choice:
        first = Branch(node.test, tuple(self.pieces(node.expr1, scope, placed)))
        other = () if node.expr2 is None else tuple(self.pieces(node.expr2, scope, placed))
        return Choice((first, Branch(None, other)), scope, placed, deciding_loop(node.test, scope))

    def _filtered(self, node: nodes.Filter, inner: nodes.Expr, slot: Slot) -> Iterator[Piece]:
        if node.name.startswith("_") or node.name in _SAME:
            yield from self.pieces(inner, slot.scope, slot.placed)
            return
        path = self.path(inner, slot.scope)
        if node.name in ("default", "d"):
            for piece in self.pieces(inner, slot.scope, slot.placed):
                fallback = _default(node)
                yield replace(piece, fallback=fallback) if isinstance(piece, Slot) else piece
        elif node.name == "join" and path and not node.kwargs:
            separator = _constants(node)
            text = print_value(separator[0]) if separator else ""
            yield replace(slot, form=joined(text), path=path if text else None)
        else:
            form = form_of(node.name, _constants(node)) if not node.kwargs else None
            readable = form is not None and path is not None
            own = form or outcome_of(node.name)
            yield replace(slot, form=own, path=path if readable else None)


def deciding_loop(test: nodes.Node, scope: Scope) -> int | None:
    """Tell which loop's counter decides a test by itself; None if anything else counts too."""
    names = {one.name for one in _walk(test, nodes.Name)}
    found = scope.get("loop")
    hangs = names == {"loop"} and isinstance(found, Counter)
    return found.loop if hangs and isinstance(found, Counter) else None


def _walk(node: nodes.Node, kind: type[nodes.Name]) -> Iterator[nodes.Name]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)


def _calls(node: nodes.Call, name: str) -> bool:
    return isinstance(node.node, nodes.Name) and node.node.name == name


def _constants(node: nodes.Filter) -> list[Any]:
    return [one.value for one in node.args if isinstance(one, nodes.Const)]


def _default(node: nodes.Filter) -> str:
    found = _constants(node)
    return print_value(found[0]) if found else ""


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_sum(node: nodes.Node) -> bool:
    return isinstance(node, (*_ARITHMETIC, nodes.Add))
