"""Which names of the data a program uses, and how: found in its syntax tree, not by running it.

A path is dotted; ``[]`` stands for each item of a list: ``rows[].count``. Names that the template
sets itself are followed to what they stand for.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from jinja2 import nodes

Use = Literal["value", "number", "date", "flag", "list", "object", "chart"]

_NUMERIC = frozenset(
    {"round", "int", "float", "abs", "wan", "万元", "yi", "亿元", "rmb", "大写", "share", "占比"}
    | {"change", "同比", "cn_number", "中文数字", "thousands", "fixed", "item_number"}
)
_ENGINES = ("_", "govdocs_bound_")
"""How the names of filters begin that engines put in."""
_OF_SLOTS: Mapping[str, Use] = {"_chart": "chart", "_chart_alt": "chart"}
"""Slots that want more than a text."""
_TABLES = frozenset({"chart", "图表"})
_DATED = frozenset({"cn_date", "中文日期", "date", "日期"})
_ASKING = ("defined", "undefined")
_SAME_ITEMS = frozenset(
    {"sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"}
)
_FIRST_IS_ATTRIBUTE = ("groupby", "selectattr", "rejectattr", "sum")
_ARITHMETIC = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Add)


@dataclass(frozen=True, slots=True)
class Reference:
    """One use of a path of the data.

    Attributes:
        path: dotted, ``[]`` for items.
        line: the line of the program's source, which names the tag.
        use: what the value has to be.
        optional: asked for with ``is defined`` or ``default``, or used where that was asked.
    """

    path: str
    line: int
    use: Use = "value"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Alias:
    """What a name of the template stands for: a path, with members that lead elsewhere."""

    path: str
    members: Mapping[str, "_Alias"] | None = None


_LOCAL = _Alias("")


def references(tree: nodes.Template, known: Container[str]) -> tuple[Reference, ...]:
    """Collect every use of a path in ``tree``; names in ``known`` are not the data's."""
    return tuple(_Walk(known).body(tree.body, {}))


