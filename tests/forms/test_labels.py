"""Figures are found by their labels however the sheet is built, and what is not found is said."""

import dataclasses
import random
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from govdocs.errors import Place
from govdocs.forms import Form, form_ids, load_form
from govdocs.forms.grids import Cell, Spot
from govdocs.forms.matches import Matches
from govdocs.forms.matching import LabelFinder, match_labels
from tests.forms.sheets import (
    bare,
    expected_spots,
    insert_row,
    itself,
    move_columns,
    official_grids,
    replace_text,
    rewrite,
    rows_of,
    split_at,
    unmerge,
)

Grids = Sequence[Sequence[Cell]]
FORMS = {name: load_form(name) for name in form_ids()}
SHEET = FORMS["disclosure-2014"]
REPORT = FORMS["disclosure-2021"]


def match(form: Form, grids: Grids) -> Matches:
    """Match the blank form that is left when the keys are taken out of the cells."""
    return match_labels(form, bare(grids, form))


def assert_all_found(form: Form, grids: Grids) -> None:
    """Every figure of the form is found, in its own cell."""
    matches = match(form, grids)
    assert [unfound.label for unfound in matches.unfound] == []
    assert matches.cells == expected_spots(form, grids)
    assert len(matches.cells) == len(form.figures)


def _always(text: str, _: str) -> str:
    return text


def sheet_of(form: Form) -> list[Cell]:
    """Put all tables of a form below each other into one grid, as a workbook does."""
    cells: list[Cell] = []
    top = 0
    for grid in official_grids(form, itself):
        cells += [dataclasses.replace(cell, row=cell.row + top) for cell in grid]
        top += len(rows_of(grid)) + 2
    return cells


def change_labels(form: Form, grids: Grids, change: Callable[[str], str]) -> list[list[Cell]]:
    """Change every text that is no figure."""
    return [
        rewrite(grid, lambda text: text if text in form.by_key else change(text)) for grid in grids
    ]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_official_layout_is_found_whole(form: Form) -> None:
    """58, 198 and 200 figures of 58, 198 and 200."""
    assert_all_found(form, official_grids(form, itself))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_filled_sheet_is_found_as_the_blank_one(form: Form) -> None:
    """What stands in the cells of figures does not move them."""
    blank = match_labels(form, official_grids(form))
    for text in ("0", "1,280", "/", "——", " ", "251000元"):
        filled = match_labels(form, official_grids(form, partial(_always, text)))
        assert filled.cells == blank.cells


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_unmerged_cells_are_found(form: Form) -> None:
    """A sheet whose merges were undone has its labels in the first cells only."""
    assert_all_found(form, [unmerge(grid) for grid in official_grids(form, itself)])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_one_sheet_with_all_tables_is_found(form: Form) -> None:
    """All tables may stand below each other in one grid."""
    assert_all_found(form, [sheet_of(form)])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_half_width_brackets_spaces_and_line_breaks_are_folded(form: Form) -> None:
    """Brackets of either width, spaces and line breaks do not hide a label."""

    def change(text: str) -> str:
        return (
            text.replace("（", "( ").replace("）", ") ").replace("数", " 数\n").replace("、", "、 ")
        )

    assert_all_found(form, change_labels(form, official_grids(form, itself), change))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_labels_without_numbering_marks_are_found(form: Form) -> None:
    """A local form may number its rows otherwise or not at all."""

    def change(text: str) -> str:
        for mark in (
            "（一）",
            "（二）",
            "（三）",
            "一、",
            "二、",
            "三、",
            "1.",
            "2.",
            "3.",
            "其中：",
        ):
            text = text.removeprefix(mark).strip()
        return text

    assert_all_found(form, change_labels(form, official_grids(form, itself), change))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_table_cut_at_any_row_goes_on_without_head(form: Form) -> None:
    """A page break makes two tables of one; the second has no head."""
    grids = official_grids(form, itself)
    long = max(grids, key=len)
    for row in range(4, len(rows_of(long))):
        cut = [part for one in grids for part in (split_at(one, row) if one is long else [one])]
        assert_all_found(form, cut)


def test_table_cut_at_any_row_may_repeat_its_head() -> None:
    """A repeated head does not take 其他 and 总计 of the rows for those of the columns."""
    first, cross, last = official_grids(REPORT, itself)
    head = [cell for cell in cross if cell.row < 3]
    for row in range(4, len(rows_of(cross))):
        above, below = split_at(cross, row)
        below = head + [dataclasses.replace(cell, row=cell.row + 3) for cell in below]
        assert_all_found(REPORT, [first, above, below, last])


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 0, 2), (1, 2, 0), (0, 2, 1)])
def test_columns_of_the_sheet_in_any_order_are_found(order: tuple[int, int, int]) -> None:
    """The label may stand to the right of the figure."""
    assert_all_found(SHEET, [move_columns(official_grids(SHEET, itself)[0], order)])


