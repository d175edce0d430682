"""A value that the data do not have.

Asking for a missing name is no fault; using it is: printing, comparing, looping, testing. Then it is
noted with its tag and the filling goes on with a harmless stand-in, so that one run tells of all.
``is defined`` and ``default`` ask without using.
"""

from collections.abc import Iterator
from typing import Any

from jinja2 import Undefined

from govdocs.language.rendering import current


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
        state = current()
        if state is None or self._undefined_hint is not None:
            raise self._undefined_exception(self._undefined_message)
        return state.note_missing(self.name)

    def __getattr__(self, name: str) -> "Absent":
        if name[:2] == "__":
            raise AttributeError(name)
        return Absent(name=f"{self.name}.{name}", hint=self._undefined_hint)

    def __getitem__(self, key: object) -> "Absent":
        tail = f".{key}" if isinstance(key, str) else "[]"
        return Absent(name=f"{self.name}{tail}", hint=self._undefined_hint)

    def __str__(self) -> str:
        self.use()
        return ""

    def __bool__(self) -> bool:
        self.use()
        return False

    def __len__(self) -> int:
        self.use()
        state = current()
        return int(state is not None and state.mode == "mark")

    def __iter__(self) -> Iterator["Absent"]:
        if len(self):
            yield Absent(name=f"{self.name}[]")

    def __contains__(self, item: object) -> bool:
        self.use()
        return False

    def _compare(self, other: object) -> bool:
        self.use()
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _compare

    def __hash__(self) -> int:
        self.use()
        return 0

    def __int__(self) -> int:
        self.use()
        return 0

    __index__ = __int__

    def __float__(self) -> float:
        self.use()
        return 0.0

    def _stay(self, *others: object) -> "Absent":
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _stay
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _stay
    __pow__ = __rpow__ = __neg__ = __pos__ = _stay

    def __call__(self, *args: Any, **kwargs: Any) -> "Absent":
        self.use()
        return self


NULL = Absent(name="")
"""Stands for ``None`` where a text is wanted: a value that is there and empty."""
