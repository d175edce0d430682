"""Sums and shares that a text works out itself.

``401项，其中…200项，…62项``: the parts against the total. ``78+3=75+3``: one side against the
other. ``258件，占33.9%``: the share against every total that could be meant.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from govdocs.forms.readings import Number

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = "件|条|项|次|个|篇|人次|人|场|份|起|宗|期"
_WHOLE = re.compile(rf"({_NUMBER})({_UNIT})[，,（(]?其中[：:，,]?([^。；;]*)")
_PART = re.compile(rf"({_NUMBER})({_UNIT})")
_SUM = re.compile(r"[\d,.+＋\-－−]*[+＋][\d,.+＋\-－−]*")
_EQUATION = re.compile(r"((?:[\d,.]+[+＋\-－−])*[\d,.]+)[=＝]((?:[\d,.]+[+＋\-－−])*[\d,.]+)")
_SHARE = re.compile(
    rf"({_NUMBER})(?:{_UNIT})[，,（(]?(?:约|大约)?占([^。；;，,\d]{{0,16}}?)(\d+(?:\.\d+)?)%"
)
_BESIDES = re.compile(r"另|此外|同时|结转|合计|总计")
_NO_PART = re.compile(r"占|比|较|上年|去年")
_FEW_PARTS = 2
"""So few parts that are less than the total may be given as examples."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that a text works out: where, what it says, and what comes out."""

    start: int
    end: int
    said: Number
    found: Number


def find_parts(text: str) -> Iterator[Sum]:
    """Go through the totals of a text whose parts, from 其中 on, do not add up to them."""
    for match in _WHOLE.finditer(text):
        said, parts = read(match[1]), list(_read_parts(match[3], match[2]))
        total = sum(parts, start=0)
        is_open = total < said and ("等" in match[3] or len(parts) <= _FEW_PARTS)
        if len(parts) > 1 and total != said and not is_open:
            yield Sum(match.start(), match.end(), said, total)


def _read_parts(text: str, unit: str) -> Iterator[Number]:
    """Go through the parts of a total; what was carried over or is told besides is none of them."""
    for clause in re.split(r"[，,、]", text):
        if _BESIDES.search(clause):
            return
        if not _NO_PART.search(clause):
            yield from (read(one) for one, other in _PART.findall(clause) if other == unit)


def find_equations(text: str) -> Iterator[Sum]:
    """Go through the equations of a text that do not hold."""
    bare = text.replace(" ", "")
    for match in _EQUATION.finditer(bare):
        left, right = work_out(match[1]), work_out(match[2])
        is_sum = _SUM.fullmatch(match[1]) or _SUM.fullmatch(match[2])
        if is_sum and left is not None and right is not None and left != right:
            yield Sum(match.start(), match.end(), left, right)


def work_out(text: str) -> Number | None:
    """Work out ``78+3-1``; None when it is no sum."""
    plain = text.translate(str.maketrans("＋－−", "+--"))
    if not re.fullmatch(rf"(?:{_NUMBER})(?:[+-](?:{_NUMBER}))*", plain):
        return None
    signed = re.findall(rf"([+-]?)({_NUMBER})", plain)
    return sum((-read(one) if sign == "-" else read(one) for sign, one in signed), start=0)


@dataclass(frozen=True, slots=True)
class Share:
    """A share that a text tells: the part, the percentage as written."""

    start: int
    end: int
    part: Number
    percent: str

    def fits(self, whole: Number) -> bool:
        """Tell whether the percentage is the part's share in ``whole``, rounded as written."""
        if whole <= 0:
            return False
        places = len(self.percent.partition(".")[2])
        step = Decimal(1).scaleb(-places)
        share = (Decimal(self.part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP)
        return share == Decimal(self.percent)


def find_shares(text: str) -> Iterator[Share]:
    """Go through the shares of a text: ``258件，占33.9%``."""
    for match in _SHARE.finditer(text):
        yield Share(match.start(), match.end(), read(match[1]), match[3])


def fits_any(share: Share, wholes: Iterable[Number]) -> bool:
    """Tell whether a share fits one of the totals that could be meant."""
    return any(share.fits(whole) for whole in wholes)


def find_numbers(text: str) -> list[Number]:
    """List the numbers with a unit in a text."""
    return [read(one) for one, _ in _PART.findall(text)]


def read(text: str) -> Number:
    """Read a number as it stands in a text."""
    plain = text.replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)
