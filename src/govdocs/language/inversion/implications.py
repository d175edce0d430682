"""What the branch that was taken says of the data: a flag is set, a name equals a constant.

Only what a test settles is told; that a number is not nought is no value.
"""

from typing import Any

from jinja2 import nodes

from govdocs.language.inversion.expressions import Reader
from govdocs.language.inversion.model import Branch, Scope
from govdocs.language.inversion.paths import Path

Implied = list[tuple[Path, Any]]


def implied(reader: Reader, branch: Branch, scope: Scope, truth: bool) -> Implied:
    """List what a test says of the data when it holds, or when it does not."""
    return [] if branch.test is None else list(_implied(reader, branch.test, scope, truth))


def _implied(reader: Reader, node: nodes.Node, scope: Scope, truth: bool) -> Implied:
    path = reader.path(node, scope)
    if path:
        return [(path, truth)]
    match node:
        case nodes.Not():
            return _implied(reader, node.node, scope, not truth)
        case nodes.And() | nodes.Or() if isinstance(node, nodes.And) is truth:
            left = _implied(reader, node.left, scope, truth)
            return left + _implied(reader, node.right, scope, truth)
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=nodes.Const(value=value))]):
            path = reader.path(node.expr, scope)
            settles = (op == "eq" and truth) or (op == "ne" and not truth)
            return [(path, value)] if path and settles else []
        case nodes.Test(name="none") if truth:
            path = reader.path(node.node, scope)
            return [(path, None)] if path else []
    return []
