"""What was read of each value, from everywhere, and what the data are when all is put together.

The same name may be read at several places: they must agree. What is read exactly counts more than
what was rounded or guessed. This module knows no texts' grammar.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from govdocs.errors import DataError, Place, Problem
from govdocs.language.inversion.paths import Spot, dotted, spelt
from govdocs.values.dates import chinese_moment, parse_chinese_moment
from govdocs.values.numbers import maybe_number, plain_number
from govdocs.values.printing import print_value

EXACT, ROUNDED, GUESSED, IMPLIED = 3, 2, 1, 0

_SAYS_TEXT = re.compile(
    r"((^|_)(phone|telephone|tel|mobile|postcode|postal_code|zip|zip_code)|^(fax|code|id|no))$"
    r"|(电话|传真|手机|邮编|邮政编码|号码|编号|文号|代码|证号)$",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOST_DIGITS = 15
_PAIR = 2
_DATE_START = re.compile(r"[0-9]{1,4}[年时]")
_MISSING = re.compile("〔待填：[^〕]*〕")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as read at one place."""

    spot: Spot
    value: Any
    rank: int
    place: Place
    text: str = ""


def is_mark(text: str) -> bool:
    """Tell whether a text is the mark of a value that was missing when the file was filled."""
    return _MISSING.fullmatch(text) is not None


def value_of(text: str, kind: str, name: str) -> Any:
    """Turn a printed text into the value that prints so.

    A text is a number or a date if it is just as one prints, and the name does not say that it is
    a number to dial, a code or the like.

    Args:
        text: as printed.
        kind: of the field, as the template uses it.
        name: the last key of its path.
    """
    if kind == "text":
        return text
    if kind == "number":
        number = maybe_number(text)
        return text if number is None else number
    if _SAYS_TEXT.search(name) or (not text[:1].isdigit() and text[:1] != "-"):
        return text
    if kind != "date" and len(text) <= _MOST_DIGITS and _MOBILE.fullmatch(text) is None:
        number = maybe_number(text)
        if number is not None and plain_number(number) == text:
            return number
    return _moment(text, kind)


def _moment(text: str, kind: str) -> Any:
    if kind != "date" and _DATE_START.match(text) is None:
        return text
    try:
        moment = parse_chinese_moment(text)
        return moment if kind == "date" or chinese_moment(moment) == text else text
    except DataError:
        return text


@dataclass(slots=True)
class Ledger:
    """All readings of one file, in the order in which they were met."""

    readings: dict[Spot, list[Reading]] = field(default_factory=dict)
    lengths: dict[Spot, list[tuple[int, Place]]] = field(default_factory=dict)
    optional: set[Spot] = field(default_factory=set)
    mappings: set[Spot] = field(default_factory=set)

    def add(self, reading: Reading) -> None:
        """Write a reading down."""
        self.readings.setdefault(reading.spot, []).append(reading)

    def add_length(self, spot: Spot, length: int, place: Place, *, optional: bool) -> None:
        """Write down how often a loop went round."""
        self.lengths.setdefault(spot, []).append((length, place))
        if optional:
            self.optional.add(spot)

    def sure_text(self, spot: Spot) -> str | None:
        """Return how a value prints that was surely read; None if it was not."""
        texts = [one.text for one in self.readings.get(spot, ()) if one.rank == EXACT and one.text]
        return max(texts, key=texts.count) if texts else None

    def settle(self) -> tuple[dict[Spot, Reading], list[Problem]]:
        """Choose one reading for each value, and tell where they differ."""
        chosen: dict[Spot, Reading] = {}
        problems: list[Problem] = []
        for spot, found in self.readings.items():
            best = max(one.rank for one in found)
            equals = [one for one in found if one.rank == best]
            chosen[spot] = _most_frequent(equals, found)
            other = next((one for one in equals if not same(one.value, chosen[spot].value)), None)
            if other is not None:
                problems.append(_disagreement(chosen[spot], other))
        problems += self._unequal_lengths()
        return chosen, problems

    def _unequal_lengths(self) -> Iterator[Problem]:
        for spot, found in self.lengths.items():
            counts = dict(found)
            if len(counts) > 1:
                fields = {"name": spelt(spot), "counts": tuple(counts)}
                yield Problem("extract.lengths", tuple(counts.values()), fields, "warning")


def _most_frequent(best: list[Reading], found: list[Reading]) -> Reading:
    def count(one: Reading) -> int:
        return sum(same(one.value, other.value) for other in found)

    return best[0] if len(best) == 1 else max(best, key=count)


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same; true is not 1."""
    if isinstance(one, bool) != isinstance(other, bool):
        return False
    return bool(one == other)


def _disagreement(one: Reading, other: Reading) -> Problem:
    name = spelt(one.spot)
    places = tuple(Place(p.file, p.part, p.spot, p.tag, name) for p in (one.place, other.place))
    fields = {"name": name, "value": _shown(one.value), "other": _shown(other.value)}
    return Problem("extract.disagree", places, fields, "warning")


def _shown(value: Any) -> str:
    return plain_number(value) if isinstance(value, Decimal) else str(value)


def assemble(
    chosen: Mapping[Spot, Reading], ledger: Ledger, objects: Iterable[str]
) -> dict[str, Any]:
    """Build the data: dicts, lists and values.

    Args:
        chosen: one reading for each value.
        ledger: knows how long lists are.
        objects: paths, dotted, whose items are dicts.
    """
    return _Assembly(ledger, frozenset(objects)).run(chosen)


class _Assembly:
    def __init__(self, ledger: Ledger, objects: frozenset[str]) -> None:
        self.ledger = ledger
        self.objects = objects
        self.root: dict[str | int, Any] = {}

    def run(self, chosen: Mapping[Spot, Reading]) -> dict[str, Any]:
        for spot in sorted(chosen, key=len):
            self._put(spot, _Leaf(chosen[spot].value))
        for spot, found in self.ledger.lengths.items():
            if found[0][0] == 0 and spot not in self.ledger.optional:
                self._put(spot, {})
        built = self._build(self.root, ())
        return built if isinstance(built, dict) else {}

    def _put(self, spot: Spot, leaf: Any) -> None:
        node = self.root
        for step in spot[:-1]:
            inner = node.setdefault(step, {})
            if not isinstance(inner, dict):
                return  # a date and its year: the date says both
            node = inner
        node.setdefault(spot[-1], leaf)

    def _build(self, node: Any, spot: Spot) -> Any:
        if isinstance(node, _Leaf):
            return node.value
        lengths = self.ledger.lengths.get(spot)
        if lengths is None and not any(isinstance(key, int) for key in node):
            return {key: self._build(one, (*spot, key)) for key, one in node.items()}
        known = lengths[0][0] if lengths else 0
        size = max([known, *(key + 1 for key in node if isinstance(key, int))])
        items = [self._item(node, spot, index) for index in range(size)]
        return _as_mapping(items) if spot in self.ledger.mappings else items

    def _item(self, node: Any, spot: Spot, index: int) -> Any:
        if index in node:
            return self._build(node[index], (*spot, index))
        return {} if dotted((*spot, index)) in self.objects else None


@dataclass(frozen=True, slots=True)
class _Leaf:
    value: Any


def _as_mapping(pairs: list[Any]) -> dict[str, Any]:
    """Turn pairs of key and value into a dict; a pair of which one was not read is left out."""
    whole = (
        one for one in pairs if isinstance(one, list) and len(one) == _PAIR and None not in one
    )
    return {print_value(key): value for key, value in whole}
