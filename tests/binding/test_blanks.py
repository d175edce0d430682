"""Blank forms, built in many ways: every figure gets its tag, and what is filled can be read."""

import copy
import io
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

import govdocs
from govdocs import FormError
from govdocs.forms import form_ids
from govdocs.forms.grids import Cell
from tests.binding.files import make_docx, make_xlsx
from tests.forms.figures import valid_stats
from tests.forms.sheets import (
    insert_row,
    move_columns,
    no_figure,
    official_grids,
    replace_text,
    rewrite,
    split_at,
    unmerge,
)

FORMS = {name: govdocs.form(name) for name in form_ids()}
COUNTS = {"disclosure-2014": 58, "disclosure-2019": 198, "disclosure-2021": 200}
MAKERS = {"docx": make_docx, "xlsx": make_xlsx}

Grids = Sequence[Sequence[Cell]]
few = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def numbered(form: govdocs.OfficeForm) -> dict[str, Any]:
    """Make a dict in which every figure has a number of its own."""
    data = copy.deepcopy(form.blank())
    for number, figure in enumerate(form.figures, 1):
        holder = data["stats"]
        for step in figure.steps[:-1]:
            holder = holder[step]
        holder[figure.steps[-1]] = Decimal(number) / 4 if figure.type == "amount" else number
    return data


def half_width(grids: Grids) -> Grids:
    """Write brackets and colons half-width, with a space behind the mark."""
    return [
        rewrite(
            grid, lambda text: text.translate(str.maketrans("（）：", "():")).replace(")", ") ", 1)
        )
        for grid in grids
    ]


def over_two_lines(grids: Grids) -> Grids:
    """Break every longer label in the middle."""
    return [
        rewrite(grid, lambda text: f"{text[:7]}\n{text[7:]}" if len(text) > 9 else text)
        for grid in grids
    ]


def zeros(grids: Grids) -> Grids:
    """Put a 0 into every bare cell, as last year's empty form has it."""
    return [[replace_text(cell, cell.text or "0") for cell in grid] for grid in grids]


def with_extra_rows(grids: Grids) -> Grids:
    """Put in a row that the form does not have."""
    changed = []
    for grid in grids:
        extra = [Cell(0, 0, "本地增加的一项"), *(Cell(0, col, "") for col in range(1, 3))]
        width = max(cell.col + cell.colspan for cell in grid)
        below = max(cell.row + cell.rowspan for cell in grid)
        row = [*extra, *(Cell(0, col, "") for col in range(3, width))][:width]
        changed.append(insert_row(grid, below, [Cell(below, c.col, c.text) for c in row]))
    return changed


def with_numbers(grids: Grids) -> Grids:
    """Put a column 序号 in front."""
    changed = []
    for grid in grids:
        moved = [Cell(c.row, c.col + 1, c.text, c.rowspan, c.colspan) for c in grid]
        bottom = max(cell.row + cell.rowspan for cell in grid)
        column = [Cell(0, 0, "序号"), *(Cell(row, 0, str(row)) for row in range(1, bottom))]
        changed.append([*moved, *column])
    return changed


def over_pages(grids: Grids) -> Grids:
    """Cut the longest table in two, as a page does."""
    longest = max(range(len(grids)), key=lambda at: len(grids[at]))
    parts: list[Grids] = [[grid] for grid in grids]
    middle = max(cell.row for cell in grids[longest]) // 2 + 3
    parts[longest] = split_at(grids[longest], middle)
    return [grid for part in parts for grid in part]


def units_last(grids: Grids) -> Grids:
    """Put the figures of the list before their units."""
    return [move_columns(grids[0], [0, 2, 1]), *grids[1:]]


def plain(grids: Grids) -> Grids:
    """Leave the form as it is printed."""
    return grids


def unmerged(grids: Grids) -> Grids:
    """Undo all merges."""
    return [unmerge(grid) for grid in grids]


