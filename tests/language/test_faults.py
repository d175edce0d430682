"""What a person is told: each missing name once, with all places, and what was probably meant."""

from govdocs.language.faults import unused_names
from tests.support.texts import problems_of


def test_three_missing_names_and_one_misspelt_are_told_together() -> None:
    """One look at the message is enough to mend the data."""
    data = {"单位": {"名你": "贺兰"}, "stats": {"total": 1}, "unused": 2}
    problems = problems_of(
        "{{ 单位.名称 }}{{ year }}",
        "{% if year > 2000 %}{% endif %}{{ stats.granted }}{{ stats.total }}",
        "{% for row in rows %}{{ row.count }}{% endfor %}",
        data=data,
        asked_for=("单位.名称", "year", "stats.granted", "stats.total", "rows", "rows[].count"),
    )
    assert (
        "\n".join(problem.message("en") for problem in problems)
        == """\
[data.misspelt] the data have no "单位.名称"; did you mean "单位.名你"?
  where: text > paragraph 1 > {{ 单位.名称 }} (单位.名称)
  mend: mend the name in the data or in the template.
[data.missing] the data have no "year"
  where: text > paragraph 1 > {{ year }} (year)
  where: text > paragraph 2 > {% if year > 2000 %} (year)
  mend: add it to the data; for a draft use --missing mark.
[data.missing] the data have no "stats.granted"
  where: text > paragraph 2 > {{ stats.granted }} (stats.granted)
  mend: add it to the data; for a draft use --missing mark.
[data.missing] the data have no "rows"
  where: text > paragraph 3 > {% for row in rows %} (rows)
  mend: add it to the data; for a draft use --missing mark."""
    )
    assert (
        problems[0].message("zh")
        == """\
[data.misspelt] 数据中没有“单位.名称”，是否误写成了“单位.名你”？
  位置：text > 第1段 > {{ 单位.名称 }} (单位.名称)
  改法：请改正数据或模板中的名称。"""
    )


def test_misspelt_parent_is_guessed_too() -> None:
    """The whole path is compared where no neighbour fits."""
    [problem] = problems_of(
        "{{ stats.total }}", data={"stat": {"total": 1}}, asked_for=("stats.total",)
    )
    assert problem.fields["guess"] == "stat.total"


def test_case_and_full_width_are_easily_mistyped() -> None:
    """Short names too are known again."""
    for given, asked in (("X", "x"), ("Ｎ", "n"), ("first_name", "firstName")):
        [problem] = problems_of(f"{{{{ {asked} }}}}", data={given: 1}, asked_for=(asked,))
        assert (problem.code, problem.fields["guess"]) == ("data.misspelt", given)


def test_null_is_told_as_empty_not_as_missing() -> None:
    """The key is there: the person is told to fill it in."""
    problems = problems_of("{% for x in rows %}{{ x.y }}{% endfor %}", data={"rows": None})
    assert [(one.code, one.fields["name"]) for one in problems] == [("data.empty", "rows")]


def test_failures_come_after_missing_names() -> None:
    """Missing names are mended first: a failure may come of them."""
    problems = problems_of("{{ 1/0 }}{{ a }}", data={})
    assert [problem.code for problem in problems] == ["data.missing", "data.division_by_zero"]
    assert (
        problems[1].message("zh")
        == """\
[data.division_by_zero] 标签 {{ 1/0 }} 中的除数为零
  位置：text > 第1段 > {{ 1/0 }}
  改法：请检查数据；确实可能为零的，用 {% if %} 另写一种说法。"""
    )


def test_keys_that_nobody_asks_for_are_listed() -> None:
    """Dotted, the items of a list by its first."""
    data = {"a": {"b": 1, "c": 2}, "rows": [{"x": 1, "y": 2}], "whole": {"k": 1}, "extra": 1}
    asked_for = ("a.b", "rows", "rows[].x", "whole")
    assert list(unused_names(data, asked_for)) == ["a.c", "rows.y", "extra"]


def test_item_past_the_end_is_missing_not_empty() -> None:
    """Nothing null stands there."""
    problems = problems_of("{{ xs[5] }}", data={"xs": [1]}, asked_for=("xs", "xs[]"))
    assert [(one.code, one.fields["name"]) for one in problems] == [("data.missing", "xs[]")]
