"""What a person is told of a broken template or of missing data: all of it, in both languages."""

# ruff: noqa: E501 - a message stands as it is printed

import pytest

from govdocs.errors import DataError, TemplateError
from tests.support.word import fill_package, word_package

BROKEN = (
    'p"{% if a %}", tbl(tr("{%tr for x in xs %}", "{{ y|uper }}")), tbl(tr("b", "{%tr endfor %}")), '
    'p(r"{{ c ", b r"d }}"), p"{{ 单位 }", p"{% fro z in zs %}{{ e is evn }}"'
)


def test_broken_template_is_told_all_at_once_in_english() -> None:
    """Unclosed and crossing blocks, unknown names, syntax errors, unfinished tags: every one."""
    with pytest.raises(TemplateError) as caught:
        fill_package(BROKEN, header='p"{{ }}"')
    assert (
        caught.value.message("en")
        == """\
[template.broken_tag] "{{ 单位 }" looks like an unfinished tag
  where: body (word/document.xml) > paragraph 3 > {{ 单位 }
  mend: write {{ name }} or {% ... %}; if it is meant as text, write {_{ and }_}.
[template.unclosed_block] {% if a %} has no endif
  where: body (word/document.xml) > paragraph 1 > {% if a %}
  mend: put {% endif %} where the block ends.
[template.unknown_statement] "fro" in {% fro z in zs %} is no statement
  where: body (word/document.xml) > paragraph 4 > {% fro z in zs %}
  mend: did you mean for?
[template.unknown_filter] {{ y|uper }} uses the filter "uper", which does not exist
  where: body (word/document.xml) > table 1 row 1 cell 2 paragraph 1 > {{ y|uper }}
  mend: did you mean upper? Filters of your own are handed in as Template(..., filters=).
[template.syntax] the tag {{ c d }} cannot be read: expected token 'end of print statement', got 'd'
  where: body (word/document.xml) > paragraph 2 > {{ c d }}
  mend: check that quotes, brackets and operators are complete.
[template.unknown_test] {{ e is evn }} uses the test "evn", which does not exist
  where: body (word/document.xml) > paragraph 4 > {{ e is evn }}
  mend: did you mean even?
[template.empty_tag] the tag {{ }} is empty
  where: header (word/header.xml) > paragraph 1 > {{ }}
  mend: write a name into it, or remove it."""
    )


def test_broken_template_is_told_all_at_once_in_chinese() -> None:
    """The same faults, in the words of the office."""
    with pytest.raises(TemplateError) as caught:
        fill_package(BROKEN, header='p"{{ }}"')
    assert (
        caught.value.message("zh")
        == """\
[template.broken_tag] “{{ 单位 }”像是没有写完整的标签
  位置：正文（word/document.xml） > 第3段 > {{ 单位 }
  改法：取值写作 {{ 名称 }}，语句写作 {% … %}；如果确是正文，请写成 {_{ 和 }_}。
[template.unclosed_block] {% if a %} 没有对应的 endif
  位置：正文（word/document.xml） > 第1段 > {% if a %}
  改法：请在该块结束处加上 {% endif %}。
[template.unknown_statement] {% fro z in zs %} 中的“fro”不是语句
  位置：正文（word/document.xml） > 第4段 > {% fro z in zs %}
  改法：是否要写 for？
[template.unknown_filter] {{ y|uper }} 中的过滤器“uper”不存在
  位置：正文（word/document.xml） > 表格1 第1行 第2格 第1段 > {{ y|uper }}
  改法：是否要写 upper？自定义过滤器用 Template(..., filters=) 传入。
[template.syntax] 标签 {{ c d }} 的写法有误：expected token 'end of print statement', got 'd'
  位置：正文（word/document.xml） > 第2段 > {{ c d }}
  改法：请检查引号、括号和运算符是否成对、是否为英文写法。
[template.unknown_test] {{ e is evn }} 中的判断“evn”不存在
  位置：正文（word/document.xml） > 第4段 > {{ e is evn }}
  改法：是否要写 even？
[template.empty_tag] 标签 {{ }} 是空的
  位置：页眉（word/header.xml） > 第1段 > {{ }}
  改法：请写上名称，或删去它。"""
    )


def test_block_from_one_table_into_another_names_both_cells() -> None:
    """Where it begins and where it ends."""
    body = 'p"a", tbl(tr("b", "{% for x in xs %}")), p"c", tbl(tr("d"), tr("{% endfor %}"))'
    with pytest.raises(TemplateError) as caught:
        fill_package(body)
    assert (
        caught.value.message("en")
        == """\
[template.block_crosses] the block from {% for x in xs %} to {% endfor %} runs across different tables, text boxes or parts
  where: body (word/document.xml) > table 1 row 1 cell 2 paragraph 1 > {% for x in xs %}
  where: body (word/document.xml) > table 2 row 2 cell 1 paragraph 1 > {% endfor %}
  mend: put both tags into the same table, the same cell or the same row of paragraphs."""
    )
    assert (
        caught.value.message("zh")
        == """\
[template.block_crosses] {% for x in xs %} 与 {% endfor %} 之间的块跨越了不同的表格、文本框或部件，无法整体取舍
  位置：正文（word/document.xml） > 表格1 第1行 第2格 第1段 > {% for x in xs %}
  位置：正文（word/document.xml） > 表格2 第2行 第1格 第1段 > {% endfor %}
  改法：请把起止两个标签放在同一表格、同一单元格或同一层段落中。"""
    )