class _Walk:
    def __init__(self, known: Container[str]) -> None:
        self.known = known

    def body(self, body: list[nodes.Node], scope: dict[str, _Alias]) -> Iterator[Reference]:
        for node in body:
            yield from self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: dict[str, _Alias]) -> Iterator[Reference]:
        match node:
            case nodes.For():
                yield from self._for(node, scope)
            case nodes.If():
                yield from self.expression(node.test, scope, "flag")
                known = self._defined(node.test, scope)
                yield from _optional(self.body(node.body, scope), known)
                for branch in (node.elif_, node.else_):
                    yield from self.body(list(branch), scope)
            case nodes.Assign():
                yield from self._assign(node.target, node.node, scope)
            case nodes.AssignBlock():
                yield from self.body(node.body, scope)
                self._bind(node.target, _LOCAL, scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    yield from self._assign(target, value, inner)
                yield from self.body(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                yield from self._macro(node, scope)
            case nodes.Expr():
                yield from self.expression(node, scope, "value")
            case _:
                yield from self._others(node, scope)

    def _others(self, node: nodes.Node, scope: dict[str, _Alias]) -> Iterator[Reference]:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                yield from self.statement(child, scope)
            else:
                yield from self.expression(child, scope, "value")

    def _for(self, node: nodes.For, scope: dict[str, _Alias]) -> Iterator[Reference]:
        yield from self.expression(node.iter, scope, "list")
        inner = dict(scope, loop=_LOCAL)
        self._bind(node.target, self._items(node.iter, scope), inner)
        if node.test is not None:
            yield from self.expression(node.test, inner, "flag")
        yield from self.body(node.body, inner)
        yield from self.body(node.else_, scope)

    def _macro(
        self, node: nodes.Macro | nodes.CallBlock, scope: dict[str, _Alias]
    ) -> Iterator[Reference]:
        if isinstance(node, nodes.Macro):
            scope[node.name] = _LOCAL
        else:
            yield from self.expression(node.call, scope, "value")
        names = {argument.name: _LOCAL for argument in node.args}
        yield from self.body(node.body, {**scope, **names, "caller": _LOCAL})

    def _assign(
        self, target: nodes.Node, value: nodes.Node, scope: dict[str, _Alias]
    ) -> Iterator[Reference]:
        alias = self._resolve(value, scope)
        if alias is None:
            yield from self.expression(value, scope, "value")
        self._bind(target, alias or _LOCAL, scope)

    def _bind(self, target: nodes.Node, alias: _Alias, scope: dict[str, _Alias]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = alias
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, _LOCAL, scope)

    def _items(self, node: nodes.Node, scope: dict[str, _Alias]) -> _Alias:
        if isinstance(node, nodes.Filter) and node.node is not None:
            if node.name in _SAME_ITEMS:
                return self._items(node.node, scope)
            if node.name == "groupby" and node.args and isinstance(node.args[0], nodes.Const):
                item = self._items(node.node, scope)
                key = _Alias(f"{item.path}.{node.args[0].value}")
                whole = _Alias(item.path.removesuffix("[]"))
                return _Alias("", {"grouper": key, "list": whole})
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
            return self._items(node.node, scope)
        alias = self._resolve(node, scope)
        return _Alias(f"{alias.path}[]") if alias and alias.path else _LOCAL

    def _resolve(self, node: nodes.Node, scope: dict[str, _Alias]) -> _Alias | None:
        """The alias that a chain of names leads to; None if ``node`` is no such chain."""
        match node:
            case nodes.Name():
                if node.name in scope:
                    return scope[node.name]
                return _LOCAL if node.name in self.known else _Alias(node.name)
            case nodes.Getattr():
                return self._member(self._resolve(node.node, scope), node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str(key))):
                return self._member(self._resolve(node.node, scope), key)
            case nodes.Getitem(arg=nodes.Const(value=int())):
                alias = self._resolve(node.node, scope)
                return _Alias(f"{alias.path}[]") if alias and alias.path else alias
        return None

    def _member(self, alias: _Alias | None, name: str) -> _Alias | None:
        if alias is None:
            return None
        if alias.members and name in alias.members:
            return alias.members[name]
        return _Alias(f"{alias.path}.{name}") if alias.path else _LOCAL

    def expression(
        self, node: nodes.Node, scope: dict[str, _Alias], use: Use
    ) -> Iterator[Reference]:
        alias = self._resolve(node, scope)
        if alias is not None:
            if alias.path:
                yield Reference(alias.path, node.lineno, use)
            return
        match node:
            case nodes.Filter():
                yield from self._filter(node, scope, use)
            case nodes.Test():
                asked = self.expression(node.node, scope, "flag")
                yield from _optional(asked, known=() if node.name not in _ASKING else None)
                yield from self._all(node.args, scope, "value")
            case nodes.Call():
                yield from self._call(node, scope)
            case nodes.Getitem(arg=nodes.Slice()):
                yield from self.expression(node.node, scope, "list")
                yield from self._all(node.arg.iter_child_nodes(), scope, "number")
            case nodes.CondExpr() | nodes.And():
                yield from self._chosen(node, scope, use)
            case nodes.Compare():
                sides = [node.expr, *(one.expr for one in node.ops)]
                numeric = any(map(_is_number, sides))
                yield from self._all(sides, scope, "number" if numeric else "value")
            case nodes.BinExpr():
                yield from self._all([node.left, node.right], scope, _use_of_operands(node))
            case _:
                yield from self._all(node.iter_child_nodes(), scope, "value")

    def _chosen(
        self, node: nodes.CondExpr | nodes.And, scope: dict[str, _Alias], use: Use
    ) -> Iterator[Reference]:
        """A test, what is used only where it holds, and what is used where it does not."""
        if isinstance(node, nodes.And):
            test, chosen, other, use = node.left, node.right, None, "flag"
        else:
            test, chosen, other = node.test, node.expr1, node.expr2
        yield from self.expression(test, scope, "flag")
        yield from _optional(self.expression(chosen, scope, use), self._defined(test, scope))
        if other is not None:
            yield from self.expression(other, scope, use)

    def _defined(self, test: nodes.Node, scope: dict[str, _Alias]) -> tuple[str, ...]:
        """The paths that are there for certain where ``test`` holds."""
        if isinstance(test, nodes.And):
            return self._defined(test.left, scope) + self._defined(test.right, scope)
        if isinstance(test, nodes.Test) and test.name == "defined":
            alias = self._resolve(test.node, scope)
            return (alias.path,) if alias and alias.path else ()
        return ()

    def _all(self, children: Any, scope: dict[str, _Alias], use: Use) -> Iterator[Reference]:
        for child in children:
            yield from self.expression(child, scope, use)

    def _filter(
        self, node: nodes.Filter, scope: dict[str, _Alias], use: Use
    ) -> Iterator[Reference]:
        if node.node is not None:
            wanted: Use = "value"
            if node.name.startswith(_ENGINES):
                wanted = _OF_SLOTS.get(node.name, use)
            elif node.name in _NUMERIC:
                wanted = "number"
            elif node.name in _DATED:
                wanted = "date"
            elif node.name in _TABLES:
                wanted = "list"
                yield from self._columns(node, scope)
            elif use == "list" or node.name in _SAME_ITEMS | {"groupby", "join", "sum"}:
                wanted = "list"
            inner = self.expression(node.node, scope, wanted)
            optional = node.name in ("default", "d")
            yield from (replace(one, optional=optional or one.optional) for one in inner)
            yield from self._attribute(node, scope)
        yield from self._all(node.args, scope, "value")
        yield from self._all((pair.value for pair in node.kwargs), scope, "value")

    def _columns(self, node: nodes.Filter, scope: dict[str, _Alias]) -> Iterator[Reference]:
        """The columns of each item that a chart shows."""
        items = self._items(node.node, scope) if node.node is not None else _LOCAL
        listed = [one.value for one in node.args if isinstance(one, nodes.Const)]
        named = [pair.key for pair in node.kwargs]
        if items.path:
            for number, one in enumerate((*listed, *named)):
                use: Use = "number" if number else "value"
                yield Reference(f"{items.path}.{one}", node.lineno, use)

    def _attribute(self, node: nodes.Filter, scope: dict[str, _Alias]) -> Iterator[Reference]:
        """The member of each item that a filter such as ``sum(attribute="count")`` takes."""
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        first = node.args[:1] if node.name in _FIRST_IS_ATTRIBUTE else []
        items = self._items(node.node, scope) if node.node is not None else _LOCAL
        for one in [*named, *first]:
            if items.path and isinstance(one, nodes.Const) and isinstance(one.value, str):
                use: Use = "number" if node.name == "sum" else "value"
                yield Reference(f"{items.path}.{one.value}", node.lineno, use)

    def _call(self, node: nodes.Call, scope: dict[str, _Alias]) -> Iterator[Reference]:
        if isinstance(node.node, nodes.Getattr):
            mapping = node.node.attr in ("items", "keys", "values")
            yield from self.expression(node.node.node, scope, "object" if mapping else "value")
        else:
            yield from self.expression(node.node, scope, "value")
        yield from self._all(node.args, scope, "value")
        yield from self._all((pair.value for pair in node.kwargs), scope, "value")


def _use_of_operands(node: nodes.BinExpr) -> Use:
    if isinstance(node, nodes.Or):
        return "flag"
    return "number" if isinstance(node, _ARITHMETIC) and not _holds_text(node) else "value"


def _optional(found: Iterator[Reference], known: tuple[str, ...] | None) -> Iterator[Reference]:
    """Mark as optional what is used only where it was found to be defined; all if None."""
    for one in found:
        if known is None:
            yield replace(one, optional=True)
            continue
        inside = any(
            one.path == path or one.path.startswith((f"{path}.", f"{path}[")) for path in known
        )
        yield replace(one, optional=one.optional or inside)


def _is_number(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, (int, float))


def _holds_text(node: nodes.Node) -> bool:
    return any(isinstance(const.value, str) for const in node.find_all(nodes.Const))