CHANGES: Mapping[str, Callable[[Grids], Grids]] = {
    "plain": plain,
    "half-width": half_width,
    "two lines": over_two_lines,
    "zeros": zeros,
    "extra rows": with_extra_rows,
    "numbers": with_numbers,
    "pages": over_pages,
    "unmerged": unmerged,
}


WAYS = [
    # the form of 2019 has the tables of 2021, less two rows: built otherwise it is for the long run
    pytest.param(
        name,
        change,
        marks=pytest.mark.slow if name == "disclosure-2019" and change != "plain" else (),
    )
    for name in FORMS
    for change in CHANGES
]


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(("name", "change"), WAYS)
def test_blank_built_in_any_way_is_bound_filled_and_read(name: str, change: str, kind: str) -> None:
    """Every figure has one tag; what is filled in is what is read back."""
    form = FORMS[name]
    blank = MAKERS[kind](CHANGES[change](official_grids(form.form)))
    template = form.bind(blank)
    asked = {one.name for one in template.fields()}
    assert asked == {figure.address for figure in form.figures}
    assert len(asked) == COUNTS[name]
    data = numbered(form)
    filled = bytes(template.fill(data))
    assert form.read(filled)["stats"] == data["stats"]


@pytest.mark.parametrize("kind", MAKERS)
def test_columns_of_a_list_may_stand_in_another_order(kind: str) -> None:
    """统计数 before 单位: the column is found by its head."""
    form = FORMS["disclosure-2014"]
    template = form.bind(MAKERS[kind](units_last(official_grids(form.form))))
    data = numbered(form)
    assert form.read(bytes(template.fill(data)))["stats"] == data["stats"]


def test_tables_may_stand_in_sheets_of_their_own() -> None:
    """Three sheets, one table each."""
    form = FORMS["disclosure-2021"]
    blank = make_xlsx(official_grids(form.form), sheets=["表二", "表三", "表四"])
    data = numbered(form)
    filled = form.read(bytes(form.bind(blank).fill(data)))
    assert filled["stats"] == data["stats"]
    place = filled.places["stats.t4.reconsideration.upheld"]
    assert place.spot == (("cell", "表四!A4"),)


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@few
def test_what_is_filled_is_what_is_read(name: str, kind: str, data: st.DataObject) -> None:
    """The law: read(fill(bind(blank), d)) == d, whatever the figures."""
    form = FORMS[name]
    stats = data.draw(valid_stats(name))
    template = form.bind(BLANKS[name, kind])
    assert form.read(bytes(template.fill({"stats": stats})))["stats"] == stats


BLANKS = {
    (name, kind): make(official_grids(FORMS[name].form, no_figure))
    for name in FORMS
    for kind, make in MAKERS.items()
}


# What is not found


@pytest.mark.parametrize("kind", MAKERS)
def test_missing_label_is_told_with_its_neighbours(kind: str) -> None:
    """Nothing is made of a blank that lacks a row; the error names it and where it should be."""
    form = FORMS["disclosure-2014"]
    grid = [
        replace_text(cell, "另一项目" if "接受培训人员数" in cell.text else cell.text)
        for cell in official_grids(form.form)[0]
    ]
    with pytest.raises(FormError) as caught:
        form.bind(MAKERS[kind]([grid]))
    problem = caught.value.problems[0]
    assert problem.code == "form.label_missing"
    assert "接受培训人员数" in problem.message()
    assert "举办各类培训班数" in problem.message()
    assert len(caught.value.problems) == 1
    assert problem.places != ()


@pytest.mark.parametrize("kind", MAKERS)
def test_label_that_stands_twice_is_told_with_both_places(kind: str) -> None:
    """Which of two rows is meant cannot be known."""
    form = FORMS["disclosure-2014"]
    grid = official_grids(form.form)[0]
    last = max(cell.row for cell in grid)
    again = [Cell(last + 1, c.col, c.text) for c in grid if c.row == last]
    with pytest.raises(FormError) as caught:
        form.bind(MAKERS[kind]([[*grid, *again]]))
    assert [problem.code for problem in caught.value] == ["form.label_twice"]
    assert len(caught.value.problems[0].places) == 2


