"""Grids of texts as offices build them, made from the forms; the tests change them about."""

from collections.abc import Callable, Iterable, Sequence

from govdocs.forms import Form, Table
from govdocs.forms.figures import Block, Heading
from govdocs.forms.grids import Cell, Spot

Write = Callable[[str], str]
"""What stands in the cell of a figure, by its key."""


def no_figure(_: str) -> str:
    """Leave every cell of a figure bare."""
    return ""


def official_grids(form: Form, write: Write = no_figure) -> list[list[Cell]]:
    """Make the tables of a form as they are printed, one grid each."""
    return [_grid(table, write) for table in form.tables]


def expected_spots(form: Form, grids: Sequence[Sequence[Cell]]) -> dict[str, Spot]:
    """Find the figures in grids that were written with their own keys as texts."""
    keys = {figure.key for figure in form.figures}
    return {
        cell.text: Spot(number, cell.row, cell.col)
        for number, grid in enumerate(grids)
        for cell in grid
        if cell.text in keys
    }


def bare(grids: Iterable[Iterable[Cell]], form: Form) -> list[list[Cell]]:
    """Take the keys out again: what is left is the blank form."""
    keys = {figure.key for figure in form.figures}
    return [[replace_text(c, "" if c.text in keys else c.text) for c in grid] for grid in grids]


def replace_text(cell: Cell, text: str) -> Cell:
    """Give a cell another text."""
    return Cell(cell.row, cell.col, text, cell.rowspan, cell.colspan)


def itself(key: str) -> str:
    """Write a figure's own key into its cell."""
    return key


def _grid(table: Table, write: Write) -> list[Cell]:
    if table.key == "main":
        return _list_grid(table, write)
    if table.key == "t3":
        return _cross_grid(table, write)
    if table.key == "t4":
        return _bare_row_grid(table, write)
    return _pile_grid(table, write)


def _list_grid(table: Table, write: Write) -> list[Cell]:
    block = table.blocks[0]
    columns = [column for column in block.columns if column.key is not None]
    cells = [Cell(0, 0, table.row_head), Cell(0, 1, table.unit_head)]
    cells += [Cell(0, 2 + at, column.label) for at, column in enumerate(columns)]
    for number, row in enumerate(block.rows, 1):
        cells += [Cell(number, 0, row.label), Cell(number, 1, row.unit or "——")]
        for at, column in enumerate(columns):
            text = "" if row.key is None else write(table.key_of(row.key, str(column.key)))
            cells.append(Cell(number, 2 + at, text))
    return cells


def _pile_grid(table: Table, write: Write) -> list[Cell]:
    width = 1 + max(len(block.columns) for block in table.blocks)
    cells: list[Cell] = []
    top = 0
    for block in table.blocks:
        cells.append(Cell(top, 0, block.head, 1, width))
        cells += _block_cells(table, block, top + 1, write)
        top += 2 + len(block.rows)
    return cells


def _block_cells(table: Table, block: Block, top: int, write: Write) -> list[Cell]:
    cells = [Cell(top, 0, table.row_head)]
    cells += [Cell(top, 1 + at, column.label) for at, column in enumerate(block.columns)]
    for number, row in enumerate(block.rows, top + 1):
        cells.append(Cell(number, 0, row.label))
        for at, column in enumerate(block.columns):
            key = table.key_of(str(row.key), str(column.key))
            cells.append(Cell(number, 1 + at, write(key)))
    return cells


def _cross_grid(table: Table, write: Write) -> list[Cell]:
    block = table.blocks[0]
    cells = [Cell(0, 0, table.row_head, 3, 3), *_column_heads(block.columns, 0, 3, 3)]
    leaves = [column for column in block.columns if column.key is not None]
    at = 3
    for number, row in enumerate(block.rows):
        level = row.level
        if row.key is None:
            cells.append(Cell(at, level - 1, row.label, _leaves_below(block.rows, number), 1))
            continue
        cells.append(Cell(at, level - 1, row.label, 1, 4 - level))
        for col, leaf in enumerate(leaves, 3):
            cells.append(Cell(at, col, write(table.key_of(row.key, str(leaf.key)))))
        at += 1
    return cells


def _leaves_below(headings: Sequence[Heading], number: int) -> int:
    level = headings[number].level
    count = 0
    for heading in headings[number + 1 :]:
        if heading.level <= level:
            break
        count += heading.key is not None
    return count


def _column_heads(columns: Sequence[Heading], top: int, left: int, depth: int) -> list[Cell]:
    cells = []
    for number, column in enumerate(columns):
        row = top + column.level - 1
        if column.key is None:
            cells.append(Cell(row, left, column.label, 1, _leaves_below(columns, number)))
        else:
            cells.append(Cell(row, left, column.label, depth - column.level + 1, 1))
            left += 1
    return cells


def _bare_row_grid(table: Table, write: Write) -> list[Cell]:
    columns = table.blocks[0].columns
    cells = _column_heads(columns, 0, 0, 3)
    leaves = [column for column in columns if column.key is not None]
    keys = [table.key_of("", str(leaf.key)) for leaf in leaves]
    return cells + [Cell(3, col, write(key)) for col, key in enumerate(keys)]


def rows_of(grid: Iterable[Cell]) -> list[list[Cell]]:
    """Put the cells of a grid into its rows."""
    rows: dict[int, list[Cell]] = {}
    for cell in grid:
        rows.setdefault(cell.row, []).append(cell)
    return [sorted(rows[row], key=lambda cell: cell.col) for row in sorted(rows)]


def split_at(grid: Sequence[Cell], row: int) -> list[list[Cell]]:
    """Cut a grid in two before ``row``, as a page does; merged areas are cut too."""
    above, below = [], []
    for cell in grid:
        end = cell.row + cell.rowspan
        if end <= row:
            above.append(cell)
        elif cell.row >= row:
            below.append(Cell(cell.row - row, cell.col, cell.text, cell.rowspan, cell.colspan))
        else:
            above.append(Cell(cell.row, cell.col, cell.text, row - cell.row, cell.colspan))
            below.append(Cell(0, cell.col, "", end - row, cell.colspan))
    return [above, below]


def move_columns(grid: Iterable[Cell], order: Sequence[int]) -> list[Cell]:
    """Put the columns of a grid without wide cells into another order."""
    return [
        Cell(cell.row, order.index(cell.col), cell.text, cell.rowspan, cell.colspan)
        for cell in grid
    ]


def insert_row(grid: Iterable[Cell], row: int, cells: Sequence[Cell]) -> list[Cell]:
    """Put a row in before ``row``; merged areas around it grow."""
    moved = []
    for cell in grid:
        grows = cell.row < row < cell.row + cell.rowspan
        at = cell.row + (cell.row >= row)
        moved.append(Cell(at, cell.col, cell.text, cell.rowspan + grows, cell.colspan))
    return [*moved, *(Cell(row, cell.col, cell.text) for cell in cells)]


def unmerge(grid: Iterable[Cell]) -> list[Cell]:
    """Undo all merges: the text stays in the first cell, the others are bare."""
    cells = []
    for cell in grid:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                first = (row, col) == (cell.row, cell.col)
                cells.append(Cell(row, col, cell.text if first else ""))
    return cells


def rewrite(grid: Iterable[Cell], change: Callable[[str], str]) -> list[Cell]:
    """Change every text of a grid."""
    return [replace_text(cell, change(cell.text)) for cell in grid]
