"""Layouts: where the figures of a form are in files of one make, searched once.

Two files have the same layout if the labels that the form knows stand in the same cells and other
words in the same other cells; what the other words say (the unit, the names of people) cannot move
a figure. A layout is remembered only where every figure was found by a label that stands whole in
one cell. This module opens no file.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from govdocs.binding.entries import find_entries, may_hold_entry
from govdocs.forms import Form, Grid, Matches, Spot, match_labels
from govdocs.forms.figures import Figure, Heading
from govdocs.forms.grids import is_words
from govdocs.forms.wordings import keys_of, list_wordings, read_wording

OTHER: Final = "…"
"""Stands for words that are no label of the form."""

MOST_LAYOUTS: Final = 256
MOST_TEXTS: Final = 20_000

Handle = Hashable


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the figures are.

    Attributes:
        matches: what the search found.
        handles: key of a figure to the handle of its cell, as the tables give it.
    """

    matches: Matches
    handles: dict[str, Handle]


@dataclass(slots=True)
class Layouts:
    """The layouts of one form that were seen.

    Attributes:
        known: layouts by what decides them.
        masks: texts that were seen, to what :meth:`mask` makes of them.
        plain: those of them that hold no entry.
        labels: everything that a label of the form may be looked up under.
        steps: the figures, with the way to each in a dict.
    """

    form: Form
    known: dict[Hashable, Layout] = field(default_factory=dict)
    masks: dict[str, str] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    labels: frozenset[str] = frozenset()
    steps: tuple[tuple[Figure, tuple[str, ...], str], ...] = ()

    def __post_init__(self) -> None:
        self.steps = tuple((one, one.steps[:-1], one.steps[-1]) for one in self.form.figures)
        self.labels = frozenset(
            key
            for heading in _headings(self.form)
            for wording in list_wordings(heading)
            for key in keys_of(wording)
        )

    def mask(self, text: str) -> str:
        """Reduce a text to what decides where figures are: a label, words, or nothing."""
        known = self.masks.get(text)
        if known is not None:
            return known
        if not is_words(text):
            mask = ""
        elif any(entry.value for entry in find_entries(text)):
            return OTHER  # the names of one office: not to be remembered
        else:
            mask = text if keys_of(read_wording(text)) & self.labels else OTHER
        if len(self.masks) < MOST_TEXTS:
            self.masks[text] = mask
            if not may_hold_entry(text):
                self.plain.add(text)
        return mask

    def find(
        self,
        key: Hashable,
        grids: Callable[[], Sequence[Grid]],
        handle_of: Callable[[Spot], Handle],
    ) -> Layout:
        """Find the figures of a file, by the layout of an earlier one if there was one like it.

        Args:
            key: the masked texts of the file with their places, and its merged areas.
            grids: gives the tables of the file.
            handle_of: gives the handle of a cell.
        """
        layout = self.known.get(key)
        if layout is None:
            tables = grids()
            matches = match_labels(self.form, tables)
            layout = Layout(matches, {one: handle_of(at) for one, at in matches.cells.items()})
            if len(self.known) < MOST_LAYOUTS and self._is_sure(matches, tables):
                self.known[key] = layout
        return layout

    def _is_sure(self, matches: Matches, grids: Sequence[Grid]) -> bool:
        if matches.unfound:
            return False
        used = set(matches.labels.values())
        texts = (
            cell.text
            for number, grid in enumerate(grids)
            for cell in grid
            if Spot(number, cell.row, cell.col) in used
        )
        return all(self.mask(text) not in {"", OTHER} for text in texts)


def _headings(form: Form) -> Iterator[Heading]:
    for table in form.tables:
        for block in table.blocks:
            yield from _of_block(block.head, (*block.rows, *block.columns))


def _of_block(head: str, headings: Iterable[Heading]) -> Iterator[Heading]:
    if head:
        yield Heading(None, head, 0, (head,))
    yield from headings
