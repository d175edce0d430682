"""Data frames and numpy's scalars in tags: the same in Word and Excel."""

import datetime as dt
from typing import Any

import pytest

from govdocs.errors import DataError
from govdocs.template import Template
from tests.support.tables import ArrowLike, PandasLike, PolarsLike, nothing, scalar
from tests.support.word import fill_body
from tests.xlsx.workbooks import fill_cells, make_sheet, read_cells

ROWS = [("甲局", 3), ("乙局", 5)]


@pytest.mark.parametrize("kind", [PandasLike, PolarsLike, ArrowLike])
def test_loop_over_a_data_frame_gives_its_rows(kind: Any) -> None:
    """A row is a mapping of its columns, in both engines."""
    data = {"表": kind(["单位", "数量"], ROWS)}
    body = fill_body('p"{% for 行 in 表 %}{{ 行.单位 }}{{ 行.数量 }}；{% endfor %}"', data)
    assert body == 'p"甲局3；乙局5；"'
    cells = {"A1": "{% for 行 in 表 %}{{ 行.单位 }}", "B1": "{{ 行.数量 }}{% endfor %}"}
    assert fill_cells(cells, data) == {"A1": "甲局", "B1": 3, "A2": "乙局", "B2": 5}


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{{ 表|length }}", "2"),
        ("{{ 表|sum('数量') }}", "8"),
        ("{{ 表.数量|sum }}", "8"),
        ("{{ 表[1].单位 }}", "乙局"),
        ("{{ 表|map(attribute='单位')|join('、') }}", "甲局、乙局"),
        ("{{ (表|sort(attribute='数量', reverse=true)|first).单位 }}", "乙局"),
        ("{% if 表 %}有{% endif %}", "有"),
        ("{% if 空 %}有{% else %}无{% endif %}", "无"),
    ],
)
def test_data_frame_does_what_a_list_of_dicts_does(tag: str, shown: str) -> None:
    """Filters, items and conditions work on it."""
    data = {"表": PandasLike(["单位", "数量"], ROWS), "空": PandasLike(["单位"], [])}
    assert fill_body(f'p"{tag}"', data) == f'p"{shown}"'


def test_programs_filters_and_functions_get_the_data_frame_itself() -> None:
    """Only templates see rows: what a program hands in gets what it handed in."""
    frame = PandasLike(["n"], [(1,)])
    options: dict[str, Any] = {
        "filters": {"is_own": lambda value: value is frame},
        "globals": {"own": lambda value: value is frame},
    }
    template = Template(make_sheet({"A1": "{{ x|is_own }}{{ own(x) }}{{ x|length }}"}), **options)
    assert read_cells(bytes(template.fill({"x": frame}))) == {"A1": "是是1"}


@pytest.mark.parametrize(
    ("value", "word", "cell"),
    [
        (scalar("int64", 7), "7", 7),
        (scalar("float32", 0.10000000149011612, "0.1"), "0.1", 0.1),
        (scalar("bool", value=True), "是", True),
        (
            scalar("datetime64", dt.date(2019, 1, 24), "2019-01-24"),
            "2019年1月24日",
            dt.datetime(2019, 1, 24),  # noqa: DTZ001
        ),
    ],
)
def test_scalars_of_numpy_are_typed(value: object, word: str, cell: object) -> None:
    """At the top, in a list and in a mapping: what numpy has is what Python has."""
    data = {"x": value, "xs": [value], "d": {"x": value}}
    body = 'p"{{ x }}", p"{{ d.x }}", p"{% for x in xs %}{{ x }}{% endfor %}"'
    assert fill_body(body, data) == f'p"{word}", p"{word}", p"{word}"'
    cells = {
        "A1": "{{ x }}",
        "A2": "{{ d.x }}",
        "A3": "{% for x in xs %}{{ x }}",
        "B3": "{% endfor %}",
    }
    assert fill_cells(cells, data) == {"A1": cell, "A2": cell, "A3": cell}


@pytest.mark.parametrize("value", [float("nan"), nothing("NaTType"), nothing("NAType")])
def test_what_tables_write_where_nothing_is_leaves_a_blank(value: object) -> None:
    """NaN, NaT and NA are as null: a blank cell, and a text without them."""
    cells = {"A1": "{{ x }}", "A2": "{% if x %}{{ x }}{% endif %}", "B1": 1}
    assert fill_cells(cells, {"x": value}, missing="blank") == {"B1": 1}


@pytest.mark.parametrize("tag", ["{{ x }}", "共{{ x }}"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ([1, 2], "list"),
        ({"a": 1}, "dict"),
        (range(2), "range"),
        (b"abc", "bytes"),
        (PandasLike(["a"], []), "DataFrame"),
        (object(), "object"),
    ],
)
def test_value_that_is_not_made_to_be_read_is_told(tag: str, value: object, kind: str) -> None:
    """A list in a cell is an error with its cell, as in Word, and never its Python text."""
    with pytest.raises(DataError) as caught:
        fill_cells({"B2": tag}, {"x": value})
    assert caught.value.message("zh") == (
        f"[data.not_printable] 标签的值是{kind}，不能印成文字\n"
        "  位置：单元格表1!B2 > {{ x }} (x)\n"
        "  改法：列表请用 {% for %} 逐项取出，或用 join 连接；对照表请写到具体的名称。"
    )
    with pytest.raises(DataError) as in_word:
        fill_body(f'p"{tag}"', {"x": value})
    assert [one.code for one in in_word.value] == ["data.not_printable"]