@pytest.mark.parametrize("kind", MAKERS)
def test_file_without_the_form_is_refused(kind: str) -> None:
    """A file that has nothing of the form is told as that, not as 58 missing labels."""
    blank = MAKERS[kind]([[Cell(0, 0, "姓名"), Cell(0, 1, "年龄")]])
    with pytest.raises(FormError) as caught:
        FORMS["disclosure-2014"].bind(blank)
    assert caught.value.message("en") == (
        "[binding.no_table] there is no table of the form disclosure-2014 in the file\n"
        "  mend: check the file and the form; a table that is a picture cannot be read"
    )


# What is left as it is


def test_tag_keeps_the_format_of_its_cell() -> None:
    """Font, fill and number format of a sheet's cell; other parts stay byte for byte."""
    form = FORMS["disclosure-2014"]
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx(official_grids(form.form))))
    sheet = book["统计表"]
    sheet["C3"].number_format = "0.00"
    sheet["C3"].font = Font(name="楷体", size=15, bold=True)
    stream = io.BytesIO()
    book.save(stream)
    bound = io.BytesIO()
    template = form.bind(stream.getvalue())
    bound.write(bytes(template.fill(numbered(form))))
    cell = openpyxl.load_workbook(bound)["统计表"]["C3"]
    assert (cell.value, cell.number_format, cell.font.name, cell.font.b) == (
        1,
        "0.00",
        "楷体",
        True,
    )


def test_tag_in_an_empty_word_cell_takes_the_format_of_the_paragraph_mark() -> None:
    """As if somebody had typed there."""
    form = FORMS["disclosure-2014"]
    document = docx.Document(io.BytesIO(make_docx(official_grids(form.form))))
    properties = document.tables[0].cell(2, 2).paragraphs[0]._p.get_or_add_pPr()
    properties.append(parse_xml(RPR))
    stream = io.BytesIO()
    document.save(stream)
    filled = docx.Document(io.BytesIO(bytes(form.bind(stream.getvalue()).fill(numbered(form)))))
    run = filled.tables[0].cell(2, 2).paragraphs[0].runs[0]
    assert (run.text, run.font.size.pt if run.font.size else None) == ("1", 15)


RPR = (
    '<w:rPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:sz w:val="30"/></w:rPr>'
)


def test_formula_of_a_total_is_left_and_said() -> None:
    """The office's own arithmetic stays; no tag is placed there."""
    form = FORMS["disclosure-2014"]
    book = openpyxl.load_workbook(io.BytesIO(make_xlsx(official_grids(form.form))))
    row = next(r for r in range(1, 80) if "收到申请数" in str(book["统计表"].cell(r, 1).value))
    book["统计表"].cell(row, 3).value = f"=SUM(C{row + 1}:C{row + 4})"
    stream = io.BytesIO()
    book.save(stream)
    template = form.bind(stream.getvalue())
    assert "stats.requests_received" not in {one.name for one in template.fields()}
    assert [note.message("en").splitlines()[0] for note in template.notes] == [
        (
            "[binding.formula_kept] the cell of stats.requests_received holds a formula; "
            "the formula stays, and no tag is placed"
        )
    ]


def test_bound_template_can_be_saved_and_opened_again(tmp_path: Any) -> None:
    """The tagged file is there to be looked at and mended by hand."""
    form = FORMS["disclosure-2014"]
    form.bind(BLANKS["disclosure-2014", "xlsx"]).save(tmp_path / "template.xlsx")
    again = govdocs.Template(tmp_path / "template.xlsx")
    assert len(again.fields()) == 58
    sheet = openpyxl.load_workbook(tmp_path / "template.xlsx")["统计表"]
    assert sheet["C3"].value == "{{ stats.proactive_total }}"
