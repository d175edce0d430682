"""Bind cells from outside: the tags of ``bind=`` are planted into a copy of the workbook.

Cells keep format, validation and protection; what is not bound stays byte for byte. A column bound
to ``row.count for row in rows`` makes its row a loop. Every binding that cannot be planted is told,
and the others are planted all the same, so that one run tells of all faults.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from govdocs.errors import Place, Problem
from govdocs.language import Sandbox, scan
from govdocs.language.bindings import Binding, Planted, read_bindings
from govdocs.opc import Package
from govdocs.xlsx.compiling.table_cells import FILTER
from govdocs.xlsx.grid.address import cell_name
from govdocs.xlsx.planting.insertion import OpenSheet
from govdocs.xlsx.reading.rows import Cell
from govdocs.xlsx.reading.strings import read_strings
from govdocs.xlsx.reading.targets import Target, Targets
from govdocs.xlsx.reading.workbook import SheetEntry, read_workbook
from govdocs.xlsx.slots.tables import refuse_table

_GONE = "{%tr if false %}{%tr endif %}"
"""A row with these tags is left out of every filling."""


def bind_xlsx(package: Package, bind: Mapping[str, str], environment: Sandbox) -> Planted:
    """Plant the tags of ``bind`` into a copy of a workbook.

    Args:
        package: the template; it stays as it is.
        bind: address, name or column of a table, to an expression.
        environment: of the template.
    """
    environment.filters.setdefault(FILTER, refuse_table)  # the compiler takes it apart
    bindings, problems = read_bindings(bind, environment)
    targets = Targets(package, read_workbook(package))
    found = [targets.find(one) for one in bindings]
    problems += [one for one in found if isinstance(one, Problem)]
    strings = read_strings(package, next(iter(package.related(package.main, "sharedStrings")), ""))
    draft, places = package.edit(allow_signed=True), {}
    for entry, own in _by_sheet(one for one in found if isinstance(one, Target)):
        sheet = _BoundSheet(OpenSheet(package, entry, strings))
        sheet.bind(own)
        problems += sheet.problems
        places.update(sheet.places)
        if sheet.texts:
            draft.replace(entry.part, sheet.open.write(sheet.texts))
    copy = Package(draft.to_bytes(), package.name, package.limits) if places else package
    return Planted(copy, places, problems=problems)


def _by_sheet(targets: Iterable[Target]) -> Iterator[tuple[SheetEntry, list[Target]]]:
    grouped: dict[str, list[Target]] = {}
    for one in targets:
        grouped.setdefault(one.sheet.part, []).append(one)
    yield from ((own[0].sheet, own) for own in grouped.values())


@dataclass(slots=True)
class _BoundSheet:
    """The bindings of one sheet.

    Attributes:
        cells: bound so far, by row and column.
        texts: row to column to the text to plant.
        looped: the tables that grow.
    """

    open: OpenSheet
    cells: dict[tuple[int, int], Target] = field(default_factory=dict)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    places: dict[tuple[str, object], Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    looped: frozenset[str] = frozenset()

    def bind(self, targets: list[Target]) -> None:
        self.looped = frozenset(one.table for one in targets if one.binding.loop and one.table)
        self.open.open(number for one in targets for number in _rows_of(one))
        for target in targets:
            problem = self._take(target)
            if problem is not None:
                self.problems.append(problem)
        for row in sorted({row for row, _ in self.cells}):
            self._write_row(row)

    def _take(self, target: Target) -> Problem | None:
        """Note the cell of a binding; return what is wrong with it."""
        binding, at = target.binding, target.area[:2]
        problem = self._check_area(target) or self._check_cell(binding, *at)
        if problem is None and at in self.cells:
            problem = binding.problem("bind.same_place", other=self.cells[at].binding.key)
        problem = problem or self._check_loop(target) or self._check_body(target)
        if problem is None:
            self.cells[at] = target
        return problem

    def _check_area(self, target: Target) -> Problem | None:
        binding, area = target.binding, target.area
        merge = self.open.merge(*area[:2])
        if merge is not None and merge[:2] != area[:2]:
            return binding.problem("bind.merged", anchor=self._name(*merge[:2]))
        is_one = area[:2] == area[2:] or area == merge
        return None if is_one else binding.problem("bind.range", reference=str(area))

    def _check_cell(self, binding: Binding, row: int, column: int) -> Problem | None:
        cell = self.open.cell(row, column)
        if self.open.formula(row, column) is not None:
            return binding.problem("bind.formula")
        if cell is not None and cell.kind == "text" and scan(cell.text.text)[0]:
            return binding.problem("bind.tagged")
        return None

    def _check_loop(self, target: Target) -> Problem | None:
        binding, row = target.binding, target.area.first_row
        for (other_row, _), other in self.cells.items():
            said, is_same = other.binding.loop, other.table == target.table
            beside = bool(target.table and other.table) and not is_same
            if other_row == row and binding.loop and said not in ("", binding.loop) and not beside:
                return binding.problem("bind.two_loops", loop=binding.loop, other=said)
        return None

    def _check_body(self, target: Target) -> Problem | None:
        """Rows of a table beyond the first are left out for a loop: they have to be blank."""
        rows = list(_rows_of(target))
        cells = [c for row in rows[1:] if row in self.open.rows for c in self.open.rows[row].cells]
        held = [cell for cell in cells if self._holds(cell, target.area.first_column)]
        if len(rows) == 1 or (not held and target.table in self.looped):
            return None
        if target.table not in self.looped:
            return target.binding.problem("bind.range", reference=f"{rows[0]}:{rows[-1]}")
        return target.binding.problem("bind.table_rows", table=target.table, count=len(rows))

    def _holds(self, cell: Cell, bound: int) -> bool:
        """Whether something is lost with the row of a cell; formulas are in its first row too."""
        if cell.kind == "formula":
            return cell.column == bound
        return cell.kind == "other" or bool(cell.text.text.strip())

    def _write_row(self, row: int) -> None:
        own = {column: target for (at, column), target in self.cells.items() if at == row}
        looped = sorted(column for column, target in own.items() if target.binding.loop)
        runs = [list(run) for _, run in groupby(looped, key=lambda one: own[one].binding.loop)]
        first, last = {run[0] for run in runs}, {run[-1] for run in runs}
        for column, target in own.items():
            text = target.binding.tag
            if column in first:
                text = f"{{%tr {target.binding.loop} %}}{text}"
            if column in last:
                text += "{%tr endfor %}"
            self.texts.setdefault(row, {})[column] = text
            self._name_place(target, row, column)
            for gone in list(_rows_of(target))[1:]:
                self.texts.setdefault(gone, {column: _GONE})

    def _name_place(self, target: Target, row: int, column: int) -> None:
        entry = self.open.entry
        spot = (("cell", self._name(row, column)),)
        place = replace(target.binding.place, part=entry.part, spot=spot)
        self.places[entry.part, spot] = place

    def _name(self, row: int, column: int) -> str:
        return f"{self.open.entry.name}!{cell_name(row, column)}"


def _rows_of(target: Target) -> range:
    """The rows that a binding is about: those of the table's body, or its own."""
    first, last = target.body or (target.area.first_row, target.area.first_row)
    return range(first, max(first, last) + 1)
