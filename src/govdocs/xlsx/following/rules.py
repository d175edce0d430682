"""Rules over areas: conditional formats and data validations, in both of their forms.

A rule is written for one cell and read in every other one as if copied there. When its areas move,
the rule is written anew for each of them; areas in which it reads alike share one rule again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdocs.errors import Problem
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.grid.copying import shift_formula
from govdocs.xlsx.grid.rewriting import Reads
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element

_GROUP_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class MovedRule:
    """A rule after the fill: its areas, and its formulas as they read in their first cell."""

    areas: tuple[Area, ...]
    formulas: tuple[str, ...]

    @property
    def sqref(self) -> str:
        """Its areas as one text."""
        return " ".join(map(str, self.areas))


def move_rule(
    sqref: str, formulas: Sequence[tuple[str, Reads]], sheet: MovedSheet
) -> list[MovedRule]:
    """Move a rule: to nothing, to one rule, or to several where it reads differently.

    Args:
        sqref: its areas in the template.
        formulas: its formulas and what each is read as.
        sheet: the output sheet that it stands on.
    """
    areas = [area for one in sqref.split() if (area := maybe_area(one)) is not None]
    if not areas:
        return [MovedRule((), tuple(text for text, _ in formulas))]
    base = min(one.first_row for one in areas), min(one.first_column for one in areas)
    groups: dict[tuple[str, ...], list[Area]] = {}
    for area in areas:
        for copy in _copies(area, sheet):
            reading = _as_in_first_cell(formulas, base, copy, sheet, sqref)
            if reading is not None:
                groups.setdefault(reading, []).append(copy)
    if len(groups) > _GROUP_LIMIT:
        fields = {"count": len(groups), "limit": _GROUP_LIMIT}
        sheet.book.problems.append(Problem("xlsx.rule_scattered", (sheet.place(sqref),), fields))
    rules = [_gather(canonical, found) for canonical, found in groups.items()]
    if len(groups) == 1 and set(*groups.values()) == set(areas):
        return [MovedRule(tuple(areas), rules[0].formulas)]  # nothing to write otherwise
    return rules


def _copies(area: Area, sheet: MovedSheet) -> Iterator[Area]:
    for text in sheet.copies(str(area)):
        copy = maybe_area(text)
        if copy is not None:
            yield copy


def _as_in_first_cell(
    formulas: Sequence[tuple[str, Reads]],
    base: tuple[int, int],
    copy: Area,
    sheet: MovedSheet,
    sqref: str,
) -> tuple[str, ...] | None:
    """The formulas as they would read in A1, by which equal rules are told.

    None where an area that the rule reads has vanished: then the rule goes too.
    """
    moved = []
    for text, reads in formulas:
        own = sheet.relative(text, base, copy, sheet.place(sqref), reads)
        if own is None:
            return None
        moved.append(shift_formula(own, 1 - copy.first_row, 1 - copy.first_column, wrap=True))
    return tuple(moved)


def _gather(canonical: tuple[str, ...], areas: list[Area]) -> MovedRule:
    row, column = min(one.first_row for one in areas), min(one.first_column for one in areas)
    formulas = tuple(shift_formula(one, row - 1, column - 1, wrap=True) for one in canonical)
    return MovedRule(tuple(_joined(areas)), formulas)


def _joined(areas: list[Area]) -> list[Area]:
    """Join areas that stand right below each other, then those that stand side by side."""
    turned = [_turned(one) for one in _joined_below(areas)]
    found = sorted(_turned(one) for one in _joined_below(turned))
    return found if len(found) < len(areas) else areas


def _joined_below(areas: list[Area]) -> list[Area]:
    """Join areas of the same columns that stand right below each other."""
    found: list[Area] = []
    for area in sorted(areas, key=lambda one: (one.first_column, one.last_column, one.first_row)):
        last = found[-1] if found else None
        if (
            last is not None
            and (last.first_column, last.last_column) == (area.first_column, area.last_column)
            and last.last_row + 1 == area.first_row
        ):
            found[-1] = Area(last.first_row, last.first_column, area.last_row, last.last_column)
        else:
            found.append(area)
    return found


def _turned(area: Area) -> Area:
    """Take rows for columns."""
    return Area(area.first_column, area.first_row, area.last_column, area.last_row)


def write_rules(element: Element, sheet: MovedSheet) -> str:
    """Write a ``conditionalFormatting`` for where its areas have gone."""
    texts = [one for one in element.iter("formula") if one.text.strip()]
    values = [one for one in element.iter("cfvo") if maybe_formula(one.get("val"))]
    formulas: list[tuple[str, Reads]] = [(one.text, "value") for one in texts]
    formulas += [(one.get("val"), "value") for one in values]
    written = []
    for rule in move_rule(element.get("sqref"), formulas, sheet):
        edits = Edits()
        edits.set(element, "sqref", rule.sqref)
        for holder, formula in zip(texts, rule.formulas, strict=False):
            edits.set_text(holder, formula)
        for holder, formula in zip(values, rule.formulas[len(texts) :], strict=True):
            edits.set(holder, "val", formula)
        written.append(edits.write(element))
    return "".join(written)


def maybe_formula(text: str) -> bool:
    """Tell whether a threshold of a scale is more than a number."""
    try:
        float(text or "0")
    except ValueError:
        return True
    return False


def write_validations(element: Element, sheet: MovedSheet) -> str:
    """Write ``dataValidations`` for where their areas have gone."""
    written = (one for child in element.children for one in _validations(child, sheet))
    return with_children(element, written)


def _validations(element: Element, sheet: MovedSheet) -> Iterator[str]:
    texts = [one for one in element.iter("formula1", "formula2") if one.text.strip()]
    reads: Reads = "area" if element.get("type") == "list" else "value"
    formulas = [(one.text, _reads(one.text, reads)) for one in texts]
    for rule in move_rule(element.get("sqref"), formulas, sheet):
        edits = Edits()
        edits.set(element, "sqref", rule.sqref)
        for holder, formula in zip(texts, rule.formulas, strict=True):
            edits.set_text(holder, formula)
        yield edits.write(element)


def _reads(text: str, reads: Reads) -> Reads:
    """A list written out, ``"甲,乙"``, is a text."""
    return "value" if text.lstrip().startswith('"') else reads