def test_three_missing_keys_and_a_misspelt_one_are_one_error_with_all_places() -> None:
    """Every place of each, in every part; and what was probably meant."""
    body = (
        'p"{{ unit.name }}", tbl(tr("{{ stats.total }}", "{{ stats.granted }}")), '
        'p(r"{% if year > 2000 %}{{ year }}{% endif %}", box(p"{{ unit.name }}"))'
    )
    with pytest.raises(DataError) as caught:
        fill_package(body, {"unit": {"nmae": "x"}, "stats": {"sum": 1}}, header='p"{{ year }}"')
    assert (
        caught.value.message("en")
        == """\
[data.misspelt] the data have no "unit.name"; did you mean "unit.nmae"?
  where: body (word/document.xml) > paragraph 1 > {{ unit.name }} (unit.name)
  where: body (word/document.xml) > paragraph 2 text box 1 paragraph 1 > {{ unit.name }} (unit.name)
  mend: mend the name in the data or in the template.
[data.missing] the data have no "stats.total"
  where: body (word/document.xml) > table 1 row 1 cell 1 paragraph 1 > {{ stats.total }} (stats.total)
  mend: add it to the data; for a draft use --missing mark.
[data.missing] the data have no "stats.granted"
  where: body (word/document.xml) > table 1 row 1 cell 2 paragraph 1 > {{ stats.granted }} (stats.granted)
  mend: add it to the data; for a draft use --missing mark.
[data.missing] the data have no "year"
  where: body (word/document.xml) > paragraph 2 > {% if year > 2000 %} (year)
  where: header (word/header.xml) > paragraph 1 > {{ year }} (year)
  mend: add it to the data; for a draft use --missing mark."""
    )
    assert caught.value.message("zh").splitlines()[:4] == [
        "[data.misspelt] 数据中没有“unit.name”，是否误写成了“unit.nmae”？",
        "  位置：正文（word/document.xml） > 第1段 > {{ unit.name }} (unit.name)",
        "  位置：正文（word/document.xml） > 第2段 文本框1 第1段 > {{ unit.name }} (unit.name)",
        "  改法：请改正数据或模板中的名称。",
    ]


def test_failures_while_filling_are_all_told_with_tag_place_and_data() -> None:
    """Heads of blocks, cells' colours, values of a loop: those that hang on nothing else."""
    body = (
        'p"{% if 1 / n %}a{% endif %}", p"{% for x in n %}b{% endfor %}", '
        'tbl(tr("{%tr for x in xs %}"), tr("{% cellbg x.c %}{{ x.d|date }}"), tr("{%tr endfor %}")), p"{{ big * 99999999 }}"'
    )
    data = {
        "n": 0,
        "xs": [{"c": "red", "d": "2019-01-24"}, {"c": "FF0000", "d": "soon"}],
        "big": "x",
    }
    with pytest.raises(DataError) as caught:
        fill_package(body, data)
    assert (
        caught.value.message("zh")
        == """\
[data.division_by_zero] 标签 {% if 1 / n %} 中的除数为零
  位置：正文（word/document.xml） > 第1段 > {% if 1 / n %} (n)
  改法：请检查数据；确实可能为零的，用 {% if %} 另写一种说法。
[data.not_a_list] 要逐项取出的值不是列表，而是 int
  位置：正文（word/document.xml） > 第2段 > {% for x in n %} (n)
  改法：请在数据中写成列表；只有一项的，也写成只有一项的列表。
[data.not_a_colour] “red”不是颜色
  位置：正文（word/document.xml） > 表格1 第2行 第1格 第1段 > {% cellbg x.c %} (xs[].c)
  改法：请写成六位十六进制数，如 D9D9D9，或 auto。
[value.not_a_date] “soon”（str）不是日期
  位置：正文（word/document.xml） > 表格1 第2行 第1格 第1段 > {{ x.d|date }} (xs[].d)
  改法：请写成 2019-01-24 或 2019年1月24日，年份用四位数字
[template.too_much] 标签 {{ big * 99999999 }} 要做的超出了限度：a size of 99999999 is above the limit of 10000000
  位置：正文（word/document.xml） > 第3段 > {{ big * 99999999 }} (big)
  改法：请检查循环的次数和层数、重复的次数和宽度。"""
    )


def test_problem_is_plain_data_too() -> None:
    """Other programs read code, places and fields."""
    from govdocs.template import Template

    with pytest.raises(DataError) as caught:
        Template(word_package('tbl(tr("a", "{{ x }}"))')).fill({})
    [problem] = caught.value.problems
    assert problem.as_dict() == {
        "code": "data.missing",
        "severity": "error",
        "message": problem.message(),
        "fields": {"name": "x"},
        "places": [
            {
                "file": "",
                "part": "word/document.xml",
                "spot": [["tbl", 1], ["tr", 1], ["tc", 2], ["p", 1]],
                "tag": "{{ x }}",
                "key": "x",
            }
        ],
    }
