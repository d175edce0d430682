"""What of the template language is read back, and what is not, one line each."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from govdocs import RichText, Template
from tests.extract.cases import as_sheet, as_word
from tests.support.word import word_package

READ_BACK: list[tuple[str, dict[str, Any]]] = [
    ("{{ a }}和{{ b }}", {"a": "甲", "b": "乙"}),
    ("{{ n }}件", {"n": 1280}),
    ("{{ n }}万元", {"n": Decimal("12.50")}),
    ("{{ d }}起", {"d": dt.date(2019, 1, 24)}),
    ("{{ t }}开会", {"t": dt.datetime(2019, 1, 24, 15, 30)}),  # noqa: DTZ001 - offices write no zones
    ("编号{{ code_text }}。", {"code_text": "007"}),
    ("电话{{ phone }}。", {"phone": "88001234"}),
    ("手机{{ x }}。", {"x": "13800000000"}),
    ("{{ d|cn_date }}印", {"d": dt.date(2019, 12, 30)}),
    ("{{ n|cn_number }}件", {"n": 10800}),
    ("{{ n|wan }}万元", {"n": 12345678}),
    ("计{{ n|rmb }}。", {"n": Decimal("1234.05")}),
    ("{{ n|thousands }}元", {"n": 1234567}),
    ("{{ 单位.名称 }}印发", {"单位": {"名称": "示例局"}}),
    ("{{ a ~ '（' ~ b ~ '）' }}", {"a": "甲", "b": "乙"}),
    ("{% if x == '公开' %}是{% else %}否{% endif %}", {"x": "公开"}),
    ("{% if not x %}无{% else %}有{% endif %}", {"x": False}),
    ("{% if x and y %}两者{% endif %}", {"x": True, "y": True}),
    ("{{ xs|join('、') }}等", {"xs": ["甲", "乙"]}),
    ("{% for x in xs %}{{ x }}；{% endfor %}", {"xs": ["甲", "乙", "丙"]}),
    (
        "{% for x in xs %}{% if not loop.first %}、{% endif %}{{ x }}{% endfor %}",
        {"xs": ["甲", "乙"]},
    ),
    (
        "{% for x in xs %}{{ x }}{% if loop.index < loop.length %}、{% endif %}{% endfor %}",
        {"xs": ["1a"]},
    ),
    ("{% for x in xs %}{{ x }}；{% else %}无{% endfor %}", {"xs": []}),
    ("{% for x in xs %}{{ loop.index|item_number }}{{ x.t }}。{% endfor %}", {"xs": [{"t": "甲"}]}),
    (
        "{% for x in xs %}{% for y in x.ys %}{{ y }}，{% endfor %}；{% endfor %}",
        {"xs": [{"ys": ["甲"]}]},
    ),
    ("{% set u = unit.name %}{{ u }}印发", {"unit": {"name": "示例局"}}),
    ("{% with u = unit %}{{ u.name }}印发{% endwith %}", {"unit": {"name": "示例局"}}),
    ("{% for k, v in d.items() %}{{ k }}：{{ v }}；{% endfor %}", {"d": {"甲": 1, "2018": "乙"}}),
    ("{% raw %}{{ x }}{% endraw %}{{ x }}", {"x": "甲"}),
    ("{{ xs[0].a }}在先", {"xs": [{"a": "甲"}]}),
    ("{{ x|default('无') }}。", {"x": "甲"}),
    ("《{{ a }}》（{{ b }}）", {"a": "关于“甲”的《办法》", "b": "〔2016〕54号"}),
    ("{{ a }}\u3000{{ b }}", {"a": "多行\n文字", "b": "制表\t符"}),
]


@pytest.mark.parametrize(("line", "data"), READ_BACK, ids=[line for line, _ in READ_BACK])
def test_read_back(line: str, data: dict[str, Any]) -> None:
    """The data come back from one paragraph, and fields has nothing to say."""
    template = Template(as_word([line]))
    found = template.extract(template.fill({**data, "b": data.get("b", "乙")}))
    assert found == data
    assert [type(value) for value in found.values()] == [type(value) for value in data.values()]


COMPUTED = [
    "{{ a + b }}件",
    "{{ a|share(b) }}。",
    "{{ a|change(b) }}。",
    "{{ [a, b]|sum }}件",
    "{{ '%d/%d'|format(a, b) }}。",
    "{{ a }}{{ b }}",
]


@pytest.mark.parametrize("line", COMPUTED)
def test_what_is_only_computed_or_touches_is_said_by_fields(line: str) -> None:
    """Neither name can be told from the text alone, and nothing is made up."""
    template = Template(as_word([line]))
    assert [one.notes for one in template.fields()] == [("not_extractable",)] * 2
    assert template.extract(template.fill({"a": 12, "b": 30})) == {}


UNREADABLE = [
    "{% filter upper %}ab{{ x }}{% endfilter %}完",
    "{% macro m(y) %}<{{ y }}>{% endmacro %}{{ m(x) }}完",
    "{% set c %}捕获{{ x }}{% endset %}前{{ c }}后",
    "{% for one in x|sort %}{{ one }}，{% endfor %}",
    "{% for one in x if one > 'a' %}{{ one }}，{% endfor %}",
    "{% set n = namespace(t='') %}{% set n.t = n.t ~ x %}{{ n.t }}完",
]


@pytest.mark.parametrize("line", UNREADABLE)
def test_what_is_changed_on_its_way_is_said_by_fields(line: str) -> None:
    """Sorted, filtered, captured: nothing is read, and nothing is said to be wrong."""
    template = Template(as_word([line]))
    found = template.extract(template.fill({"x": "abc"}))
    assert (found, found.notes) == ({}, ())
    assert {one.notes for one in template.fields()} == {("not_extractable",)}


def test_rounded_number_is_given_and_noted() -> None:
    """The file has no more than that; fields says so beforehand."""
    template = Template(as_word(["增长{{ x|fixed(1) }}%"]))
    found = template.extract(template.fill({"x": Decimal("12.34")}))
    assert found == {"x": Decimal("12.3")}
    assert [note.code for note in found.notes] == ["extract.rounded"]
    assert template.fields()[0].notes == ("not_extractable",)


def test_rounded_number_is_held_against_the_exact_one() -> None:
    """Where the exact number stands elsewhere, it is taken, and the rounded one is checked."""
    template = Template(as_word(["共{{ x }}元", "约{{ x|wan(1) }}万元"]))
    exact = template.extract(as_word(["共12345元", "约1.2万元"]))
    assert (exact, exact.notes) == ({"x": 12345}, ())
    wrong = template.extract(as_word(["共12345元", "约1.3万元"]))
    assert [note.code for note in wrong.notes] == ["extract.mismatch"]


def test_condition_that_is_not_met_makes_nothing_up() -> None:
    """A sentence that is not there does not say which nothing it stands for."""
    template = Template(as_word(["报告{% if n > 0 %}，其中{{ n }}件{% endif %}。"]))
    found = template.extract(template.fill({"n": 0}))
    assert (found, found.notes) == ({}, ())


def test_condition_that_the_data_contradict_is_noted() -> None:
    """The sentence says none, the table says five."""
    template = Template(as_word(["{% if n %}有{% else %}无{% endif %}申请", "共{{ n }}件"]))
    found = template.extract(as_word(["无申请", "共5件"]))
    assert found == {"n": 5}
    assert [note.code for note in found.notes] == ["extract.condition"]


def test_mark_of_a_missing_value_is_no_value() -> None:
    """A draft filled with --missing mark gives what it has."""
    template = Template(as_word(["{{ a }}和{{ b }}。"]))
    assert template.extract(template.fill({"a": 1}, missing="mark")) == {"a": 1}


def test_names_that_say_so_keep_their_digits_as_text() -> None:
    """By the name, or because the caller says so."""
    template = Template(as_word(["{{ code }}号，{{ x }}件"]))
    filled = template.fill({"code": "12", "x": "34"})
    assert template.extract(filled) == {"code": "12", "x": 34}
    assert template.extract(filled, texts=["x"]) == {"code": "12", "x": "34"}


def test_rich_text_comes_back_as_its_text() -> None:
    """Format is not data."""
    template = Template(as_word(["要点：{{r x }}。"]))
    rich = RichText("先").add("后", bold=True)
    assert template.extract(template.fill({"x": rich})) == {"x": "先后"}


def test_lists_that_differ_in_length_are_told() -> None:
    """The same list in two places of a file must have as many items."""
    line = "{% for x in xs %}{{ x }}；{% endfor %}"
    template = Template(as_word([f"一：{line}", f"二：{line}"]))
    found = template.extract(as_word(["一：甲；乙；", "二：甲；"]))
    assert [note.code for note in found.notes] == ["extract.lengths"]


def test_text_boxes_tables_and_notes_are_read() -> None:
    """Wherever a paragraph may stand."""
    from tests.support.word import word_package

    template = Template(
        word_package(
            'p("甲{{ a }}", box(p"乙{{ b }}"))'
            'tbl(tr("{%tr for r in rows %}"), tr("{{ r.x }}", "{{ r.y }}"), tr("{%tr endfor %}"))'
            'p""',
            footnotes='footnote[id=1](p"注{{ c }}")',
        )
    )
    data = {"a": 1, "b": 2, "c": 3, "rows": [{"x": 4, "y": 5}, {"x": 6, "y": 7}]}
    assert template.extract(template.fill(data)) == data


def test_fields_of_pages_and_dates_do_not_count() -> None:
    """Word writes page numbers anew whenever it opens a file."""
    code = (
        '<w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        '</w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t>页，{}</w:t></w:r></w:p>"
    )
    from tests.support.word import word_package

    template = Template(word_package(code.format(1, "{{ a }}")))
    found = template.extract(word_package(code.format(17, "甲")))
    assert (found, found.notes) == ({"a": "甲"}, ())


def test_sheet_cells_keep_their_types() -> None:
    """Numbers, text of digits, dates, truth values, nothing."""
    names = "abcdefg"
    template = Template(as_sheet([["项", "值"], *([name, f"{{{{ {name} }}}}"] for name in names)]))
    data = {
        "a": 12,
        "b": Decimal("0.1"),
        "c": "12",
        "d": dt.date(2019, 1, 24),
        "e": True,
        "f": None,
        "g": dt.datetime(2019, 1, 24, 15, 30),  # noqa: DTZ001 - sheets know no zones
    }
    found = template.extract(template.fill(data))
    assert found == data
    assert [type(value) for value in found.values()] == [type(value) for value in data.values()]


def test_sheet_columns_that_repeat_are_read() -> None:
    """A row of a block across, as many columns as there are items."""
    template = Template(
        as_sheet(
            [
                ["季度", "{%tc for q in qs %}", "{{ q.name }}", "{%tc endfor %}", "合计"],
                ["数", None, None, None, "{{ total }}"],
            ]
        )
    )
    data = {"qs": [{"name": "一季度"}, {"name": "二季度"}], "total": 3}
    assert template.extract(template.fill(data))["qs"] == data["qs"]


def test_sheet_under_another_name_is_found_by_its_shape() -> None:
    """A clerk who renames the tab loses nothing."""
    rows = [["项目", "{{ a }}"], ["合计", "{{ b }}"]]
    template = Template(as_sheet(rows))
    assert template.extract(as_sheet([["项目", 1], ["合计", 2]], name="Sheet9")) == {"a": 1, "b": 2}


def test_file_without_the_sheet_is_told() -> None:
    """What could not be read is named."""
    template = Template(as_sheet([["这一张表的表头文字", "{{ a }}"]]))
    with pytest.raises(Exception, match=r"extract\.other_template"):
        template.extract(as_sheet([["毫不相干", 1]]))


def test_text_of_a_formula_is_read_back() -> None:
    """A tag typed into an equation (``m:t``) comes back as any other."""
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = (
        f'<w:p><m:oMath xmlns:m="{math}"><m:sSup><m:e><m:r><m:t>{{{{ base }}}}</m:t></m:r></m:e>'
        "<m:sup><m:r><m:t>/{{ power }}</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>"
    )
    template, data = Template(word_package(formula)), {"base": "甲", "power": 2}
    assert template.extract(bytes(template.fill(data))) == data
