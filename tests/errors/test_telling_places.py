"""How places are told to people, and how problems that say the same are put together."""

import pytest

from govdocs.errors import Place, Problem
from govdocs.errors.problem import merge_problems


def cells(*names: str, tag: str = "") -> tuple[Place, ...]:
    """Make places of cells of sheet 表1."""
    part = "xl/worksheets/sheet1.xml"
    return tuple(Place("a.xlsx", part, (("cell", f"表1!{one}"),), tag or one) for one in names)


@pytest.mark.parametrize(
    ("part", "spot", "zh", "en"),
    [
        (
            "word/document.xml",
            ("p", 2),
            "正文（word/document.xml） > 第2段",
            "body (word/document.xml) > paragraph 2",
        ),
        (
            "word/document2.xml",
            ("p", 2),
            "正文（word/document2.xml） > 第2段",
            "body (word/document2.xml) > paragraph 2",
        ),
        (
            "word/header12.xml",
            ("p", 1),
            "页眉12（word/header12.xml） > 第1段",
            "header 12 (word/header12.xml) > paragraph 1",
        ),
        (
            "word/footer.xml",
            ("p", 1),
            "页脚（word/footer.xml） > 第1段",
            "footer (word/footer.xml) > paragraph 1",
        ),
        ("word/footnotes.xml", ("footnote", 3), "脚注3", "footnote 3"),
        ("word/comments.xml", ("comment", 3), "批注3", "comment 3"),
        ("xl/worksheets/sheet1.xml", ("cell", "表1!C5"), "单元格表1!C5", "cell 表1!C5"),
        ("docProps/core.xml", ("property", "title"), "文档属性title", "document property title"),
        (
            "word/glossary/document.xml",
            ("p", 1),
            "word/glossary/document.xml > 第1段",
            "word/glossary/document.xml > paragraph 1",
        ),
    ],
)
def test_part_is_told_in_words_of_the_trade(
    part: str, spot: tuple[str, int | str], zh: str, en: str
) -> None:
    """A clerk reads 正文, with the part's own name beside it, or the name of a sheet."""
    place = Place(part=part, spot=(spot,))
    assert (place.describe("zh"), place.describe("en")) == (zh, en)


def test_place_that_is_a_whole_part_keeps_its_name() -> None:
    """Where nothing else says what is meant, the part's name does."""
    assert Place("a.docx", "word/header1.xml").describe("zh") == "a.docx > word/header1.xml"


def test_many_cells_of_a_sheet_share_a_line() -> None:
    """Fifty-eight cells are one line, with the first twelve and the number of the rest."""
    note = Problem("data.null_cell", cells(*(f"C{row}" for row in range(5, 63))))
    assert note.message("zh") == (
        "[data.null_cell] 有 58 个单元格的值是空（null），已留空\n"
        "  位置：a.xlsx > 单元格表1!C5、C6、C7、C8、C9、C10、C11、C12、C13、C14、C15、C16"
        "……另有46格\n"
        "  改法：确实应当留空的不必改；否则请填上。"
    )
    assert note.message("en") == (
        "[data.null_cell] cells left empty for a value that is null: 58\n"
        "  where: a.xlsx > cells 表1!C5, C6, C7, C8, C9, C10, C11, C12, C13, C14, C15, C16"
        " ... and 46 more\n"
        "  mend: leave it if a blank is meant; else fill it in."
    )


def test_few_cells_have_a_line_each_with_their_tags() -> None:
    """Three cells are told one by one."""
    message = Problem("data.null_cell", cells("A1", "A2", "B7")).message("en")
    assert message.splitlines()[1:4] == [
        "  where: a.xlsx > cell 表1!A1 > A1",
        "  where: a.xlsx > cell 表1!A2 > A2",
        "  where: a.xlsx > cell 表1!B7 > B7",
    ]


def test_cells_that_share_a_tag_name_it_once() -> None:
    """A tag that is the same everywhere stands at the end of the line."""
    message = Problem("data.null_cell", cells("A1", "A2", "A3", "A4", tag="{{ x }}")).message("zh")
    assert message.splitlines()[1] == "  位置：a.xlsx > 单元格表1!A1、A2、A3、A4 > {{ x }}"


def test_places_beyond_twelve_lines_are_counted() -> None:
    """What stands in paragraphs has a line each, twelve of them at most."""
    places = tuple(Place("a.docx", "word/document.xml", (("p", n),)) for n in range(1, 21))
    lines = Problem("data.null_cell", places).message("en").splitlines()
    assert lines[12:14] == [
        "  where: a.docx > body (word/document.xml) > paragraph 12",
        "  where: ... and 8 more",
    ]


def test_problems_that_say_the_same_become_one() -> None:
    """One code, severity and fields make one problem with every place once; others stay."""
    first, second = cells("A1", "A2")
    other = Problem("data.null_cell", (first,), {"x": 1})
    merged = merge_problems(
        [
            Problem("data.null_cell", (first,)),
            other,
            Problem("data.null_cell", (second,)),
            Problem("data.null_cell", (first,)),
        ]
    )
    assert merged == (Problem("data.null_cell", (first, second)), other)
