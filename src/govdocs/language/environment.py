"""The language's environment: Jinja's sandbox, strict names, delimiters that XML cannot hold.

Differences from plain Jinja, each for a reason:

- ``{{ d.items }}`` on a mapping is its key ``items`` or missing, never Python's method; a method is
  found only where it is called: ``{{ d.items() }}``.
- Methods of the data's own objects cannot be called, only those of plain values (text, numbers,
  dates, lists, dicts) and what a program handed in as ``globals`` or ``filters``.
- A filter that gets a missing value hands it on, so that it is told as missing, not as 0.
- An expression that fails is noted and the rendering goes on (:mod:`govdocs.language.rendering`).
- An iterator among the data can be looped over again (:class:`govdocs.language.values.Replay`).
"""

import datetime as dt
import decimal
import functools
import html
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from govdocs.errors import DataError
from govdocs.language.generator import FaultTolerantGenerator
from govdocs.language.missing import TOLD, Absent
from govdocs.language.rendering import current
from govdocs.language.streams import Stream
from govdocs.language.values import (
    MAX_ITEMS,
    Captured,
    Replay,
    capture,
    compute,
    filter_texts,
    join_texts,
    refuse_fields,
    refuse_large,
)
from govdocs.values.frames import Frame, maybe_frame, source_of
from govdocs.values.plain import plain_scalar

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
    dt.date,
    dt.time,
    dt.timedelta,
    dt.tzinfo,
    list,
    tuple,
    dict,
    set,
    frozenset,
    range,
    Replay,
)
_OWN = (LoopContext, Macro, Cycler, Joiner, Namespace, Absent)
_SEE_MISSING = frozenset({"default", "d"})
_SEE_MISSING_TESTS = frozenset({"defined", "undefined"})
_COSTLY = frozenset(
    {"batch", "center", "format", "indent", "join", "replace", "round", "slice", "tojson"}
    | {"truncate", "wordwrap"}
)
_SCALARS = frozenset({str, int, float, bool, type(None), dict, list, dt.date})
_CALL_COST = 4000
"""What calling a macro costs of a part's budget, so that macros that call macros come to an end."""
_MAX_DEPTH = 40

