"""A value that the data do not have.

Asking for a missing name is no fault; using it is: printing, comparing, looping, testing. Then it
is noted with its tag and the filling goes on with a harmless stand-in, so that one run tells of
all. ``is defined`` and ``default`` ask without using.
"""

import decimal
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import Undefined

from govdocs.language.rendering import current
from govdocs.values.plain import plain

_TOLD = object()


class Absent(Undefined):
    """A missing value. Attributes and items of it are missing too; sums with it are missing."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name that was not found, dotted from where the finding stopped."""
        return self._undefined_name or "?"

    def use(self) -> str:
        """Note that the value was wanted.

        Returns:
            Its full dotted path.

        Raises:
            UndefinedError: outside of a filling, or where access was refused by the sandbox.
        """
        if self._undefined_obj is _TOLD:
            return "?"
        state = current()
        if state is None or self._undefined_hint is not None:
            raise self._undefined_exception(self._undefined_message)
        return state.note_missing(self._undefined_name or "")

    def _beyond(self, tail: str) -> "Absent":
        name = f"{self._undefined_name or ''}{tail}"
        return Absent(self._undefined_hint, self._undefined_obj, name, self._undefined_exception)

    def __getattr__(self, name: str) -> "Absent":
        if name[:2] == "__":
            raise AttributeError(name)
        return self._beyond(f".{name}")

    def __getitem__(self, key: object) -> "Absent":  # type: ignore[override]
        return self._beyond(f".{key}" if isinstance(key, str) else "[]")

    def __str__(self) -> str:
        self.use()
        return ""

    def __repr__(self) -> str:
        return f"Absent({self.name!r})" if current() is None else str(self)

    def __bool__(self) -> bool:
        self.use()
        return False

    def __len__(self) -> int:
        self.use()
        state = current()
        return int(state is not None and state.mode == "mark")

    def __iter__(self) -> Iterator["Absent"]:
        if len(self):
            yield self._beyond("[]")

    def __contains__(self, item: object) -> bool:
        self.use()
        return False

    def __hash__(self) -> int:
        self.use()
        return 0

    def __call__(self, *_: Any, **__: Any) -> "Absent":  # type: ignore[override]
        """Note it: what is missing cannot be called."""
        self.use()
        return self


def _nothing(answer: Any) -> Callable[..., Any]:
    def use(self: Absent, *_: object) -> Any:
        self.use()
        return answer

    return use


def _itself(self: Absent, *_: object) -> Absent:
    return self


for _name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"):
    setattr(Absent, _name, _nothing(answer=False))
for _name, _answer in (("__int__", 0), ("__index__", 0), ("__float__", 0.0)):
    setattr(Absent, _name, _nothing(_answer))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(Absent, f"__{_name}__", _itself)
    setattr(Absent, f"__r{_name}__", _itself)
for _name in ("__neg__", "__pos__"):
    setattr(Absent, _name, _itself)

NULL = Absent(name="")
"""Stands for ``None`` where a text is wanted: a value that is there and empty."""

TOLD = Absent(obj=_TOLD, name="")
"""Stands for a value whose making failed: that was told, and is not told again."""


def as_missing(value: Any) -> Absent | None:
    """Return what stands for ``value`` if there is nothing to print: missing, null, not a number.

    Spreadsheets and data frames write NaN, NaT and NA where a value is empty.
    """
    if isinstance(value, Absent):
        return value
    if value is None or plain(value) is None:
        return NULL
    return NULL if isinstance(value, decimal.Decimal) and value.is_nan() else None
