"""Iterators that are looped over once: their items are handed on as they come, and none is kept.

An iterator among the data is kept otherwise, because templates may ask for it again. Where it is
sure that only one loop does, and only once, that is not needed. Nothing here runs a template.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from jinja2 import nodes

_PASSED_ONCE = (nodes.If, nodes.With, nodes.Output)
"""What may stand around a loop that is reached once at most."""


class Stream:
    """The items of an iterator that is looped over once."""

    __slots__ = ("_source",)

    def __init__(self, source: Iterator[Any]) -> None:
        self._source: Iterator[Any] | None = source

    def __iter__(self) -> Iterator[Any]:
        source, self._source = self._source, None
        if source is None:
            raise RuntimeError("an iterator of the data stands in several places; give a list")
        return source


class Asking(Protocol):
    """What is asked here of a program."""

    @property
    def mentions(self) -> Mapping[str, int]:
        """How often each name stands in it."""

    @property
    def looped(self) -> frozenset[str]:
        """The names that are looped over where a loop is reached once."""


def find_streams(data: Mapping[str, Any], programs: Iterable[Asking]) -> dict[int, Stream]:
    """Find the iterators of the data that one loop of all programs asks for, by their ids."""
    iterators = {name: value for name, value in data.items() if hasattr(value, "__next__")}
    if not iterators:
        return {}
    mentions: Counter[str] = Counter()
    looped: set[str] = set()
    for program in programs:
        mentions.update(program.mentions)
        looped |= program.looped
    shared = Counter(map(id, iterators.values()))
    return {
        id(value): Stream(value)
        for name, value in iterators.items()
        if name in looped and mentions[name] == 1 and shared[id(value)] == 1
    }


def count_mentions(tree: nodes.Template) -> Counter[str]:
    """Count how often each name stands in a program, the template's own names too."""
    return Counter(one.name for one in tree.find_all(nodes.Name))


def find_looped(tree: nodes.Template) -> frozenset[str]:
    """Find the names that are looped over by loops which stand in no other loop, nor in a macro."""
    return frozenset(_looped(tree.body))


def _looped(body: Iterable[nodes.Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.For):
            if isinstance(node.iter, nodes.Name) and not node.recursive:
                yield node.iter.name
        elif isinstance(node, _PASSED_ONCE):
            yield from _looped(node.iter_child_nodes())