_replays: ContextVar[dict[int, Replay | Stream] | None] = ContextVar("replays", default=None)


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox with data-first attribute access."""

    code_generator_class = FaultTolerantGenerator
    intercepted_binops = frozenset({"+", "*", "**", "%"})
    trusted: frozenset[int] = frozenset()
    calls_data_methods = False
    told = TOLD
    filter_texts = staticmethod(filter_texts)
    join_texts = staticmethod(join_texts)

    def member(self, obj: Any, attribute: str) -> Any:
        """Look ``attribute`` up among the data: keys of a mapping, safe attributes of an object."""
        if isinstance(obj, dict):
            try:
                value = obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        elif isinstance(obj, Absent):
            return obj[attribute]
        elif isinstance(obj, Mapping):
            found = attribute in obj
            value = obj[attribute] if found else self.undefined(obj=obj, name=attribute)
        else:
            value = super().getattr(obj, attribute)
            if isinstance(obj, _PLAIN) and callable(value) and not isinstance(value, Absent):
                return self.undefined(obj=obj, name=attribute)
        return value if type(value) in _SCALARS else replayable(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look up what is called at once, or what a filter asks for by name."""
        if isinstance(obj, Mapping) and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        if isinstance(obj, Absent):
            return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look an item up, or a member by its name; never a method."""
        try:
            return replayable(obj[argument])
        except (TypeError, LookupError, AttributeError):
            if isinstance(argument, str) and not isinstance(obj, Mapping):
                return self.member(obj, argument)
        return self.undefined(obj=obj, name=argument if isinstance(argument, str) else "[]")

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow what the program handed in, Jinja's own helpers and methods of plain values."""
        if not super().is_safe_callable(obj):
            return False
        if self.calls_data_methods or isinstance(obj, _OWN) or id(obj) in self.trusted:
            return True
        # str.format comes from the sandbox guarded, as a plain function that wraps the method.
        owner = getattr(getattr(obj, "__wrapped__", obj), "__self__", None)
        return isinstance(owner, (*_PLAIN, *_OWN)) or id(owner) in self.trusted

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call ``obj`` if that is safe and will end."""
        if isinstance(obj, Macro | LoopContext):
            self._spend(_CALL_COST)
            with _one_deeper():
                return super().call(context, obj, *args, **kwargs)
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str | bytes):
            refuse_large(getattr(obj, "__name__", ""), owner, args)
        if any(type(one) is Frame for one in (*args, *kwargs.values())):
            args, kwargs = _own(args, kwargs)
        return super().call(context, obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Guard ``str.format`` against absurd widths too."""
        guarded = super().wrap_str_format(value)
        if guarded is not None:
            refuse_fields(value.__self__)
        return guarded

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, unless the result would be absurdly large."""
        del context
        return compute(operator, left, right, self.binop_table[operator])

    def begin_loop(self, items: Any, size: int, from_data: bool) -> Any:
        """Make sure that ``items`` can be looped over and that the loop is not absurdly long.

        Args:
            items: what is looped over.
            size: how many characters one pass writes.
            from_data: whether the template named it, rather than made it by a filter or a call.
        """
        state = current()
        if state is None or isinstance(items, Absent):
            return items
        if items is None:
            state.note_missing("")
            return ()
        if not hasattr(items, "__iter__") and not hasattr(items, "__getitem__"):
            raise DataError.of("data.not_a_list", fields={"kind": type(items).__name__})
        if isinstance(items, Stream):
            return self._counted(items, size)
        if hasattr(items, "__next__"):
            items = replayable(items) if from_data else Replay(items)
        self._spend(len(items) * size if hasattr(items, "__len__") else size)
        return items

    def _counted(self, items: Stream, size: int) -> Iterator[Any]:
        """Give out items as they come, each at the cost of a pass."""
        for number, item in enumerate(items):
            if number >= MAX_ITEMS:
                raise OverflowError(f"an iterator gave more than {MAX_ITEMS} items")
            self._spend(size)
            yield item

    def _spend(self, cost: int) -> None:
        state = current()
        if state is not None and not state.spend(cost):
            raise OverflowError("the loops of this part make more than a document can hold")

    def capture(self, text: str, line: int) -> str:
        """Return what a block printed: markup where the engine said what it is made of."""
        state = current()
        level = state.program.level_at(line) if state is not None else ""
        return capture(text, level) if level else text

    def spill(self, value: Any) -> str:
        """Print what a called macro gave back."""
        return value if isinstance(value, Captured) else html.escape(str(value), quote=False)

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
    own = {name: _with_own(function) for name, function in filters.items()}
    environment.filters.update(own)
    environment.filters.update(escape=_as_is, e=_as_is, safe=_as_is, forceescape=_as_is)
    for name, function in environment.filters.items():
        if name not in _SEE_MISSING:
            environment.filters[name] = _guard_filter(name, function)
    environment.filters.update(slots or {})
    tests: dict[str, Any] = environment.tests
    for name, test in tests.items():
        if name not in _SEE_MISSING_TESTS:
            tests[name] = _guard_test(test)
    environment.globals.pop("lipsum", None)
    environment.globals.update(functions)
    environment.calls_data_methods = calls_data_methods
    environment.trusted = frozenset(map(id, environment.globals.values()))
    return environment


@contextmanager
def one_filling(streams: Mapping[int, Stream] = MappingProxyType({})) -> Iterator[None]:
    """Let iterators among the data give the same items to everything that is filled within.

    Args:
        streams: iterators that are asked for once, by their ids: their items are not kept.
    """
    if _replays.get() is not None:
        yield
        return
    token = _replays.set(dict(streams))
    try:
        yield
    finally:
        _replays.reset(token)


def replayable(value: Any) -> Any:
    """Return ``value`` as templates see it: numbers and dates as Python's, data frames as rows.

    An iterator is its items, the same for every part of one filling.
    """
    if type(value) in _SCALARS:
        return value
    if not hasattr(value, "__next__"):
        value = plain_scalar(value)
        frame = maybe_frame(value)
        return value if frame is None else frame
    known = _replays.get()
    if known is None:
        return Replay(value)
    # A replay holds the iterator, so its id is not given to another one; so do the data a stream's.
    return known.setdefault(id(value), Replay(value))


@contextmanager
def _one_deeper() -> Iterator[None]:
    """Count how deep macros and recursive loops are nested, and stop before Python does."""
    state = current()
    if state is None:
        yield
        return
    if state.depth >= _MAX_DEPTH:
        raise RecursionError("macros or recursive loops are nested too deeply")
    state.depth += 1
    try:
        yield
    finally:
        state.depth -= 1


def _as_is(value: Any) -> Any:
    """Escaping is the slot's work, wherever the value lands: asking for it twice is as once."""
    return value


def _with_own(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a program's filter see the data frames that the program handed in."""
    if str(getattr(function, "__module__", "")).startswith("govdocs."):
        return function

    @functools.wraps(function, updated=("__dict__",) if hasattr(function, "__dict__") else ())
    def seeing(*args: Any, **kwargs: Any) -> Any:
        args, kwargs = _own(args, kwargs)
        return function(*args, **kwargs)

    return seeing


def _own(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    return (
        tuple(map(source_of, args)),
        {name: source_of(value) for name, value in kwargs.items()},
    )


def _guard_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand on a missing value, bound the costs, and let markup be plain text."""
    position = int(getattr(function, "jinja_pass_arg", None) is not None)
    is_costly = name in _COSTLY

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        value = args[position] if len(args) > position else None
        if isinstance(value, Undefined):
            return value
        if is_costly:
            refuse_large(name, value, (*args[position + 1 :], *kwargs.values()))
        if isinstance(value, Captured):
            args = (*args[:position], value.plain, *args[position + 1 :])
        return function(*args, **kwargs)

    return guarded


def _guard_test(test: Callable[..., Any]) -> Callable[..., Any]:
    position = int(getattr(test, "jinja_pass_arg", None) is not None)

    @functools.wraps(test)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if isinstance(args[position], Absent):
            return bool(args[position])
        return test(*args, **kwargs)

    return guarded