def test_columns_of_the_report_in_any_order_are_found() -> None:
    """Applicants may be listed in another order."""
    first, cross, last = official_grids(REPORT, itself)
    shuffled = random.Random(7)
    for _ in range(10):
        order = [0, 1, 2, *shuffled.sample(range(3, 10), 7)]
        head = [cell for cell in cross if cell.row == 0]
        body = [cell for cell in unmerge(cross) if cell.row > 0]
        kept = [cell for cell in body if cell.text != "法人或其他组织"]
        assert_all_found(REPORT, [first, [*head, *move_columns(kept, order)], last])


def test_head_in_one_row_is_found() -> None:
    """A head without 申请人情况 and 法人或其他组织 is enough."""
    first, cross, last = official_grids(REPORT, itself)
    labels = [column.label for column in REPORT.tables[1].columns()]
    flat = [Cell(2, col, label) for col, label in enumerate(labels, 3)]
    assert_all_found(REPORT, [first, flat + [cell for cell in cross if cell.row > 2], last])


def test_sheet_head_in_two_rows_is_found() -> None:
    """A second row under the head, as in some local forms, does not matter."""
    grid = insert_row(official_grids(SHEET, itself)[0], 1, [Cell(0, 2, "本年")])
    assert_all_found(SHEET, [grid])


def test_serial_numbers_before_the_labels_do_not_matter() -> None:
    """A column 序号 moves the others."""
    moved = [dataclasses.replace(c, col=c.col + 1) for c in official_grids(SHEET, itself)[0]]
    serials = [Cell(0, 0, "序号"), *(Cell(row, 0, str(row)) for row in range(1, 66))]
    assert_all_found(SHEET, [serials + moved])


def test_sheet_in_two_halves_side_by_side_is_found() -> None:
    """A long sheet may be printed in two halves next to each other."""
    head, *body = rows_of(official_grids(SHEET, itself)[0])
    halves = [Cell(0, cell.col + left, cell.text) for left in (0, 3) for cell in head]
    for number, row in enumerate(body):
        at, left = (number, 0) if number < 33 else (number - 33, 3)
        halves += [Cell(1 + at, cell.col + left, cell.text) for cell in row]
    assert_all_found(SHEET, [halves])


def test_added_rows_do_not_move_figures_and_are_listed() -> None:
    """A local variant adds rows; they are no figures of the form."""
    added = [Cell(0, 0, "其中：主动公开机构领导信息数"), Cell(0, 1, "条"), Cell(0, 2, "")]
    grid = insert_row(official_grids(SHEET, itself)[0], 3, added)
    assert_all_found(SHEET, [grid])
    assert match(SHEET, [grid]).strangers == (("其中：主动公开机构领导信息数", Spot(0, 3, 0)),)


def test_label_over_two_rows_is_found_by_both() -> None:
    """A label broken into two rows is one label; its figure is in the row with the unit."""
    grid = official_grids(SHEET, itself)[0]
    second = [Cell(0, 0, "规范性文件数"), Cell(0, 1, ""), Cell(0, 2, "")]
    grid = insert_row(grid, 4, second)
    grid = [replace_text(c, "其中：主动公开") if (c.row, c.col) == (3, 0) else c for c in grid]
    assert_all_found(SHEET, [grid])


def test_label_over_two_rows_that_both_may_hold_the_figure_is_said() -> None:
    """Where nothing tells the two cells apart, none is taken."""
    grid = official_grids(SHEET, itself)[0]
    second = [Cell(0, 0, "规范性文件数"), Cell(0, 1, "条"), Cell(0, 2, "")]
    grid = insert_row(grid, 4, second)
    grid = [replace_text(c, "其中：主动公开") if (c.row, c.col) == (3, 0) else c for c in grid]
    (unfound,) = match(SHEET, [grid]).unfound
    assert (unfound.code, unfound.keys) == ("form.cell_split", ("proactive_normative_docs",))
    assert unfound.spots == (Spot(0, 3, 2), Spot(0, 4, 2))


