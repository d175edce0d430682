"""Costs are bounded, iterators can be used twice, captured markup stays markup."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.language import values
from govdocs.language.values import Captured, Replay, capture, filter_texts
from tests.support.texts import Outcome, fill_text


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 'a' * 10000000000 }}",
        "{{ [0] * 10000000000 }}",
        "{{ 10000000000 * 'a' }}",
        "{{ 10 ** 1000000 }}",
        "{{ 'a'.ljust(10000000000) }}",
        "{{ 'a'|center(10000000000) }}",
        "{{ '%10000000000d'|format(1) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '{:>10000000000}'.format(1) }}",
        "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
        "{{ ('a' * 100000)|replace('a', 'b' * 100000) }}",
        "{{ ([1] * 100000)|join('b' * 100000) }}",
        "{{ ('b' * 100000).join(['1'] * 100000) }}",
        "{{ [1]|batch(10000000000, 0) }}",
        "{{ [1]|slice(10000000000) }}",
        "{{ 'a\na'|indent(10000000000) }}",
        "{% for x in range(100000000000) %}{% endfor %}",
        "{% for x in xs %}{% for y in xs %}{% for z in xs %}{% endfor %}{% endfor %}{% endfor %}",
        (
            "{% set ns = namespace(t='aaaaaaaaaa') %}"
            "{% for x in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}"
        ),
        (
            "{% set ns = namespace(t='aaaaaaaaaa') %}"
            "{% for x in range(60) %}{% set ns.t = ns.t + ns.t %}{% endfor %}"
        ),
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% for x in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
        "{% for x in endless %}{% endfor %}",
    ],
)
def test_template_that_asks_for_too_much_is_refused(tag: str) -> None:
    """Memory and time are bounded, whatever a template that came by mail says."""
    data = {"xs": list(range(2000)), "endless": itertools.count()}
    outcome = fill_text(tag, data, budget=1 << 24)
    assert outcome.failed
    assert set(outcome.failed) == {"template.too_much"}


@pytest.mark.parametrize("tag", ["{{ '%*d' % (9, 1) }}", "{{ '{:{w}}'.format(1, w=9) }}"])
def test_width_that_is_not_written_out_is_refused(tag: str) -> None:
    """It could be anything."""
    assert fill_text(tag).failed == ("template.forbidden",)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ '-' * 3 }}{{ 7 % 4 }}{{ 2 ** 10 }}{{ [1] * 2 }}", "---31024[1, 1]"),
        ("{{ '%05.1f%%'|format(3.14159) }}{{ '%s*%s' % (1, 2) }}", "003.1%1*2"),
        ("{{ '{:>5}|{}'.format(1, '1000000') }}", "    1|1000000"),
        ("{{ 'a' ~ 1 ~ none }}{{ 'a' + 'b' }}{{ 1 + 2 }}", "a1Noneab3"),
        ("{{ ['a', 'b']|join('、') }}{{ '、'.join(['a', 'b']) }}", "a、ba、b"),
        ("{{ 'aXa'.replace('X', 'Y') }}{{ 3.14159|round(2) }}", "aYa3.14"),
    ],
)
def test_ordinary_computing_is_not_hindered(tag: str, text: str) -> None:
    """The bounds are far from what documents need."""
    assert fill_text(tag) == Outcome(text)


def test_iterator_gives_the_same_items_to_every_loop() -> None:
    """A generator among the data is no list that runs dry."""
    text = (
        "{% for x in xs %}{{ x }}{% endfor %}|{% for x in xs %}{{ x }}{% endfor %}|{{ xs|length }}"
    )
    assert fill_text(text, {"xs": (x for x in "ab")}).text == "ab|ab|2"


def test_iterators_deep_in_the_data_are_replayed_too() -> None:
    """In a mapping, in an object's list, in a list of iterators."""
    text = "{% for g in d.gs %}{% for x in g %}{{ x }}{% endfor %}{% endfor %}{{ d.one|join }}"
    data = {"d": {"gs": [iter("ab"), iter("c")], "one": iter("xy")}}
    assert fill_text(text * 2, data).text == "abcxyabcxy"


@given(st.lists(st.integers()))
def test_replay_is_the_list_of_its_items(items: list[int]) -> None:
    """However it is asked."""
    replay = Replay(iter(items))
    assert list(replay) == list(replay) == items
    assert len(replay) == len(items)
    assert replay[:1] == items[:1]


def test_endless_iterator_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """An iterator without end is told, not waited for."""
    monkeypatch.setattr(values, "MAX_ITEMS", 100)
    with pytest.raises(OverflowError, match="above the limit"):
        len(Replay(itertools.count()))


def test_what_a_block_prints_without_markup_is_plain_text() -> None:
    """Then it can be compared and filtered like any text."""
    captured = capture("R&amp;D &lt;A&gt;", "text")
    assert (captured, type(captured)) == ("R&D <A>", str)


def test_what_a_block_prints_with_markup_stays_markup() -> None:
    """It knows what it is made of, and its plain text."""
    captured = capture("<b>R&amp;D</b> 部", "runs")
    assert isinstance(captured, Captured)
    assert (captured.level, captured.plain) == ("runs", "R&D 部")


def test_filter_changes_texts_and_leaves_markup() -> None:
    """Tags and escapes survive a filter that knows nothing of them."""
    upper = filter_texts('<w:b x="a">r&amp;d</w:b>', lambda texts: texts[0].upper())
    assert upper == '<w:b x="a">R&amp;D</w:b>'


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{% set x %}<b>a</b>{% endset %}{{ x }}", "<b>a</b>"),
        ("{% set x %}R&amp;D{% endset %}{{ x == 'R&D' }}", "True"),
        ("{% set x|upper %}<b>a</b>{% endset %}{{ x }}", "<b>A</b>"),
        ("{% set x %}<b>a</b>{% endset %}{{ x|upper }}", "A"),
        ("{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{{ m(1) }}{{ m(2) }}", "<b>1</b><b>2</b>"),
        (
            (
                "{% macro m() %}<i>{{ caller(1) }}</i>{% endmacro %}"
                "{% call(x) m() %}<b>{{ x }}</b>{% endcall %}"
            ),
            "<i><b>1</b></i>",
        ),
        ("{% filter upper %}<b>a</b>{% endfilter %}", "<b>A</b>"),
        (
            "{% for x in t recursive %}<b>{{ x.n }}{{ loop(x.c) }}</b>{% endfor %}",
            "<b>1<b>2</b></b>",
        ),
    ],
)
def test_blocks_that_capture_print_markup(text: str, printed: str) -> None:
    """``set``, ``macro``, ``call``, ``filter`` and recursive loops keep what stands in them."""
    data = {"t": [{"n": 1, "c": [{"n": 2, "c": []}]}]}
    assert fill_text(text, data, level="runs") == Outcome(printed)


def test_called_macro_without_markup_is_escaped_once() -> None:
    """What comes back as plain text is made safe again."""
    text = "{% macro m() %}R&amp;D{{ caller() }}{% endmacro %}{% call m() %}&lt;{% endcall %}"
    assert fill_text(text, level="text") == Outcome("R&amp;D&lt;")
