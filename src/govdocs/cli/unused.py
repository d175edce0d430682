"""Which of the data no template asks for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def unused_names(data: Any, asked: Iterable[str]) -> list[str]:
    """List the names of ``data`` that are not asked for, each once, items of a list as ``[]``.

    A name that is asked for covers all that stands below it, unless single names below it are
    asked for: ``{{ rows|length }}`` uses the rows whole, ``{{ row.count }}`` only their counts.
    """
    names = set(asked)
    parents = {parent for name in names for parent in _parents(name)}
    whole = names - parents
    return list(dict.fromkeys(_unused(data, "", names, whole)))


def _unused(value: Any, name: str, asked: set[str], whole: set[str]) -> Iterator[str]:
    if name in whole:
        return
    below = list(_children(value, name))
    if not below and name and name not in asked:
        yield name
    for child, child_name in below:
        yield from _unused(child, child_name, asked, whole)


def _children(value: Any, name: str) -> Iterator[tuple[Any, str]]:
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield child, f"{name}.{key}" if name else str(key)
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield child, f"{name}[]"


def _parents(name: str) -> Iterator[str]:
    """``a.b[].c`` has the parents ``a``, ``a.b`` and ``a.b[]``."""
    for at, sign in enumerate(name):
        if sign == "." or name.startswith("[]", at):
            yield name[:at]