@pytest.mark.parametrize(
    ("form", "label", "drifted"),
    [
        (REPORT, "行政规范性文件", "规范性文件"),
        (REPORT, "现行有效件数", "现行有效件"),
        (FORMS["disclosure-2019"], "规范性文件", "行政规范性文件"),
        (REPORT, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        (SHEET, "（一）收到申请数", "（一）收到申请数（件）"),
        (SHEET, "2. 兼职人员数", "2、兼职人员"),
        (SHEET, "统计数", "数量"),
        (REPORT, "总计", "合计"),
    ],
)
def test_known_drifts_of_labels_are_found(form: Form, label: str, drifted: str) -> None:
    """Wordings that are met in real sheets are other names of the same row or column."""
    grids = official_grids(form, itself)
    changed = change_labels(form, grids, lambda text: drifted if text == label else text)
    assert changed != grids
    assert_all_found(form, changed)


def test_each_row_left_out_is_named_and_nothing_else_is_lost() -> None:
    """A row that is not in the file is missing itself; labels that repeat are not mixed up."""
    grid = official_grids(SHEET, itself)[0]
    for number, row in enumerate(SHEET.tables[0].blocks[0].rows, 1):
        if row.key is not None:
            left = [cell for cell in grid if cell.row != number]
            matches = match(SHEET, [left])
            assert [unfound.keys for unfound in matches.unfound] == [(row.key,)]
            assert matches.cells == expected_spots(SHEET, [left])


def test_each_row_renamed_is_named_and_nothing_else_is_lost() -> None:
    """A label that says something else is not taken for the one that is missing."""
    grid = official_grids(SHEET, itself)[0]
    for number, row in enumerate(SHEET.tables[0].blocks[0].rows, 1):
        is_it = {(number, 0)}
        new = [replace_text(c, "另一指标数") if (c.row, c.col) in is_it else c for c in grid]
        matches = match(SHEET, [new])
        wanted = expected_spots(SHEET, [new])
        wanted.pop(row.key or "", None)
        assert matches.cells == wanted


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_column_renamed_is_named_and_nothing_else_is_lost(number: int) -> None:
    """A column that is not found costs its own figures only."""
    grids = official_grids(REPORT, itself)
    labels = {column.label for column in REPORT.tables[number].columns()}
    for cell in (one for one in grids[number] if one.text in labels):
        changed = [replace_text(c, "另一栏") if c == cell else c for c in grids[number]]
        new = [*grids[:number], changed, *grids[number + 1 :]]
        matches = match(REPORT, new)
        lost = {key for unfound in matches.unfound for key in unfound.keys}
        wanted = expected_spots(REPORT, new)
        assert lost
        assert matches.cells == {key: spot for key, spot in wanted.items() if key not in lost}


def test_group_of_columns_renamed_is_not_taken_for_the_known_one() -> None:
    """结果维持 under an unknown head is nobody's."""
    grids = official_grids(REPORT, itself)
    grids[2] = [replace_text(c, "行政赔偿" if c.text == "行政复议" else c.text) for c in grids[2]]
    lost = {key for unfound in match(REPORT, grids).unfound for key in unfound.keys}
    names = ("upheld", "corrected", "other", "pending", "total")
    assert lost == {f"t4.reconsideration.{name}" for name in names}


def test_missing_label_is_told_with_its_neighbours() -> None:
    """The message names the label, the figures, the neighbours and what comes near."""
    grid = official_grids(SHEET)[0]
    new = [replace_text(c, "4. 微博微信回应次数") if "微博微信" in c.text else c for c in grid]
    (problem,) = match_labels(SHEET, [new]).problems(
        lambda spot: Place(part="表1", spot=(("row", spot.row + 1),))
    )
    assert problem.message("zh") == (
        "[form.label_missing] 文件里找不到“二、回应解读情况＞"
        "（二）通过不同渠道和方式回应解读的情况＞4. 微博微信回应事件数”"
        "（1个数：stats.response_weibo_wechat）；"
        "它的前后是“政策解读稿件发布数”和“其他方式回应事件数”\n"
        "  位置：表1 > 第19行\n"
        "  位置：表1 > 第21行\n"
        "  位置：表1 > 第20行\n"
        "  改法：核对这一行或这一列的名称；相近的：4. 微博微信回应次数"
    )


def test_label_that_stands_twice_is_told_with_both_places() -> None:
    """Which of two equal rows is meant cannot be told."""
    again = [Cell(0, 0, "1. 当面申请数"), Cell(0, 1, "件"), Cell(0, 2, "")]
    grid = insert_row(official_grids(SHEET, itself)[0], 24, again)
    (unfound,) = match(SHEET, [grid]).unfound
    assert unfound.code == "form.label_twice"
    assert unfound.keys == ("requests_in_person",)
    assert unfound.spots == (Spot(0, 23, 0), Spot(0, 24, 0))


def test_sheet_given_twice_is_not_guessed_at() -> None:
    """Two copies of the sheet in one file: every row is there twice."""
    grid = official_grids(SHEET, itself)[0]
    matches = match(SHEET, [grid, grid])
    assert matches.cells == {}
    assert {unfound.code for unfound in matches.unfound} == {"form.label_twice"}


def test_disputes_in_three_tables_are_found() -> None:
    """行政复议 and the two kinds of 行政诉讼 may be three tables."""
    first, cross, last = official_grids(REPORT, itself)
    pieces = []
    for number, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        leaves = [c for c in last if c.col // 5 == number and c.colspan == 1]
        piece = [Cell(0, 0, name, 1, 5)]
        piece += [Cell(2 if c.row == 3 else 1, c.col % 5, c.text) for c in leaves]
        pieces.append(piece)
    assert_all_found(REPORT, [first, cross, *pieces])


def test_sheet_of_explanations_is_not_taken_for_a_second_sheet() -> None:
    """A guide repeats every label and has no column of figures."""
    grid = official_grids(SHEET, itself)[0]
    guide = [Cell(0, 0, "指标"), Cell(0, 1, "解释")]
    for number, row in enumerate(SHEET.tables[0].blocks[0].rows, 1):
        guide += [Cell(number, 0, row.label), Cell(number, 1, "按实际发生数填写")]
    assert_all_found(SHEET, [grid, guide])
    assert_all_found(SHEET, [guide, grid])


def test_tables_of_another_form_have_nothing_to_be_found() -> None:
    """Sheets of another era share no labels to speak of."""
    matches = match_labels(SHEET, official_grids(REPORT))
    assert matches.cells == {}
    assert len({key for one in matches.unfound for key in one.keys}) == 58


def test_no_tables_at_all_is_told_row_by_row() -> None:
    """An empty file is no reason to fail."""
    assert len(match_labels(SHEET, []).unfound) == 58
    assert len(match_labels(SHEET, [[]]).unfound) == 58


def test_finder_searches_one_layout_once() -> None:
    """Files of one layout share what was found; another layout has its own."""
    finder = LabelFinder(SHEET)
    one = finder.find(official_grids(SHEET, lambda _: "1"))
    other = finder.find(official_grids(SHEET, lambda _: "0"))
    moved = finder.find([move_columns(official_grids(SHEET)[0], (2, 1, 0))])
    assert one is other
    assert moved.cells != one.cells
    assert len(finder.layouts) == 2


def cut_row(grid: Sequence[Cell], row: int) -> list[Cell]:
    """Take a row out; merged areas around it shrink."""
    cells = []
    for cell in grid:
        covers = cell.row <= row < cell.row + cell.rowspan
        if covers and cell.rowspan == 1:
            continue
        at = cell.row - (cell.row > row)
        cells.append(Cell(at, cell.col, cell.text, cell.rowspan - covers, cell.colspan))
    return cells


def mangle(grid: list[Cell], dice: random.Random, form: Form) -> list[Cell]:
    """Cut a row out, put one in, or give a label another text."""
    row = dice.randrange(4, len(rows_of(grid)))
    labels = [c for c in grid if c.row == row and c.text and c.text not in form.by_key]
    match dice.choice(["cut", "put", "rename"]):
        case "cut":
            return cut_row(grid, row)
        case "put":
            return insert_row(grid, row, [Cell(0, 0, dice.choice(["其他", "总计", "新增指标"]))])
        case _:
            chosen = dice.choice(labels) if labels else None
            return [replace_text(c, "别的指标") if c == chosen else c for c in grid]


@pytest.mark.parametrize("seed", range(30))
def test_no_figure_is_ever_given_the_cell_of_another(seed: int) -> None:
    """Rows cut out, put in and renamed at random: what is found is right, or it is not found."""
    dice = random.Random(seed)
    form = dice.choice(list(FORMS.values()))
    grids = [unmerge(one) if seed % 3 == 0 else one for one in official_grids(form, itself)]
    long = max(range(len(grids)), key=lambda number: len(grids[number]))
    for _ in range(dice.randint(1, 6)):
        grids[long] = mangle(grids[long], dice, form)
    spots = expected_spots(form, grids)
    matches = match(form, grids)
    assert {key: spots.get(key) for key in matches.cells} == matches.cells
    lost = {key for unfound in matches.unfound for key in unfound.keys}
    assert lost | matches.cells.keys() == form.by_key.keys()
