"""What tags are written with: docxtpl's own delimiters, or those of the caller's environment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import jinja2

from govdocs.language import Broken, Tag, may_hold_tag, scan

_ESCAPES = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_USUAL = ("{{", "}}", "{%", "%}", "{#", "#}")


@dataclass(frozen=True, slots=True)
class Delimiters:
    """Opening and closing marks of expressions, statements and comments, in that order."""

    marks: tuple[str, ...] = _USUAL

    @classmethod
    def of(cls, environment: jinja2.Environment) -> "Delimiters":
        """Return those of an environment."""
        return cls(
            (
                environment.variable_start_string,
                environment.variable_end_string,
                environment.block_start_string,
                environment.block_end_string,
                environment.comment_start_string,
                environment.comment_end_string,
            )
        )

    @property
    def are_usual(self) -> bool:
        """Whether they are docxtpl's own."""
        return self.marks == _USUAL

    def may_stand_in(self, text: str) -> bool:
        """Tell in a glance whether a text can hold a tag or an escape."""
        if self.are_usual:
            return may_hold_tag(text) or "}" in text
        return any(mark in text for mark in self.marks[::2])

    def scan(self, text: str) -> tuple[list[Tag], list[Broken]]:
        """Find the tags of a text."""
        if self.are_usual:
            return scan(text)
        return self._scan_own(text), []

    def escapes(self, text: str, tags: Sequence[Tag]) -> list[tuple[int, int]]:
        """Find ``{_{`` and its like outside of tags."""
        taken = [(tag.start, tag.end) for tag in tags]
        return [
            found.span()
            for found in _ESCAPES.finditer(text)
            if not any(a < found.end() and found.start() < b for a, b in taken)
        ]

    def _scan_own(self, text: str) -> list[Tag]:
        """Rewrite the marks to the usual ones, one tag at a time, and read that."""
        pairs = list(zip(self.marks[::2], self.marks[1::2], _USUAL[::2], _USUAL[1::2], strict=True))
        pairs.sort(key=lambda pair: -len(pair[0]))
        opening = re.compile("|".join(re.escape(pair[0]) for pair in pairs))
        tags, position = [], 0
        while (found := opening.search(text, position)) is not None:
            _, end, usual_begin, usual_end = next(p for p in pairs if p[0] == found[0])
            stop = text.find(end, found.end())
            if stop < 0:
                break
            position = stop + len(end)
            inner = text[found.end() : stop]
            read, _ = scan(f"{usual_begin}{inner}{usual_end}")
            whole = text[found.start() : position]
            tags += [_moved(one, whole, found.start(), position) for one in read[:1]]
        return tags


def _moved(tag: Tag, text: str, start: int, end: int) -> Tag:
    return replace(tag, text=text, start=start, end=end)
