"""Programs: a failure names its tag, and does not hide the next one."""

import threading

import pytest

from govdocs.errors import DataError, Place
from govdocs.language import Rendering, Sandbox, check_tag, make_environment, scan
from govdocs.language.filters import OWN
from govdocs.language.program import Placed, nearest
from tests.support.texts import Outcome, fill_text, make_program


def failures(*texts: str) -> list[tuple[str, str, str]]:
    """Fill texts with nothing; list code, place and key of each failure."""
    program = make_program(*texts)
    state = Rendering("error", program, {"a": {"b": 0}})
    program.render({"a": {"b": 0}}, state)
    return [(one.code, one.place.tag, one.place.key) for one in state.problems]


def test_every_failing_tag_is_told_with_its_data() -> None:
    """Heads of blocks, assignments and printed values alike."""
    assert failures(
        "{% if 1 / a.b %}x{% elif a.c %}{% endif %}",
        "{% for x in 1 // a.b %}{% endfor %}",
        "{% set y = a.b['k']['l'] + 1 % a.b %}",
        "{{ 7 / a.b }}{{ 'ok' }}",
        "{% with z = 1 / a.b %}{{ z }}{% endwith %}",
        "{% do 1 / a.b %}",
        "{% filter cn_number %}none{% endfilter %}",
    ) == [
        ("data.division_by_zero", "{% if 1 / a.b %}", "a.b"),
        ("data.division_by_zero", "{% for x in 1 // a.b %}", "a.b"),
        ("data.division_by_zero", "{% set y = a.b['k']['l'] + 1 % a.b %}", "a.b.k.l, a.b"),
        ("data.division_by_zero", "{{ 7 / a.b }}", "a.b"),
        ("data.division_by_zero", "{% with z = 1 / a.b %}", "a.b"),
        ("data.division_by_zero", "{% do 1 / a.b %}", "a.b"),
        ("value.not_a_number", "{% filter cn_number %}", ""),
    ]


def test_failing_condition_takes_no_branch() -> None:
    """Neither branch is true of what could not be told."""
    assert fill_text("{% if 1/0 %}a{% else %}b{% endif %}c").text == "c"


def test_failing_condition_of_a_later_branch_names_that_branch() -> None:
    """Each ``elif`` is a tag of its own."""
    assert failures("{% if false %}{% elif 1/a.b %}{% endif %}") == [
        ("data.division_by_zero", "{% elif 1/a.b %}", "a.b")
    ]


def test_loop_over_what_is_no_list_fails_at_its_tag() -> None:
    """A number cannot be looped over."""
    assert failures("{% for x in 5 %}{% endfor %}") == [("data.not_a_list", "{% for x in 5 %}", "")]


def test_same_failure_in_every_pass_is_told_once() -> None:
    """A list of twenty thousand bad rows is one fault."""
    text = "{% for x in range(20000) %}{{ 1/0 }}{% endfor %}"
    assert fill_text(text) == Outcome("", (), ("data.division_by_zero",))


def test_different_failures_of_one_tag_are_told_up_to_a_limit() -> None:
    """A few are enough to see what is wrong."""
    text = "{% for x in range(200) %}{{ ('字' ~ x)|cn_number }}{% endfor %}"
    assert len(fill_text(text).failed) == 20


def test_fault_of_the_library_keeps_its_code() -> None:
    """A filter that refuses a value says why in its own words."""

    def refuse(value: object) -> str:
        raise DataError.of("value.not_a_date", Place(key="x"), fields={"value": value})

    program = make_program("{{ 5|refuse }}", filters={"refuse": refuse})
    state = Rendering("error", program, {})
    program.render({}, state)
    [problem] = state.problems
    assert problem.code == "value.not_a_date"
    assert [place.tag for place in problem.places] == ["{{ 5|refuse }}", ""]


def environment() -> Sandbox:
    """Make an environment with the own filters."""
    return make_environment(OWN, {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ a b }}", "template.syntax"),
        ("{{ a + }}", "template.syntax"),
        ("{{ }}", "template.empty_tag"),
        ("{% if %}", "template.syntax"),
        ("{% for x %}", "template.syntax"),
        ("{% set = 1 %}", "template.syntax"),
        ("{{ 'a }}", "template.syntax"),
        ("{{ a|uper }}", "template.unknown_filter"),
        ("{% for x in y|srot %}", "template.unknown_filter"),
        ("{% filter uper %}", "template.unknown_filter"),
        ("{% if a is evn %}", "template.unknown_test"),
        ("{% elif a is evn %}", "template.unknown_test"),
    ],
)
def test_tag_that_cannot_be_compiled_is_told(text: str, code: str) -> None:
    """Each tag is checked by itself, so that all faults are told at once."""
    problem = check_tag(environment(), Placed(scan(text)[0][0], Place()))
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}",
        "{% else %}",
        "{% endif %}",
        "{% set a %}",
        "{% set a = 1 %}",
        "{% macro m(a, b=1) %}",
        "{% call(x) m() %}",
        "{% with a=1 %}",
        "{# anything | goes #}",
        "{% filter upper %}",
        "{{ a|日期 }}",
    ],
)
def test_sound_tag_is_not_told(text: str) -> None:
    """Tags are checked without their other half."""
    assert check_tag(environment(), Placed(scan(text)[0][0], Place())) is None


def test_near_miss_is_found_or_not() -> None:
    """A guess is only made where there is one."""
    assert nearest("uper", ["upper", "lower"]) == "upper"
    assert nearest("xyz", ["upper", "lower"]) == ""


def test_one_program_serves_many_threads() -> None:
    """Each filling has its own state, missing names included."""
    program = make_program("{% for x in xs %}{{ x }}{{ name }}{% endfor %}")
    outcomes: dict[int, tuple[str, tuple[str, ...]]] = {}

    def fill(number: int) -> None:
        data = {"xs": range(200), "name": number} if number % 2 else {"xs": range(200)}
        state = Rendering("error", program, data)
        outcomes[number] = program.render(data, state), tuple(state.missing)

    threads = [threading.Thread(target=fill, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(16):
        own, missing = (str(number), ()) if number % 2 else ("<name>", ("name",))
        assert outcomes[number] == ("".join(f"{x}{own}" for x in range(200)), missing)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ a b }}", "expected token 'end of print statement', got 'b'"),
        ("{% if a = 1 %}", "expected token 'end of statement block', got '='"),
        ("{{ 'a }}", 'unexpected char "\'"'),
    ],
)
def test_syntax_error_says_what_was_expected(text: str, reason: str) -> None:
    """In the words of the language, without offsets that are not the tag's."""
    problem = check_tag(environment(), Placed(scan(text)[0][0], Place(tag=text)))
    assert problem is not None
    assert (
        problem.message("zh")
        == f"""\
[template.syntax] 标签 {text} 的写法有误：{reason}
  位置：{text}
  改法：请检查引号、括号和运算符是否成对、是否为英文写法。"""
    )


def test_filters_of_engines_are_not_offered() -> None:
    """What a slot is written by is no filter for templates."""
    made = make_environment({}, {}, slots={"_q": str})
    problem = check_tag(made, Placed(scan("{{ a|q }}")[0][0], Place()))
    assert problem is not None
    assert problem.fields["guess"] == ["date", "fixed", "join"]
