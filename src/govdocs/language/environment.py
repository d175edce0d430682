"""The language's environment: Jinja's sandbox, strict names, delimiters that XML cannot hold.

Differences from plain Jinja, each for a reason:

- ``{{ d.items }}`` on a mapping is its key ``items`` first: data are asked before Python's methods.
- Methods of the data's own objects cannot be called, only those of plain values (text, numbers,
  dates, lists, dicts) and what a program handed in as ``globals`` or ``filters``.
- A filter that gets a missing value hands it on, so that it is told as missing, not as 0.
- An expression that fails is noted and the rendering goes on (see :mod:`govdocs.language.rendering`).
"""

import datetime
import decimal
import functools
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from govdocs.language.missing import Absent
from govdocs.language.rendering import current

STATEMENT = ("\x01", "\x02")
EXPRESSION = ("\x03", "\x04")
_COMMENT = ("\x05", "\x06")

_PLAIN = (
    str,
    bytes,
    int,
    float,
    complex,
    decimal.Decimal,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    datetime.tzinfo,
    list,
    tuple,
    dict,
    set,
    frozenset,
    range,
)
_OWN = (LoopContext, Macro, Cycler, Joiner, Namespace, Absent)
_SEE_MISSING = frozenset({"default", "d"})


class FaultTolerantGenerator(CodeGenerator):
    """Wraps each printed expression, so that one that fails does not hide the others' faults."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Write static text as it is and each expression inside a ``try``."""
        for child in node.nodes:
            alone = nodes.Output([child], lineno=node.lineno)
            if isinstance(child, nodes.TemplateData):
                super().visit_Output(alone, frame)
            else:
                self._guarded(alone, child.lineno, frame)

    def _guarded(self, output: nodes.Output, line: int, frame: Frame) -> None:
        self.writeline("try:", output)
        self.indent()
        super().visit_Output(output, frame)
        self.outdent()
        self.writeline("except Exception as caught_:")
        self.indent()
        self.writeline(f"environment.caught(caught_, {line})")
        self.outdent()


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox with data-first attribute access."""

    code_generator_class = FaultTolerantGenerator
    trusted: frozenset[Any] = frozenset()
    calls_data_methods = False

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look ``attribute`` up in a mapping's keys, then among the safe attributes."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        elif isinstance(obj, Absent):
            return obj[attribute]
        elif isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look an item up; there is no falling back from an item to a method."""
        if isinstance(obj, Absent):
            return obj[argument]
        return super().getitem(obj, argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow what the program handed in, Jinja's own helpers and methods of plain values."""
        if not super().is_safe_callable(obj):
            return False
        if self.calls_data_methods or isinstance(obj, _OWN):
            return True
        if id(obj) in self.trusted:
            return True
        # str.format comes from the sandbox guarded, as a plain function that wraps the method.
        owner = getattr(getattr(obj, "__wrapped__", obj), "__self__", None)
        return isinstance(owner, (*_PLAIN, *_OWN))

    def caught(self, error: Exception, line: int) -> None:
        """Note a failed expression; outside of a filling let it fail."""
        state = current()
        if state is None:
            raise error
        state.caught(error, line)


def make_environment(
    filters: Mapping[str, Callable[..., Any]],
    functions: Mapping[str, Any],
    *,
    slots: Mapping[str, Callable[..., Any]] | None = None,
    calls_data_methods: bool = False,
) -> Sandbox:
    """Make the environment of one template.

    Args:
        filters: further filters by name.
        functions: further global names: functions and constants.
        slots: the engine's own filters, which write a value where it lands; they see missing ones.
        calls_data_methods: allow templates to call methods of the data's objects.
    """
    environment = Sandbox(
        block_start_string=STATEMENT[0],
        block_end_string=STATEMENT[1],
        variable_start_string=EXPRESSION[0],
        variable_end_string=EXPRESSION[1],
        comment_start_string=_COMMENT[0],
        comment_end_string=_COMMENT[1],
        keep_trailing_newline=True,
        autoescape=False,
        undefined=Absent,
        cache_size=0,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    environment.filters.update(filters)
    environment.filters.update(escape=_as_is, e=_as_is, safe=_as_is, forceescape=_as_is)
    for name, function in environment.filters.items():
        if name not in _SEE_MISSING:
            environment.filters[name] = _hand_on_missing(function)
    environment.filters.update(slots or {})
    environment.globals.pop("lipsum", None)
    environment.globals.update(functions)
    environment.calls_data_methods = calls_data_methods
    environment.trusted = frozenset(map(id, environment.globals.values()))
    return environment


def _as_is(value: Any) -> Any:
    """Escaping is the slot's work, wherever the value lands; asking for it twice changes nothing."""
    return value


def _hand_on_missing(function: Callable[..., Any]) -> Callable[..., Any]:
    position = 1 if getattr(function, "jinja_pass_arg", None) is not None else 0

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if len(args) > position and isinstance(args[position], Undefined):
            return args[position]
        return function(*args, **kwargs)

    return guarded
