"""What a filling has no reason to change stays byte for byte."""

import re

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.packages import different_parts
from tests.xlsx.workbooks import SHEET, fill, make_book, make_sheet, part, with_part

ROW_LOOP = "{%tr for x in xs %}{{ x }}{%tr endfor %}"


def test_book_without_tags_keeps_results_that_nobody_can_work_out() -> None:
    """Where nothing is filled nothing is stale, whatever a formula reads."""
    source = with_part(
        make_sheet({"A1": 1, "A2": '=INDIRECT("A1")', "A3": "=NOW()"}),
        lambda xml: re.sub(r"<v ?/>|<v></v>", "<v>1</v>", xml),
    )
    assert "<v>1</v>" in part(source)
    assert different_parts(bytes(fill(source, {})), source) == []


def test_result_that_only_looks_like_a_tag_stays() -> None:
    """``{1,2}`` is what formulas print of arrays."""
    source = with_part(
        make_sheet({"A1": "=ARRAYTOTEXT(B1:B2,1)"}),
        lambda xml: re.sub(r"<v ?/>|<v></v>", "<v>{1;2}</v>", xml),
    )
    assert "{1;2}" in part(source)
    assert different_parts(bytes(fill(source, {})), source) == []


def test_frozen_rows_that_stay_as_many_are_written_as_they_were() -> None:
    """``1.0`` frozen rows stay so where the loop stands below."""

    def change(sheet: Worksheet) -> None:
        sheet.freeze_panes = "B2"

    source = with_part(
        make_sheet({"A1": "头", "A2": ROW_LOOP}, change),
        lambda xml: xml.replace('xSplit="1" ySplit="1"', 'xSplit="1.0" ySplit="1.0"'),
    )
    assert 'xSplit="1.0" ySplit="1.0"' in part(source)
    assert 'xSplit="1.0" ySplit="1.0"' in part(bytes(fill(source, {"xs": [1, 2]})))


def test_comments_of_another_sheet_stay() -> None:
    """The boxes of comments on a sheet where nothing moves are not written anew."""

    def change(book: openpyxl.Workbook) -> None:
        book["乙"]["B2"].comment = Comment("注", "甲")

    source = make_book({"甲": {"A1": ROW_LOOP}, "乙": {"A1": 1}}, change)
    changed = different_parts(bytes(fill(source, {"xs": [1, 2]})), source)
    assert changed == [SHEET]


def _with_rule(area: str) -> bytes:
    rule = '<cfRule type="cellIs" priority="1" operator="greaterThan"><formula>1</formula></cfRule>'
    rules = f'<conditionalFormatting sqref="{area}">{rule}</conditionalFormatting>'
    across = "{%tc for x in xs %}{{ x }}{%tc endfor %}"
    return with_part(
        make_sheet({"A1": 1, "C3": across, "C4": 2}),
        lambda xml: xml.replace("</sheetData>", f"</sheetData>{rules}"),
    )


def test_areas_of_a_rule_are_one_again_across_a_loop_of_columns() -> None:
    """Copies of a column that stand side by side are one area of the rule."""
    filled = part(bytes(fill(_with_rule("B2:D4"), {"xs": [1, 2, 3]})))
    assert re.findall(r'<conditionalFormatting sqref="([^"]*)"', filled) == ["B2:F4"]


def test_areas_of_a_rule_that_do_not_move_keep_their_order() -> None:
    """A rule left of the loop stays as it is written."""
    filled = part(bytes(fill(_with_rule("B7:B8 A1:A2 B5:B6"), {"xs": [1, 2, 3]})))
    assert re.findall(r'<conditionalFormatting sqref="([^"]*)"', filled) == ["B7:B8 A1:A2 B5:B6"]
