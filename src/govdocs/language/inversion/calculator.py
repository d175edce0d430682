"""Compute an expression of the template by itself, from names that are given to it.

Expressions are compiled once and kept with their template. What cannot be computed is told by
:class:`UnknownError`, never guessed.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import Template, nodes

from govdocs.language.environment import Sandbox
from govdocs.language.missing import Absent

_RESULT = "govdocs_result"


class UnknownError(Exception):
    """An expression cannot be computed from what was read."""


class Calculator:
    """Computes expressions of one template; it may serve several threads."""

    def __init__(self, environment: Sandbox) -> None:
        self.environment = environment
        self._compiled: dict[int, tuple[nodes.Node, Template]] = {}

    def compute(self, node: nodes.Node, names: Mapping[str, Any]) -> Any:
        """Compute an expression.

        Raises:
            UnknownError: it fails, or asks for a name that is not in ``names``.
        """
        try:
            template = self._template(node)
            context = template.new_context(dict(names))
            for _ in template.root_render_func(context):
                pass
            value = context.vars[_RESULT]
        except Exception as error:
            raise UnknownError from error
        if isinstance(value, Absent):
            raise UnknownError
        return value

    def _template(self, node: nodes.Node) -> Template:
        known = self._compiled.get(id(node))
        if known is None:
            known = self._compiled[id(node)] = node, self._compile(node)
        return known[1]

    def _compile(self, node: nodes.Node) -> Template:
        environment = self.environment
        target = nodes.Name(_RESULT, "store", lineno=1)
        tree = nodes.Template([nodes.Assign(target, node, lineno=1)], lineno=1)
        tree.set_environment(environment)
        code = environment.compile(tree)
        return environment.template_class.from_code(
            environment, code, environment.make_globals(None)
        )


def counter(index: int, length: int) -> dict[str, Any]:
    """Make what ``loop`` is in pass ``index``, from 1, of ``length``."""
    return {
        "index": index,
        "index0": index - 1,
        "revindex": length - index + 1,
        "revindex0": length - index,
        "first": index == 1,
        "last": index == length,
        "length": length,
        "depth": 1,
        "depth0": 0,
    }
