"""Wordings of labels: when two labels, differently written, say the same.

The same are: full and half width, with and without spaces, line breaks, numbering marks and 其中,
with and without punctuation, with and without a remark in brackets at the end, with and without
数 or 数量 at the end. A label that differs by a word is another label: 政务微博 is not 政务微信,
however like they look. Which other wordings are met in real sheets is data, under ``also``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from govdocs.forms.figures import Heading
from govdocs.values.folding import fold_text, split_mark

_AMONG = re.compile(r"^其中[:,]?")
_REMARK = re.compile(r"\([^()]*\)?$")
_PUNCTUATION = re.compile(r"[^\w]|_")
_COUNT_WORD = re.compile(r"(?<=..)(?:数量|数)$")
_INNER_MARK = re.compile(
    r"[(\[][一二三四五六七八九十\d]{1,3}[)\]]|[一二三四五六七八九十]{1,3}[,、]|\d{1,2}\."
)
MAX_LENGTH = 300
"""A longer text is no label and is not folded."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A label taken apart.

    Attributes:
        mark: its numbering mark, folded: ``(一)``.
        whole: its words, remark included.
        bare: its words without the remark.
        stem: its words without the remark and without 数 at the end.
        flat: its words without any numbering mark inside, for labels that name their parents.
    """

    mark: str
    whole: str
    bare: str
    stem: str
    flat: str


@lru_cache(maxsize=4096)
def read_wording(text: str) -> Wording:
    """Take a label apart."""
    if len(text) > MAX_LENGTH:
        return Wording("", "", "", "", "")
    mark, rest = _take_marks(text)
    folded = fold_text(rest)
    whole = _PUNCTUATION.sub("", folded)
    bare = _PUNCTUATION.sub("", _REMARK.sub("", folded)) or whole
    flat = _PUNCTUATION.sub("", _INNER_MARK.sub("", folded)) or whole
    return Wording(mark, whole, bare, _COUNT_WORD.sub("", bare), flat)


def _take_marks(text: str) -> tuple[str, str]:
    """Take 其中 and the numbering marks off the front, in whatever order."""
    mark, rest = split_mark(text)
    found = _AMONG.match(fold_text(rest))
    if not found or len(fold_text(rest)) == found.end():
        return fold_text(mark), rest
    bare = re.sub(r"^\s*其\s*中\s*[:：,，、]?", "", rest)
    inner, rest = split_mark(bare)
    return fold_text(inner or mark), rest


def keys_of(wording: Wording) -> set[str]:
    """Tell under which keys a wording is looked up; two that are alike share one."""
    return {wording.whole, wording.bare, wording.stem, wording.flat} - {""}


def list_wordings(heading: Heading) -> tuple[Wording, ...]:
    """List the wordings of a heading: its label, the others it has, and those with its parents."""
    labels = (heading.label, *heading.also)
    parents = heading.path[:-1]
    joined = [
        "".join((*parents[depth:], label)) for label in labels for depth in range(len(parents))
    ]
    return tuple(read_wording(text) for text in (*labels, *joined) if text)


def likeness(label: Wording, found: Wording) -> int:
    """Tell how much alike two wordings are, from 0, another label, to 9, the same to the mark."""
    if label.whole == found.whole:
        degree = 4
    elif label.bare == found.bare and found.bare in {found.whole, label.whole}:
        degree = 3
    elif label.bare == found.bare or label.stem == found.stem:
        degree = 2
    else:
        degree = 1 if label.flat == found.flat else 0
    return 2 * degree + (degree > 0 and label.mark == found.mark)
