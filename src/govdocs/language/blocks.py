"""Join ``{% if %}`` with its ``{% endif %}``: which tags of a document make one block.

This module sees a sequence of tags in document order, wherever they stand; where a block's elements
begin and end is the engines' affair.
"""

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from govdocs.language.tags import Tag

_MIDDLES = {
    "if": ("elif", "else"),
    "for": ("else",),
    "with": (),
    "filter": (),
    "call": (),
    "macro": (),
    "set": (),
    "raw": (),
    "autoescape": (),
}
_SINGLE = ("set", "do", "break", "continue")
_CLOSED_DOORS = ("include", "import", "from", "extends", "block", "endblock")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: the positions, in the sequence that was paired, of its tags.

    Attributes:
        word: ``if``, ``for``, ...
        tags: opening tag, middle ones (``elif``, ``else``), closing tag.
    """

    word: str
    tags: tuple[int, ...]

    @property
    def open(self) -> int:
        """Position of the opening tag."""
        return self.tags[0]

    @property
    def close(self) -> int:
        """Position of the closing tag."""
        return self.tags[-1]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the tag at ``index``: a code of the catalogue and its fields."""

    code: str
    index: int
    fields: dict[str, object] = field(default_factory=dict)


def pair(tags: Sequence[Tag], marks: Collection[str] = ()) -> tuple[list[Block], list[Fault]]:
    """Pair the statements of ``tags``.

    Args:
        tags: in document order.
        marks: further statements that stand alone, such as ``cellbg``.

    Returns:
        The blocks, outer before inner, and every fault.
    """
    return _Pairing(tags, marks).run()


class _Pairing:
    """One walk over the tags with a stack of what is open."""

    def __init__(self, tags: Sequence[Tag], marks: Collection[str]) -> None:
        self.tags = tags
        self.marks = marks
        self.stack: list[list[int]] = []
        self.blocks: list[Block] = []
        self.faults: list[Fault] = []

    def run(self) -> tuple[list[Block], list[Fault]]:
        for index, tag in enumerate(self.tags):
            if tag.kind == "stmt":
                self._take(index, tag)
        for opened in self.stack:
            self._unclosed(opened)
        self.blocks.sort(key=lambda block: block.open)
        self.faults.sort(key=lambda fault: fault.index)
        return self.blocks, self.faults

    def _take(self, index: int, tag: Tag) -> None:
        word = tag.word
        if word in _CLOSED_DOORS:
            self.faults.append(Fault("template.statement_not_available", index, {"word": word}))
        elif word.startswith("end") and word[3:] in _MIDDLES:
            self._close(index, word[3:])
        elif word in ("break", "continue"):
            self._leave(index, word)
        elif self._is_single(tag):
            return
        elif word in _MIDDLES:
            self.stack.append([index])
        elif word in ("elif", "else"):
            self._middle(index, word)
        else:
            self.faults.append(Fault("template.unknown_statement", index, self._guess(tag)))

    def _is_single(self, tag: Tag) -> bool:
        if tag.word == "set":
            return "=" in tag.body
        return tag.word in _SINGLE or tag.word in self.marks

    def _word(self, opened: list[int]) -> str:
        return self.tags[opened[0]].word

    def _leave(self, index: int, word: str) -> None:
        if not any(self._word(opened) == "for" for opened in self.stack):
            self.faults.append(Fault("template.unexpected_middle", index, {"word": word}))

    def _middle(self, index: int, word: str) -> None:
        if self.stack and word in _MIDDLES[self._word(self.stack[-1])]:
            self.stack[-1].append(index)
        else:
            self.faults.append(Fault("template.unexpected_middle", index, {"word": word}))

    def _close(self, index: int, word: str) -> None:
        depths = [depth for depth, opened in enumerate(self.stack) if self._word(opened) == word]
        if not depths:
            self.faults.append(Fault("template.unexpected_close", index, {"word": word}))
            return
        while len(self.stack) > depths[-1] + 1:
            self._unclosed(self.stack.pop())
        opened = self.stack.pop()
        self.blocks.append(Block(word, (*opened, index)))

    def _unclosed(self, opened: list[int]) -> None:
        self.faults.append(
            Fault("template.unclosed_block", opened[0], {"word": self._word(opened)})
        )

    def _guess(self, tag: Tag) -> dict[str, object]:
        known = [*_MIDDLES, *(f"end{word}" for word in _MIDDLES), *_SINGLE, "elif", "else"]
        near = difflib.get_close_matches(tag.word, [*known, *self.marks], 1)
        return {"word": tag.word or tag.body, "guess": near[0] if near else ["if", "for", "set"]}
